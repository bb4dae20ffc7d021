"""The published cases of Microsoft Recognizers-Text, where they are at hand beside the repository."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from agent.moments import parse_moments
from agent.quantities import parse_quantities

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "recognizers"
LANGUAGES = {"english": "en", "japanese": "ja", "korean": "ko", "chinese": "zh-Hans"}
TYPES = ("NumberModel", "PercentModel", "CurrencyModel", "DimensionModel", "DateParser")
REFERENCE = date(2016, 11, 7)


@dataclass(frozen=True)
class Share:
    language: str
    kind: str
    passed: int
    asked: int

    @property
    def percent(self) -> float:
        return 100 * self.passed / self.asked if self.asked else 0.0


def measure() -> list[Share]:
    """Return the share of cases passed by language and type: every published value must be found in the text."""
    shares = []
    for name, language in LANGUAGES.items():
        rows = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]
        for kind in TYPES:
            verdicts = [passes(row, language) for row in rows if row["model"] == kind]
            known = [v for v in verdicts if v is not None]
            if known:
                shares.append(Share(language, kind, sum(known), len(known)))
    return shares


def passes(row: dict[str, Any], language: str) -> bool | None:
    """Judge one case; None where it asks for what this project does not want (fractions, relative dates, no result)."""
    if row["model"] == "DateParser":
        return _date_passes(row, language)
    wanted = [_value(result) for result in row["results"]]
    if not wanted or None in wanted:
        return None
    found = [n for q in parse_quantities(row["input"], language) for n in q.numbers]
    for value in wanted:
        if value not in found:
            return False
        found.remove(value)
    return True


def _value(result: dict[str, Any]) -> Decimal | None:
    value = str(result["resolution"].get("value") or "").removesuffix("%")
    fraction = result["resolution"].get("subtype") == "fraction"
    return Decimal(value) if re.fullmatch(r"-?\d+(?:\.\d{1,6})?", value) and not fraction else None


def _date_passes(row: dict[str, Any], language: str) -> bool | None:
    results = row["results"]
    if not results or not all(re.search(r"(?:19|20)\d\d", r["text"]) for r in results):
        return None
    wanted = {r["resolution"]["FutureResolution"].get("date") for r in results if r.get("resolution")}
    found = {m.date.isoformat() for m in parse_moments(row["input"], language, REFERENCE)}
    return wanted <= found

"""Quantities and dates read off a text: our cases in eight languages, and those of Microsoft Recognizers-Text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from agent.model import Value
from agent.moments import parse_moments
from agent.quantities import parse_quantities
from evals.bench import Bench
from evals.dataset import read_dataset, read_jsonl, used
from evals.result import DatasetUsed, Measured, Metric
from evals.scores import share

_LANGUAGES = {"english": "en", "japanese": "ja", "korean": "ko", "chinese": "zh-Hans"}
_TYPES = {
    "NumberModel": "number",
    "PercentModel": "percent",
    "CurrencyModel": "currency",
    "DimensionModel": "dimension",
    "DateParser": "date",
}
_REFERENCE = date(2016, 11, 7)


class Stated(Value):
    """One quantity: `value` in whole units (`10~15` for a range), unit and bound as `agent.quantities` names them."""

    value: str
    unit: str
    bound: str


class Sentence(Value):
    """A text and every quantity that it states, in order."""

    language: str
    text: str
    values: tuple[Stated, ...]


async def measure(bench: Bench) -> Measured:
    """Score whole readings of our cases (all quantities with unit and bound, and no other), by language.

    Of Recognizers-Text, where it is: a case passes when every published value is found in the text; cases that ask for
    what the program does not want (fractions, dates without a year, nothing) are left out.
    """
    rows, dataset = read_dataset("quantities", Sentence)
    verdicts: dict[str, list[bool]] = defaultdict(list)
    mistakes = []
    for row in rows:
        found = tuple(_stated(row))
        verdicts[row.language].append(found == row.values)
        if found != row.values:
            mistakes.append(f"{row.text}: {' '.join(f'{v.value} {v.unit} {v.bound};' for v in found) or 'nothing'}")
    metrics = [share(f"own cases, {language}", found, dataset.name) for language, found in verdicts.items()]
    datasets, note = [dataset], ""
    if bench.has("recognizers"):
        published, data = _published(bench.real("recognizers"))
        metrics += published
        datasets.append(data)
    else:
        note = "data absent: Recognizers-Text not measured"
    return Measured(metrics=tuple(metrics), datasets=tuple(datasets), mistakes=tuple(mistakes), note=note)


def _stated(row: Sentence) -> Iterator[Stated]:
    for quantity in parse_quantities(row.text, row.language):
        value = "~".join(f"{number.normalize():f}" for number in quantity.numbers)
        yield Stated(value=value, unit=quantity.unit, bound=quantity.bound)


def _published(folder: Path) -> tuple[list[Metric], DatasetUsed]:
    files = [folder / f"{name}.jsonl" for name in _LANGUAGES]
    metrics, asked = [], 0
    for name, language in _LANGUAGES.items():
        rows: list[Mapping[str, Any]] = list(read_jsonl(folder / f"{name}.jsonl"))
        for kind, label in _TYPES.items():
            verdicts = [passes(row, language) for row in rows if row["model"] == kind]
            known = [verdict for verdict in verdicts if verdict is not None]
            asked += len(known)
            if known:
                metrics.append(share(f"Recognizers {label}, {name}", known, "Recognizers-Text"))
    return metrics, used("Recognizers-Text", files, asked)


def passes(row: Mapping[str, Any], language: str) -> bool | None:
    """Judge one case of Recognizers-Text, None where it asks for what the program does not want."""
    if row["model"] == "DateParser":
        return _date_passes(row, language)
    wanted = [_value(result) for result in row["results"]]
    if not wanted or None in wanted:
        return None
    found = [number for q in parse_quantities(row["input"], language) for number in q.numbers]
    for value in wanted:
        if value not in found:
            return False
        found.remove(value)
    return True


def _value(result: Mapping[str, Any]) -> Decimal | None:
    value = str(result["resolution"].get("value") or "").removesuffix("%")
    fraction = result["resolution"].get("subtype") == "fraction"
    return Decimal(value) if re.fullmatch(r"-?\d+(?:\.\d{1,6})?", value) and not fraction else None


def _date_passes(row: Mapping[str, Any], language: str) -> bool | None:
    results = row["results"]
    if not results or not all(re.search(r"(?:19|20)\d\d", result["text"]) for result in results):
        return None
    wanted = {r["resolution"]["FutureResolution"].get("date") for r in results if r.get("resolution")}
    return wanted <= {moment.date.isoformat() for moment in parse_moments(row["input"], language, _REFERENCE)}

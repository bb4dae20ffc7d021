"""Write the tables of `agent.names.transcribed` anew: `python -m tests.sounds` (18 s of CPU).

Pairs come from CLDR (territories, languages, scripts, cities of time zones), and from `names.txt` and `loans.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from agent.names.units import Script, latin_of, script_of, units_of
from tests.sounds.learning import Pair, learn

_HERE = Path(__file__).resolve().parent
_DATA = _HERE.parents[1] / "agent" / "names" / "data"
_LEAST = 3
"""In thousandths: what a unit writes less often is left out."""
_LOCALES: dict[Script, str] = {"ja": "ja", "ko": "ko", "zh": "zh_Hans"}
_COLUMN: dict[Script, int] = {"ja": 1, "ko": 2, "zh": 3}
_KINDS: dict[Script, str] = {
    "ja": "語$|文字$|諸島$|島$", "ko": "어$|문자$|제도$|섬$", "zh": "语$|文$|群岛$|岛$",
}  # fmt: skip


def _named(script: Script) -> Iterator[tuple[str, str]]:
    english, local = Locale.parse("en"), Locale.parse(_LOCALES[script])
    for attribute in ("territories", "languages", "scripts"):
        ours, theirs = getattr(english, attribute), getattr(local, attribute)
        yield from ((ours[code], theirs[code]) for code in ours if code in theirs)
    for zone, names in local.time_zones.items():
        if "city" in names:
            english_city = english.time_zones.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " ")
            yield english_city, names["city"]


def pairs_of(script: Script) -> list[Pair]:
    """Return the pairs of letters and units to learn from, each once, in order."""
    found: set[Pair] = set()
    for english, local in _named(script):
        english, local = (re.sub(r"[(（].*?[)）]", "", name).strip() for name in (english, local))
        local = re.sub(_KINDS[script], "", local)
        ours, theirs = english.split(), re.split(r"[・ ·=]", local)
        together = len(ours) == len(theirs) > 1
        words = zip(ours, theirs, strict=True) if together else [(english, "".join(theirs))]
        found |= {(latin_of(one), units_of(other)) for one, other in words if script_of(other) == script}
    listed = [line.split() for line in (_HERE / "names.txt").read_text("utf-8").splitlines()]
    if script != "zh":
        listed += [line.split() for line in (_HERE / "loans.txt").read_text("utf-8").splitlines()]
    found |= {(latin_of(row[0]), units_of(row[_COLUMN[script]])) for row in listed}
    return sorted(pair for pair in found if 2 < len(pair[0]) < 17 and len(pair[1]) > 1)


def table_of(script: Script) -> str:
    """Return the table of a script as `agent.names.transcribed` reads it."""
    shares, letters = learn(pairs_of(script), own=3.0 if script == "zh" else 0.0)
    rows = {"*": letters, **{unit: shares[unit] for unit in sorted(shares)}}
    lines = ["# What each unit of sound writes in Latin letters, in thousandths: `python -m tests.sounds`."]
    for unit, written in rows.items():
        often = sorted(written.items(), key=lambda item: (-item[1], item[0]))
        told = [f"{letter}:{round(share * 1000)}" for letter, share in often if round(share * 1000) >= _LEAST]
        lines.append(" ".join([unit, *told]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for name in _LOCALES:
        (_DATA / f"sounds_{name}.txt").write_text(table_of(name), "utf-8")

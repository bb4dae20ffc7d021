"""What a quantity measures, as far as words tell it: revenue, deaths, a rise, in the languages that are read.

Two sentences of which each names a measure that the other does not name speak of different things.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from agent.language.scripts import rules_of

_ASIDE = "aside"
_UNSPACED = frozenset({"ja", "ko", "zh"})


def measures_of(text: str, language: str) -> frozenset[str]:
    """Return what a sentence says that its quantities measure, by names of our own: revenue, dead, up."""
    return frozenset(name for name, pattern in _patterns(_of(language)).items() if pattern.search(text)) - {_ASIDE}


def speaks_of_two(text: str, language: str) -> bool:
    """Tell whether a sentence sets a second value beside its claim: a part, a former value, an average."""
    return _patterns(_of(language))[_ASIDE].search(text) is not None


def _of(language: str) -> str:
    return rules_of(language).split("-")[0]


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    rows = (line.split("\t") for line in _lines() if not line.startswith("#"))
    return {name: _compiled(words, language) for name, of, words in rows if of == language}


@cache
def _lines() -> list[str]:
    return (files("agent.contradictions") / "data" / "measures.txt").read_text(encoding="utf-8").splitlines()


def _compiled(words: str, language: str) -> re.Pattern[str]:
    return re.compile(words if language in _UNSPACED else rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

"""Words by what they say, from `data/*.txt`: a name, a language and a pattern a line."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from agent.language.scripts import rules_of

_UNSPACED = frozenset({"ja", "ko", "zh"})


@lru_cache(maxsize=4096)
def said_in(lexicon: str, text: str, language: str) -> frozenset[str]:
    """Return the names in a lexicon of all that a text says; none in a language that it does not have."""
    found = _patterns(lexicon, rules_of(language).split("-")[0])
    return frozenset(name for name, pattern in found.items() if pattern.search(text))


def says(lexicon: str, name: str, text: str, language: str) -> bool:
    """Tell whether a text says what has that name in a lexicon."""
    pattern = _patterns(lexicon, rules_of(language).split("-")[0]).get(name)
    return pattern is not None and pattern.search(text) is not None


@cache
def _patterns(lexicon: str, language: str) -> dict[str, re.Pattern[str]]:
    rows = (line.split("\t") for line in _lines(lexicon) if not line.startswith("#"))
    return {name: _compiled(words, language) for name, of, words in rows if of == language}


@cache
def _lines(lexicon: str) -> list[str]:
    return (files("agent.contradictions") / "data" / f"{lexicon}.txt").read_text(encoding="utf-8").splitlines()


def _compiled(words: str, language: str) -> re.Pattern[str]:
    return re.compile(words if language in _UNSPACED else rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

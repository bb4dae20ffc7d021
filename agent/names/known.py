"""Names that the world writes in several scripts, and words that look like names and are none."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def lines_of(name: str) -> list[str]:
    """Return the lines of a file in `data/`, without empty ones and remarks."""
    text = (files("agent.names") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def listed(name: str) -> tuple[str, ...]:
    """Return the words of a list in `data/`, in order."""
    return tuple(word for line in lines_of(name) for word in line.split())


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """Return the entities, each with its forms."""
    return tuple(tuple(line.split("|")) for line in lines_of("entities"))


@cache
def group_of() -> dict[str, tuple[str, ...]]:
    """Return for each form, without case, the forms of its entity."""
    return {form.casefold(): forms for forms in groups() for form in forms}


_GENERAL = {"ja": "regions", "zh": "regions_zh"}


@cache
def general(language: str) -> frozenset[str]:
    """Return the names that need no source in a language: countries (CLDR), continents, languages, currencies."""
    from babel import Locale, UnknownLocaleError

    words = set(listed(_GENERAL.get(language[:2], "capitals")))
    try:
        territories = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return frozenset(words)
    for code, name in territories.items():
        if len(code) == 2:
            words.add(name)
            words.update(name.split() if language[:2] != "ja" else name.split("・"))
    return frozenset(words)


@cache
def _folding() -> dict[int, str]:
    return {ord(char): group[0] for group in listed("variants") for char in group[1:]}


def fold_han(text: str) -> str:
    """Return a text with Chinese characters in one form, however Japan, Taiwan or China write them."""
    return text.translate(_folding())

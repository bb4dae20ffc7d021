"""Whom and what a sentence speaks of: its names, and those of versions and models; whether two are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from agent.language.places import country_name
from agent.language.scripts import is_cjk
from agent.names import name_index, names_in, unborne_names
from agent.names.heard import Heard
from agent.names.known import general, group_of
from agent.names.sounds import romanise, sounds_alike
from agent.names.words import capitalised_names, japanese_names

_CAPITALS = frozenset({"en", "fr", "es"})
_LATIN = re.compile(r"[A-Za-zÀ-ÿ][\w&.+’'-]*[A-Za-zÀ-ÿ0-9]")
_CODE = re.compile(
    r"(?<![\w.])(?=[\w.-]*[A-Za-z])(?=[\w.-]*\d)[\w.-]+(?!\w)|[A-Z]\w+[ -]\d+(?:\.\d+)*(?!\w)"
    r"|(?:シリーズ|Series |Serie |série |serie )[A-Z]\b"
)
_VARIANT = re.compile(
    r"(?<=[A-Za-z0-9][ -])(?:Pro|Max|Plus|Ultra|Mini|Lite|Air|Nano|Turbo|Flash|Instant|SE|FE)(?![A-Za-z])"
)
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z][a-zà-ÿ]{3,}(?![\w-])")
_NO_NAME_WORDS = (
    "AI KI IA LLM GPU NPU CPU GPUs NPUs US U.S USA UK EU CEO CTO CFO CSP Q1 Q2 Q3 Q4 H1 H2 AI-related Co Inc Corp Ltd "
    "United States Manufacturing Company Series Serie"
)
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
"""Capitals that tell no subject apart."""
_CAPITALS_ELSEWHERE = re.compile(r"[A-Z].*[A-Z0-9]|\d")


def without(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """Return a text with stretches blanked, so that what stands in them is no name."""
    for start, end in taken:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def names_of(text: str, language: str) -> tuple[str, ...]:
    """Return the names of a sentence that tell its subject apart from others, each once, in order."""
    words = [re.sub(r"[’']s$", "", m.group()) for m in _LATIN.finditer(text)]
    found = [word for word in words if _CAPITALS_ELSEWHERE.search(word)]
    if is_cjk(language):
        found += [word for word in words if word[0].isupper()]
    if language[:2] == "ja":
        found += [name.text for name in japanese_names(text)]
    elif language[:2] in _CAPITALS:
        found += [name.text.removesuffix("'s").removesuffix("’s") for name in capitalised_names(text)]
    found += [match.group() for match in _world().finditer(text)]
    free = general(language) | _NO_NAMES
    return tuple(name for name in dict.fromkeys(found) if name not in free)


@cache
def _world() -> re.Pattern[str]:
    """Return what finds the known forms that are long enough, or in a script without word ends."""
    forms = {form for forms in group_of().values() for form in forms}
    latin = sorted((re.escape(f) for f in forms if f.isascii() and len(f) > 3), key=len, reverse=True)
    other = sorted((re.escape(f) for f in forms if not f.isascii() and len(f) > 1), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(latin)})(?![A-Za-z0-9])|{'|'.join(other)}")


def codes_of(text: str) -> frozenset[str]:
    """Return the names of versions, rounds and models in a sentence: E2B, Series G."""
    return frozenset(match.group().casefold() for match in _CODE.finditer(text))


def variants_of(text: str) -> frozenset[str]:
    """Return what tells versions of a product apart that have its whole name: X4 Pro, X4 Mini."""
    return frozenset(match.group().casefold() for match in _VARIANT.finditer(text))


def countries_of(text: str, language: str) -> frozenset[str]:
    """Return the countries that a sentence names, as ISO 3166-1 codes."""
    codes, pattern = _countries(language)
    return frozenset(codes[match.group()] for match in pattern.finditer(text))


@cache
def _countries(language: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    from babel import Locale

    codes = {country_name(code, language): code for code in map(str, Locale("en").territories) if len(code) == 2}
    names = "|".join(sorted(map(re.escape, codes), key=len, reverse=True))
    return codes, re.compile(names if is_cjk(language) else rf"(?<!\w)(?:{names})(?!\w)")


def share_a_name(ours: Iterable[str], theirs: Sequence[str]) -> bool:
    """Tell whether two lists of names have one in common, in whatever script."""
    return any(is_one_name(a, b) for a in ours for b in theirs)


def names_first(text: str, language: str, other: str, other_language: str) -> bool | None:
    """Tell whether the first name of a sentence stands in one of another language, None where it names nobody.

    Countries are no names. The first name is most often the subject.
    """
    free = general(language) | _NO_NAMES
    # A sentence's first word may be a name, though every language writes it with a capital.
    words = _CAPITALISED.findall(text) if not is_cjk(language) else []
    named = [name for name in {*names_in(text, language), *words} if name not in free]
    if not named:
        return None
    first = min(named, key=text.index)
    index = name_index(other, other_language)
    if first in words:
        return index.states(first) or Heard(other).has(first)
    return first not in {text[a:b] for a, b in unborne_names(text, language, [index])}


@cache
def is_one_name(a: str, b: str) -> bool:
    """Tell whether two names are one: alike, known forms of one, or alike in sound in two scripts."""
    one, other = a.casefold(), b.casefold()
    if one == other or other in {form.casefold() for form in group_of().get(one, ())}:
        return True
    return a.isascii() != b.isascii() and sounds_alike(a, b)


def may_be_one_name(a: str, b: str) -> bool:
    """Tell whether two names may be one, also as parts or spellings of it: Kim and Kim Min-su."""
    return a in b or b in a or is_one_name(a, b) or bool(romanise(a) and romanise(b) and sounds_alike(a, b))

"""Putting one form of a name in the place of another, never inside a longer name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from agent.spelling.likeness import scripts_of

_LATIN = "A-Za-zÀ-ÿ0-9"
_INSIDE = {"latin": _LATIN, "kana": "ァ-ヺー・", "han": "\u3400-\u9fff々", "hangul": "가-힣"}
_PARTICLES = "은는이가을를의도로와과만에서부터까지으란라며측"
"""What follows a Korean name without a space."""
_FINAL = {"은": "는", "이": "가", "을": "를", "과": "와"}
_OPEN_FINAL = {bare: full for full, bare in _FINAL.items()}
_SURE = 3
_GENITIVE = frozenset({"de", "nl"})
"""Languages whose genitive runs on: Apptroniks."""
_WIDE = frozenset({"ja", "zh"})


def replaced(text: str, forms: Mapping[str, str], known: Iterable[str], language: str) -> str:
    """Return a text with each variant in `forms` written as its value; longer names among `known` are left whole."""
    present = {old: new for old, new in forms.items() if old in text}
    if not present:
        return text
    longer = [n for n in known if n in text and n not in present and any(old in n for old in present)]
    found: list[str] = []
    position = 0
    names = tuple(sorted({*present, *longer}, key=len, reverse=True))
    for match in _pattern(names, language[:2]).finditer(text):
        new = present.get(match.group())
        if new is None or _runs_on(text, match.end(), match.group(), new):
            continue
        found += [text[position : match.start()], new]
        position = match.end()
        if language[:2] == "ko" and text[position : position + 1] in _FINAL.keys() | _OPEN_FINAL.keys():
            found.append(_particle(new, text[position]))
            position += 1
    return "".join([*found, text[position:]])


def first_place(text: str, name: str) -> int:
    """Return the end of the first place of a name that stands outside brackets, -1 when there is none."""
    for match in _pattern((name,), "").finditer(text):
        before = text[: match.start()]
        if sum(map(before.count, "（(")) == sum(map(before.count, "）)")):
            return match.end()
    return -1


def with_original(text: str, end: int, original: str, language: str) -> str:
    """Return a text with the original name in brackets behind the place that ends at `end`."""
    if re.match(r"\s?[（(]", text[end : end + 2]):
        return text
    bracketed = f"（{original}）" if language[:2] in _WIDE else f"({original})"
    gap = "" if language[:2] in _WIDE | {"ko"} else " "
    return text[:end] + gap + bracketed + text[end:]


@lru_cache(maxsize=512)
def _pattern(names: tuple[str, ...], language: str) -> re.Pattern[str]:
    return re.compile("|".join(_bounded(name, language) for name in names))


def _bounded(name: str, language: str) -> str:
    # Chinese has no word ends; a name of three characters is hardly ever part of another word.
    if len(name) >= _SURE and scripts_of(name) == {"han"}:
        return re.escape(name)
    return f"{_before(name[0])}{re.escape(name)}{_behind(name[-1], language)}"


def _inside(char: str) -> tuple[str, str]:
    script = "kana" if char == "ー" else next(iter(scripts_of(char)), "latin" if char.isdigit() else "")
    return script, _INSIDE.get(script, "")


def _before(char: str) -> str:
    _, inside = _inside(char)
    return f"(?<![{inside}])" if inside else ""


def _behind(char: str, language: str) -> str:
    script, inside = _inside(char)
    if script == "hangul":
        return f"(?:(?![가-힣])|(?=[{_PARTICLES}]))"
    if script == "latin" and language in _GENITIVE:
        return f"(?:(?![{inside}])|(?=s(?![{inside}])))"
    return f"(?![{inside}])" if inside else ""


def _runs_on(text: str, end: int, old: str, new: str) -> bool:
    """Tell whether a Latin name that would change its script goes on: Samsung in Samsung Display."""
    if scripts_of(old) != {"latin"} or scripts_of(new) == {"latin"}:
        return False
    return re.match(r" ?[A-Z0-9]", text[end : end + 2]) is not None


def _particle(name: str, particle: str) -> str:
    """Return the particle as it is written behind a name: 은 behind a consonant, 는 behind a vowel."""
    last = name[-1]
    if not "가" <= last <= "힣":
        return particle
    closed = (ord(last) - 0xAC00) % 28 > 0
    return _OPEN_FINAL.get(particle, particle) if closed else _FINAL.get(particle, particle)

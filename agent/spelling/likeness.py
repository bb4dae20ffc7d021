"""Whether two names of sources are one name: the same but for notation, in another script, or misspelt.

Two names that differ only a little are two entities more often than not (Grok and Groq, Samsung SDI and Samsung SDS),
so a difference of letters counts only in long words, and a figure that differs always tells two things apart.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from agent.checks.names import distance
from agent.language.scripts import fold
from agent.names.known import fold_han, group_of
from agent.names.sounds import romanise, skeletons

_LONG, _VERY_LONG = 8, 12
_HEARD = ((2, 0.9), (3, 0.72), (4, 0.52))
"""So many consonants heard in both, and from which likeness of the letters on: measured on pairs in tests/."""
_SCRIPTS = (
    ("han", re.compile(r"[\u3400-\u9fff]")),
    ("kana", re.compile(r"[\u3041-\u30fa]")),
    ("hangul", re.compile(r"[\uac00-\ud7a3]")),
    ("latin", re.compile(r"[A-Za-zÀ-ÿ]")),
)
_PLURAL = ("s", "ズ")
_ALIKE_SOUNDS = str.maketrans("lvcqjzmp", "rbkkgsnf")


def key_of(name: str) -> str:
    """Return a name without case, width, spaces, marks and long vowels; Chinese characters in one form."""
    return re.sub(r"[\W_ー]+", "", fold_han(fold(name)).casefold())


def scripts_of(name: str) -> frozenset[str]:
    """Return the scripts that a name is written in: han, kana, hangul, latin."""
    return frozenset(script for script, pattern in _SCRIPTS if pattern.search(name))


@lru_cache(maxsize=65536)
def is_one_name(one: str, other: str) -> bool:
    """Tell whether two names are one, without asking anyone.

    They are when they differ in notation alone (OpenAI, Open AI), are known forms of one entity, sound alike in two
    scripts, or are two long Latin names of which one word differs by a letter. Names with different figures never are.
    """
    a, b = key_of(one), key_of(other)
    if re.findall(r"\d+", a) != re.findall(r"\d+", b) or min(len(a), len(b)) < 2:
        return False
    if a == b or one.casefold() in {form.casefold() for form in group_of().get(other.casefold(), ())}:
        return True
    ours, theirs = scripts_of(one) - {"han"}, scripts_of(other) - {"han"}
    if "han" in scripts_of(one) | scripts_of(other):
        return False
    if ours == theirs == {"latin"}:
        return _misspelt(one, other)
    return ours != theirs and _sounds_alike(one, other)


def _misspelt(one: str, other: str) -> bool:
    """Tell whether two Latin names have the same words but one, and that one differs by a letter: Apptironik."""
    ours, theirs = re.findall(r"\w+", one.casefold()), re.findall(r"\w+", other.casefold())
    if len(ours) != len(theirs):
        return False
    differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(differing) != 1:
        return False
    (a, b) = differing[0]
    # A letter too many is a slip; another letter in its place may be another name (Stanford, Stafford).
    long_enough = max(len(a), len(b)) >= _LONG if len(a) != len(b) else len(a) > _LONG
    allowed = 2 if min(len(a), len(b)) >= _VERY_LONG else 1
    return long_enough and a[0] == b[0] and distance(a, b) <= allowed


def _sounds_alike(one: str, other: str) -> bool:
    """Tell whether two names in different scripts have the same consonants, and letters the more alike the fewer."""
    first, second = romanise(key_of(one))[:1], romanise(key_of(other))[:1]
    if {first, second} == {"m", "n"}:
        return False
    shared = max(map(len, _heard(one) & _heard(other)), default=0)
    likeness = SequenceMatcher(None, _spelt(one), _spelt(other), autojunk=False).ratio()
    return any(shared >= consonants and likeness >= alike for consonants, alike in _HEARD)


def _heard(name: str) -> frozenset[str]:
    found = skeletons(key_of(name))
    # English puts an s behind what Korean and Japanese leave without: Rebellions, 리벨리온.
    return found | {s[:-1] for s in found if key_of(name).endswith(_PLURAL) and s.endswith("T")}


def _spelt(name: str) -> str:
    return re.sub(r"(.)\1+", r"\1", romanise(key_of(name)).translate(_ALIKE_SOUNDS))

"""How likely a Latin word and one in Kana, Hangul or Chinese characters are two spellings of one name.

A noisy channel over units of sound (Knight and Graehl 1998, "Machine Transliteration"): each unit of the East Asian
word writes up to three Latin letters. The tables `data/sounds_*.txt` were learnt by `python -m tests.sounds` from the
names of places, languages and scripts in CLDR, common given and family names, and loan words.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from agent.names.known import lines_of
from agent.names.units import Script, script_of, units_of

_LONGEST = 3
_UNSEEN = math.log(0.02)
_NONE_WRITTEN = math.log(0.35)
_LETTER = math.log(0.5)
_MILLE = 1000
_WELL = math.log(0.02)
_BEAM = 40
_HOPELESS = -6.0
"""Where the likeliest spelling of one word is so far from the other, no rarer one is near enough (measured)."""
_RARE = math.log(1e-3)
_NEVER = -1e9
Ends = tuple[float | None, float | None]
"""What a unit before, or behind, the stretch that is the name costs, once for all of them; None where there is none."""
WHOLE: Ends = (None, None)
_Table = dict[str, dict[str, float]]


@cache
def _table(script: Script) -> tuple[_Table, dict[str, float]]:
    """Return log P(letters | unit), and log P(letter) for any word of the language."""
    table: _Table = {}
    for line in lines_of(f"sounds_{script}"):
        unit, *written = line.split()
        pairs = [item.partition(":") for item in written]
        table[unit] = {letters: math.log(int(share) / _MILLE) for letters, _, share in pairs}
    return table, table.pop("*")


@lru_cache(maxsize=131072)
def likelihood(word: str, latin: str, ends: Ends = WHOLE) -> float:
    """Return how many nats likelier the letters `latin` (a to z) are as a spelling of `word` than by chance.

    `word` is all in one East Asian script; for any other it is minus infinity. With `ends` the name may be a part of
    `word`, at the cost that is given.
    """
    script = script_of(word)
    units = units_of(word)
    if script is None or not units or not latin:
        return -math.inf
    table, letters = _table(script)
    chance = [0.0]
    for char in latin:
        chance.append(chance[-1] + letters.get(char, _RARE))
    before, behind = ends
    row = [0.0] + [_NEVER] * len(latin)
    best = _NEVER
    for place, unit in enumerate(units):
        row = _step(row, table.get(unit, {}), latin, chance)
        if behind is not None and place + 1 < len(units):
            best = max(best, row[-1] - behind)
        if before is not None:
            row[0] = max(row[0], -before)
    return max(best, row[-1])


@lru_cache(maxsize=65536)
def agreement(word: str, other: str, ends: Ends = WHOLE) -> float:
    """Return how many nats likelier two words of East Asian scripts are one name than by chance.

    That is by the Latin spelling that suits both best, of the likeliest 40 of `word`; `ends` is what it costs that the
    name is only a part of `other`.
    """
    first, *rarer = spellings(word) or [("", -math.inf)]
    best = first[1] + likelihood(other, first[0], ends)
    if best < _HOPELESS:
        return best
    return max([best, *(share + likelihood(other, latin, ends) for latin, share in rarer)])


def kinship(one: str, other: str) -> float:
    """Return how many nats likelier two words of different scripts are one name than by chance, either way round.

    Latin words are given in a to z. Minus infinity for any other two.
    """
    if script_of(one) and script_of(other):
        return max(agreement(one, other), agreement(other, one))
    return max(likelihood(one, other), likelihood(other, one))


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return the likeliest Latin spellings of a word of one East Asian script, each with the log of its share."""
    script = script_of(word)
    if script is None:
        return ()
    found = {"": 0.0}
    for unit in units_of(word):
        longer: dict[str, float] = {}
        for letters, so_far in found.items():
            for more, share in _table(script)[0].get(unit, {"": _UNSEEN}).items():
                one, other = so_far + share, longer.get(letters + more, -math.inf)
                longer[letters + more] = max(one, other) + math.log1p(math.exp(-abs(one - other)))
        found = dict(sorted(longer.items(), key=lambda row: (-row[1], row[0]))[:_BEAM])
    return tuple(found.items())


@lru_cache(maxsize=4096)
def first_letters(word: str) -> frozenset[str]:
    """Return the letters that a Latin spelling of `word` may well begin with."""
    script, units = script_of(word), units_of(word)
    if script is None or not units:
        return frozenset()
    written = _table(script)[0].get(units[0], {})
    return frozenset(letters[0] for letters, share in written.items() if letters and share >= _WELL)


def _step(row: list[float], written: dict[str, float], latin: str, chance: list[float]) -> list[float]:
    """Let one more unit write its letters, as Viterbi does."""
    new = [_NEVER] * len(row)
    for start, so_far in enumerate(row):
        if so_far <= _NEVER:
            continue
        for end in range(start, min(start + _LONGEST, len(latin)) + 1):
            by_chance = chance[end] - chance[start]
            unseen = _UNSEEN + (by_chance + _LETTER * (end - start) if end > start else _NONE_WRITTEN)
            score = so_far + max(written.get(latin[start:end], _NEVER), unseen) - by_chance
            new[end] = max(new[end], score)
    return new

"""Learning by expectation-maximisation which Latin letters each unit of sound writes."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

LONGEST = 3
_NONE_WRITTEN, _LETTER, _TRUST = 0.35, 0.5, 0.97
_SETTLED = 3
"""From this round on, pairs that are likelier by chance are left out: names that are translated, not spelt."""

Pair = tuple[str, tuple[str, ...]]
Shares = dict[str, dict[str, float]]


def learn(pairs: Sequence[Pair], rounds: int = 10, own: float = 0.0) -> tuple[Shares, dict[str, float]]:
    """Return P(letters | unit) and P(letter) from pairs of letters and units.

    `own` counts how often each unit ~x or x~ has been seen to write x itself: pinyin is spelt as it is.
    """
    count = Counter(char for latin, _ in pairs for char in latin)
    letters = {char: number / count.total() for char, number in count.items()}
    shares: Shares = {}
    kept = list(pairs)
    for turn in range(rounds):
        seen: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        told = [(pair, _expect(pair, shares, letters, seen)) for pair in kept]
        for unit in [*seen]:
            if own:
                seen[unit][unit.strip("~")] += own
        shares = {unit: {w: n / sum(all_.values()) for w, n in all_.items()} for unit, all_ in seen.items()}
        if turn >= _SETTLED:
            kept = [pair for pair, gain in told if gain > 0]
    return shares, letters


def _chance(written: str, letters: dict[str, float]) -> float:
    chance = _NONE_WRITTEN if not written else 1 - _NONE_WRITTEN
    for char in written:
        chance *= letters[char] * _LETTER
    return chance


def _expect(
    pair: Pair, shares: Shares, letters: dict[str, float], seen: defaultdict[str, defaultdict[str, float]]
) -> float:
    """Add to `seen` what each unit is expected to have written; return the gain over chance in nats."""
    latin, units = pair
    n, m = len(latin), len(units)

    def share(unit: str, written: str) -> float:
        by_chance = _chance(written, letters)
        return shares[unit].get(written, 0.0) * _TRUST + by_chance * (1 - _TRUST) if unit in shares else by_chance

    ahead = [[0.0] * (n + 1) for _ in range(m + 1)]
    back = [[0.0] * (n + 1) for _ in range(m + 1)]
    ahead[0][0] = back[m][n] = 1.0
    steps = [(i, j, k) for i in range(m) for j in range(n + 1) for k in range(min(LONGEST, n - j) + 1)]
    for i, j, k in steps:
        ahead[i + 1][j + k] += ahead[i][j] * share(units[i], latin[j : j + k])
    for i, j, k in reversed(steps):
        back[i][j] += back[i + 1][j + k] * share(units[i], latin[j : j + k])
    whole = ahead[m][n]
    if not whole:
        return -math.inf
    for i, j, k in steps:
        seen[units[i]][latin[j : j + k]] += ahead[i][j] * share(units[i], latin[j : j + k]) * back[i + 1][j + k] / whole
    return math.log(whole) - sum(math.log(letters[char]) for char in latin)

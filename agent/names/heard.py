"""The words of a source, to look up by how they would be spelt in another script."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from agent.names.chinese import foreign_stretches
from agent.names.transcribed import Ends, agreement, first_letters, likelihood
from agent.names.units import Script, latin_of, script_of, units_of

_ENOUGH = 3.5
"""Nats above chance from which on a name and a word with a capital, or a Katakana word, are one: measured on half of
NTREX, one in thirty names that only another article has passes."""
_OF_MANY, _OF_ALL = 6.5, 9.0
"""The same among all words of a text, alone and side by side; and among all stretches of Chinese characters."""
_IN: dict[Script, tuple[float, Ends]] = {
    "ja": (_ENOUGH, (3.0, 1.5)),
    "ko": (6.0, (None, 0.5)),
    "zh": (_ENOUGH, (1.0, 1.0)),
}
"""For a Latin name: what is enough, and what it costs that the name is only a part of the other script's word."""
_BETWEEN: dict[Script, float] = {"ja": 3.5, "ko": 5.5, "zh": 4.0}
"""For a name of one East Asian script what is enough in another's word: of names that only another article has, one in
twenty passes, among Chinese characters one in seventy (measured on half of NTREX)."""
_OF_ALL_ENDS: Ends = (1.5, 1.5)
_OFTEN = 6
_FEWEST_UNITS = 6
_LONGEST_PHRASE = 3
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’]*")
_SHORTENED = re.compile(r"['’](?:s|m|ve|re|ll|d|t)?$")
_RUN = re.compile(r"[\u30a1-\u30fa\u30fc]{2,}|[가-힣]{2,}")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_JOINTS = re.compile(r"[・·•‧=＝ ]")


class Heard:
    """A source text by sound: its Latin words for names in other scripts, its words in those for Latin names."""

    def __init__(self, text: str, readings: Iterable[str] = ()) -> None:
        """Take the text, and how its names in Chinese characters are read, in Katakana."""
        self._text = text
        self._readings = tuple(readings)

    @cached_property
    def _words(self) -> list[str]:
        return [_SHORTENED.sub("", word) for word in _LATIN_WORD.findall(self._text)]

    @cached_property
    def _named(self) -> dict[str, float]:
        """Words with a capital and pairs of them, with what tells more for those that come often."""
        named = [word for word in self._words if word[0].isupper()]
        pairs = [a + b for a, b in pairwise(self._words) if a[0].isupper() and b[0].isupper()]
        ordinary = {latin_of(word) for word in self._words if word[0].islower()}
        count = Counter(latin for word in [*named, *pairs] if len(latin := latin_of(word)) > 1)
        return {latin: 0.0 if latin in ordinary else _often(times) for latin, times in count.items()}

    @cached_property
    def _phrases(self) -> dict[str, tuple[str, ...]]:
        """All words, and up to three side by side, by their first letter."""
        found = _spelt(
            "".join(self._words[i : i + size])
            for size in range(1, _LONGEST_PHRASE + 1)
            for i in range(len(self._words) - size + 1)
        )
        return {letter: tuple(p for p in found if p[0] == letter) for letter in {phrase[0] for phrase in found}}

    @cached_property
    def _foreign(self) -> dict[str, float]:
        runs = Counter([*_RUN.findall(self._text), *self._readings, *foreign_stretches(self._text)])
        return {run: _often(times) for run, times in runs.items()}

    @cached_property
    def _han(self) -> tuple[str, ...]:
        return tuple(sorted(set(_HAN_RUN.findall(self._text))))

    def has(self, name: str) -> bool:
        """Tell whether a word of the text is `name` in another script, or two with capitals side by side are."""
        plain = _JOINTS.sub("", name)
        if script := script_of(plain):
            return any(likelihood(plain, latin) + more >= _ENOUGH for latin, more in self._named.items()) or any(
                _agrees(plain, script, run, more) for run, more in self._foreign.items()
            )
        latin = latin_of(_SHORTENED.sub("", name))
        if not latin:
            return False
        return any(_writes(run, latin, more) for run, more in self._foreign.items()) or any(
            likelihood(run, latin, _OF_ALL_ENDS) >= _OF_ALL for run in self._han
        )

    def has_phrase(self, parts: Sequence[str]) -> bool:
        """Tell whether words of the text, side by side and with a capital or without, are `parts` in another script."""
        whole = "".join(parts)
        if len(units_of(whole)) < _FEWEST_UNITS:
            return False
        near = (phrase for letter in first_letters(whole) for phrase in self._phrases.get(letter, ()))
        return any(likelihood(whole, phrase) >= _OF_MANY for phrase in near)


def _spelt(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({latin for word in words if len(latin := latin_of(word)) > 1}))


def _writes(run: str, latin: str, more: float) -> bool:
    script = script_of(run)
    return script is not None and _scored(run, latin) + more >= _IN[script][0]


def _agrees(name: str, script: Script, run: str, more: float) -> bool:
    """Tell whether a run of the text may be a name of another East Asian script."""
    theirs = script_of(run)
    if theirs is None or theirs == script:
        return False
    return agreement(name, run, _IN[theirs][1]) + more >= _BETWEEN[theirs]


def _often(times: int) -> float:
    return math.log(min(times, _OFTEN))


def _scored(run: str, latin: str) -> float:
    script = script_of(run)
    return likelihood(run, latin, _IN[script][1]) if script else float("-inf")

"""Whether words of a name stand side by side in a source, in another script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from agent.names.sounds import beside_alike, skeletons, sounds_alike

_NEAR = 3
_SHORTEST_HANGUL, _LONGEST_HANGUL = 2, 8


class Row:
    """The words of a source in their order, to look up by sound where they stand."""

    def __init__(self, words: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            for form in _forms(word):
                self._places.setdefault(form, []).append(place)
        for place, (one, other) in enumerate(pairwise(words)):
            if one[0].isupper() and other[0].isupper():
                self._places.setdefault(one + other, []).append(place)
        self._by_sound: dict[str, set[str]] = {}
        for form in self._places:
            for skeleton in skeletons(form):
                self._by_sound.setdefault(skeleton, set()).add(form)

    def has(self, parts: Sequence[str]) -> bool:
        """Tell whether there are words that sound like `parts`, each within three words of the one before.

        No part at all is always there. Several parts together need to sound less alike than one alone; one word may
        also hold them all.
        """
        if len(parts) < 2:
            return all(self._of(part, sounds_alike) for part in parts)
        if self._of("".join(parts), sounds_alike):
            return True
        found: set[int] | None = None
        for part in parts:
            places = self._of(part, beside_alike)
            found = places if found is None else {p for p in places if any(abs(p - q) <= _NEAR for q in found)}
            if not found:
                return False
        return True

    def _of(self, part: str, is_alike: Callable[[str, str], bool]) -> set[int]:
        near = {word for skeleton in skeletons(part) for word in self._by_sound.get(skeleton, ())}
        alike = [word for word in near if word == part or is_alike(part, word)]
        return {place for word in alike for place in self._places[word]}


def _forms(word: str) -> list[str]:
    """Return a word, and a Korean one without each of the endings that it may have."""
    if not "가" <= word[0] <= "힣":
        return [word]
    return [word[:end] for end in range(_SHORTEST_HANGUL, min(len(word), _LONGEST_HANGUL) + 1)]

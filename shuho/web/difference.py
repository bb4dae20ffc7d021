"""Two forms of a section side by side, with the words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"[0-9A-Za-zÀ-ɏ'’.,%-]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Stretch:
    """Some words; `changed` tells that the other side does not have them."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Row:
    """A line on either side; an empty side has no such line."""

    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]

    @property
    def same(self) -> bool:
        """Whether both sides are alike."""
        return self.before == self.after


def side_by_side(before: str, after: str) -> tuple[Row, ...]:
    """Return the rows of two texts, one line each, matched so that what is alike stands abreast."""
    return tuple(_rows(before.splitlines(), after.splitlines()))


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Row((Stretch(line, False),), (Stretch(line, False),)) for line in old[a:b])
        elif tag == "replace" and b - a == d - c:
            yield from (_words(one, other) for one, other in zip(old[a:b], new[c:d], strict=True))
        else:
            yield from (Row((Stretch(line, True),), ()) for line in old[a:b])
            yield from (Row((), (Stretch(line, True),)) for line in new[c:d])


def _words(one: str, other: str) -> Row:
    left, right = _TOKEN.findall(one), _TOKEN.findall(other)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < 0.4:
        return Row((Stretch(one, True),), (Stretch(other, True),))
    before: list[Stretch] = []
    after: list[Stretch] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if b > a:
            before.append(Stretch("".join(left[a:b]), tag != "equal"))
        if d > c:
            after.append(Stretch("".join(right[c:d]), tag != "equal"))
    return Row(tuple(before), tuple(after))

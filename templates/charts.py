"""The geometry of the drawn figures; `charts.html.j2` turns it into SVG. Lengths are SVG user units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from templates.typeset import NUMBER, phrases

_TOKEN = re.compile(rf"{NUMBER.pattern}|[A-Za-z0-9À-ɏ$€£.,%+'’&/@_()-]+|\s+|.", re.S)
_NOT_FIRST = set("、。，．）」』】〉》〕！？：；ー・々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%％)]}")
BAR_WIDTH = 330
_EMS = {" ": 0.25, ".": 0.33, ",": 0.33, "%": 0.95}
_TEXT = 12
_SHORTEST_LAST = 3.0
_COLUMN_HEIGHT = 150
_WEEK_WIDTH, _WEEK_HEIGHT = 680.0, 392.0


@dataclass(frozen=True)
class Bar:
    """One bar with its label above it. `lines` is the label, wrapped; `y` is the top of the bar."""

    label: str
    lines: tuple[str, ...]
    count: int
    y: float
    length: float


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars, one below the other."""

    key: str
    title: str
    width: float
    height: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Column:
    """One upright bar; `x` is its middle, `top` its upper edge."""

    label: str
    count: int
    x: float
    top: float
    height: float


@dataclass(frozen=True)
class ColumnChart:
    """Upright bars on a common ground line at `ground`."""

    key: str
    title: str
    width: float
    height: float
    ground: float
    bar: float
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Tile:
    """One article in the picture of the week on the cover."""

    number: int
    x: float
    y: float
    filled: bool


@dataclass(frozen=True)
class Tiles:
    """The week as a picture: numbered tiles stacked on each day, first article at the bottom."""

    width: float
    height: float
    size: float
    ground: float
    tiles: tuple[Tile, ...]
    labels: tuple[tuple[float, str, int], ...]


def em(text: str) -> float:
    """Return an estimate of the width of `text` in ems, rather more than less."""
    return sum(_em(char) for char in text)


def _em(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return _EMS.get(char) or (0.57 if char.islower() else 0.62)


def fit(text: str) -> str:
    """Return how a key figure must be set to stay on one line of its card: nothing, `long` or `longer`."""
    return "" if em(text) <= 7 else "long" if em(text) <= 9.5 else "longer"


def wrap(text: str, size: float, width: float, language: str = "und") -> tuple[str, ...]:
    """Break `text`, set at `size`, into lines of at most `width` between phrases; no line begins with a closing mark.

    The last line holds at least three ems, taken from the line before it.
    """
    lines, line = [], ""
    for token in _tokens(text, width / size, language):
        if line and em(line + token.rstrip()) * size > width and token[0] not in _NOT_FIRST:
            lines.append(line.strip())
            line = token.lstrip()
        else:
            line += token
    if line.strip() and lines:
        lines[-1], line = _shared(lines[-1], line.strip())
    return (*lines, line.strip()) if line.strip() or not lines else tuple(lines)


def _shared(line: str, last: str) -> tuple[str, str]:
    """Move words from the end of `line` to `last` until that is no longer lost on a line of its own."""
    words = [match[0] for match in _TOKEN.finditer(line)]
    while len(words) > 1 and (em(last) < _SHORTEST_LAST or last[0] in _NOT_FIRST):
        last = words.pop() + last
    return "".join(words).strip(), last.strip()


def _tokens(text: str, widest: float, language: str) -> list[str]:
    """Split where a line may end; a phrase wider than the line is cut by the word, a word by the character."""
    tokens: list[str] = []
    for phrase in phrases(text, language):
        words = [phrase] if em(phrase) <= widest else [match[0] for match in _TOKEN.finditer(phrase)]
        for word in words:
            tokens.extend(word if em(word) > widest else [word])
    return tokens


def bar_chart(key: str, title: str, rows: Sequence[tuple[str, int]]) -> BarChart:
    """Lay out horizontal bars in the order given; the longest is the full width less the room for its count."""
    most = max((count for _, count in rows), default=1) or 1
    bars, y = [], 4.0
    for label, count in rows:
        lines = wrap(label, _TEXT, BAR_WIDTH)
        y += len(lines) * 16
        bars.append(Bar(label, lines, count, y, round(count / most * (BAR_WIDTH - 34), 1)))
        y += 20
    return BarChart(key, title, BAR_WIDTH, y, tuple(bars))


def column_chart(key: str, title: str, rows: Sequence[tuple[str, int]]) -> ColumnChart:
    """Lay out upright bars in the order given."""
    most = max((count for _, count in rows), default=1) or 1
    step = BAR_WIDTH / max(len(rows), 1)
    ground, room = _COLUMN_HEIGHT - 26.0, _COLUMN_HEIGHT - 50.0
    columns = tuple(
        Column(
            label,
            count,
            round(step * (i + 0.5), 1),
            round(ground - count / most * room, 1),
            round(count / most * room, 1),
        )
        for i, (label, count) in enumerate(rows)
    )
    return ColumnChart(key, title, BAR_WIDTH, _COLUMN_HEIGHT, ground, round(step * 0.56, 1), columns)


def tiles(days: Sequence[str], articles: Sequence[tuple[int, int, bool]]) -> Tiles:
    """Stack articles, given as (number, index of the day, filled), into one column a day."""
    counts = [sum(1 for _, day, _ in articles if day == i) for i in range(len(days))]
    tallest = max([*counts, 1])
    across = _WEEK_WIDTH / len(days)
    step, abreast = max((_tile_step(across, tallest, k), k) for k in range(1, 9))
    ground = -(-tallest // abreast) * step
    stacked = [0] * len(days)
    placed = []
    for number, day, filled in articles:
        row, place = divmod(stacked[day], abreast)
        stacked[day] += 1
        placed.append(Tile(number, round(day * across + place * step, 1), round(ground - (row + 1) * step, 1), filled))
    labels = tuple((round(i * across, 1), label, counts[i]) for i, label in enumerate(days))
    return Tiles(_WEEK_WIDTH, ground + 30, round(step * 0.88, 1), ground, tuple(placed), labels)


def _tile_step(across: float, tallest: int, abreast: int) -> float:
    return min(across * 0.94 / abreast, _WEEK_HEIGHT / -(-tallest // abreast))

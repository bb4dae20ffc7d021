"""The geometry of the roadmap: one lane an entry, a mark as wide as the date is vague."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agent.model import Precision
from agent.report import RoadmapEntry
from templates.charts import wrap

WIDTH = 680.0
_AXIS_LEFT, _AXIS_RIGHT = 112.0, 306.0
_TEXT_LEFT = 324.0
_NUMBER_WIDTH = 40.0
_SIZE, _LEADING, _PAD = 11.0, 15.0, 9.0
_TOP = 26.0
_MONTHS: dict[Precision, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Lane:
    """One entry. A `point` is drawn as a disc at `x`, anything vaguer as a bar of `length` from `x`."""

    y: float
    middle: float
    x: float
    length: float
    point: bool
    when: tuple[str, ...]
    what: tuple[str, ...]
    language: str
    articles: tuple[int, ...]


@dataclass(frozen=True)
class Tick:
    """A mark on the axis."""

    x: float
    label: str
    strong: bool


@dataclass(frozen=True)
class Timeline:
    """The whole drawing."""

    width: float
    height: float
    axis: tuple[float, float]
    text_left: float
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]


def timeline(entries: Sequence[RoadmapEntry], first_day: date, month_name: Callable[[date], str]) -> Timeline | None:
    """Lay out the entries from `first_day` on, in the order given; None when there are none.

    `month_name` gives the name of a month on the axis.
    """
    if not entries:
        return None
    start = min(first_day, *(e.date for e in entries)).replace(day=1)
    end = max(period_end(e.date, e.precision) for e in entries)
    end = _add_months(end.replace(day=1), 1)
    scale = (_AXIS_RIGHT - _AXIS_LEFT) / max((end - start).days, 1)

    def place(day: date) -> float:
        return round(_AXIS_LEFT + (day - start).days * scale, 1)

    lanes, y = [], _TOP
    for entry in entries:
        what = wrap(entry.what, _SIZE, WIDTH - _TEXT_LEFT - _NUMBER_WIDTH, entry.language)
        when = wrap(entry.display, _SIZE, _AXIS_LEFT - 12)
        height = max(len(what), len(when)) * _LEADING + _PAD
        x, point = place(entry.date), entry.precision == "day"
        length = 0.0 if point else max(place(period_end(entry.date, entry.precision)) - x, 6.0)
        middle = y + _PAD / 2 + _LEADING / 2
        lanes.append(Lane(y, middle, x, round(length, 1), point, when, what, entry.language, entry.articles))
        y += height
    return Timeline(
        WIDTH, y + 4, (_AXIS_LEFT, _AXIS_RIGHT), _TEXT_LEFT, _ticks(start, end, place, month_name), tuple(lanes)
    )


def in_order(entries: Sequence[RoadmapEntry]) -> tuple[RoadmapEntry, ...]:
    """Return the entries by date; of those that begin on one day, the shorter period first."""
    return tuple(sorted(entries, key=lambda e: (e.date, period_end(e.date, e.precision))))


def period_end(first: date, precision: Precision) -> date:
    """Return the first day after the period that begins at `first`."""
    if precision == "day":
        return first + timedelta(days=1)
    return _add_months(first, _MONTHS[precision])


def _add_months(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _ticks(
    start: date, end: date, place: Callable[[date], float], month_name: Callable[[date], str]
) -> tuple[Tick, ...]:
    years = end.year - start.year + 1
    months = (1,) if years > 4 else (1, 7) if years > 2 else (1, 4, 7, 10)
    step = max(1, years // 9)
    ticks, last = [Tick(place(start), str(start.year), True)], place(start) + 12
    for year in range(start.year, end.year + 1):
        for month in months:
            day = date(year, month, 1)
            if not start < day <= end or (year - start.year) % step:
                continue
            x = place(day)
            room = x - last > (34 if month == 1 else 26)
            ticks.append(Tick(x, (str(year) if month == 1 else month_name(day)) if room else "", month == 1))
            last = x if room else last
    return tuple(ticks)

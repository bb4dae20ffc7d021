"""A date that a text names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agent.model import Precision


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or period: `date` is its first day. `relative` when a part was taken from the article's date."""

    date: date
    precision: Precision
    start: int
    end: int
    relative: bool


@dataclass(frozen=True, slots=True)
class Named:
    """What a text says of a date, before the reference date fills in the rest. `shift` counts from the reference."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    day_shift: int | None = None
    weekday: int | None = None
    lean: int = 0
    """-1 when the text looks back (last, 去る), 1 when it looks ahead (by, までに), 0 when it does not say."""

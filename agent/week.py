"""ISO weeks in a topic's timezone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

from agent.errors import SettingError

_WEEK = re.compile(r"([12]\d{3})-W(\d{2})", re.ASCII)


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no IANA timezone; write one such as Asia/Tokyo, Europe/Berlin or UTC") from None
    return name


Timezone = Annotated[str, AfterValidator(_known_timezone)]
"""The name of an IANA timezone that this machine knows."""


@dataclass(frozen=True)
class Week:
    """Monday 00:00 to the next Monday 00:00 (excluded) of one ISO 8601 week, on the clocks of `timezone`."""

    year: int
    number: int
    timezone: str

    @property
    def iso(self) -> str:
        """The week's name, as in `2026-W15`."""
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def first_day(self) -> date:
        """Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Sunday."""
        return self.first_day + timedelta(days=6)

    @property
    def start(self) -> datetime:
        """The first moment of Monday, with the timezone's offset of that day."""
        return datetime.combine(self.first_day, datetime.min.time(), ZoneInfo(self.timezone))

    @property
    def end(self) -> datetime:
        """The first moment after Sunday (excluded)."""
        return datetime.combine(self.first_day + timedelta(days=7), datetime.min.time(), ZoneInfo(self.timezone))

    def holds(self, moment: datetime) -> bool:
        """Tell whether an aware `moment` lies in the week."""
        return self.start <= moment < self.end

    def previous(self) -> Week:
        """Return the week before."""
        return week_of(self.start - timedelta(days=1), self.timezone)


def week_of(moment: datetime, timezone: str) -> Week:
    """Return the week that an aware `moment` falls in on the clocks of `timezone`."""
    year, number, _ = moment.astimezone(ZoneInfo(timezone)).isocalendar()
    return Week(year, number, timezone)


def chosen_week(text: str, now: datetime, timezone: str) -> Week:
    """Return the week that a person names at an aware moment `now`.

    `last` is the newest week that has ended, nothing or `this` the one that is going on, anything else an ISO week.
    Raises SettingError as `parse_week` does.
    """
    if text == "last":
        return week_of(now, timezone).previous()
    return week_of(now, timezone) if text in ("", "this") else parse_week(text, timezone)


def parse_week(text: str, timezone: str) -> Week:
    """Read `2026-W15`. Raises SettingError for another form or a week that its year does not have."""
    match = _WEEK.fullmatch(text.strip())
    if match is None:
        raise SettingError(f"--week {text!r}: write the ISO year and week as in 2026-W15, or last")
    year, number = int(match[1]), int(match[2])
    try:
        date.fromisocalendar(year, number, 1)
    except ValueError:
        last = date(year, 12, 28).isocalendar().week
        raise SettingError(f"--week {text!r}: the year {year} has weeks W01 to W{last:02d}") from None
    return Week(year, number, timezone)

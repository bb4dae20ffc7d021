"""The roadmap: what the articles date after the week, one entry per date and story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from agent.engine import Digested
from agent.model import DatedEvent, Precision
from agent.moments import display_moment
from agent.report import RoadmapEntry
from agent.week import Week

_MOST = 20
_MONTHS: dict[Precision, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def period_end(first: date, precision: Precision) -> date:
    """Return the last day of the period that begins on `first`."""
    if precision == "day":
        return first
    months = first.year * 12 + first.month - 1 + _MONTHS[precision]
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def is_ahead(event: DatedEvent, week: Week) -> bool:
    """Tell whether an event lies after the week: its period begins later, or a quarter or half is still running."""
    if event.date > week.last_day:
        return True
    return event.precision in {"quarter", "half"} and period_end(event.date, event.precision) > week.last_day


def roadmap(
    items: Sequence[Digested], numbers: Mapping[str, int], week: Week, language: str
) -> tuple[RoadmapEntry, ...]:
    """Return the dated future events of all digests, earliest first, at most 20; one article gives a date once."""
    entries: dict[tuple[date, Precision, int], RoadmapEntry] = {}
    for item in items:
        for event in item.digest.events:
            number = numbers[item.article.id]
            key = (event.date, event.precision, number)
            if is_ahead(event, week) and key not in entries:
                entries[key] = RoadmapEntry(
                    date=event.date,
                    precision=event.precision,
                    what=event.what,
                    language=item.digest.language,
                    display=display_moment(event.date, event.precision, language),
                    articles=(number,),
                    evidence=event.evidence.text,
                )
    ordered = sorted(entries.values(), key=lambda e: (e.date, period_end(e.date, e.precision), e.articles))
    return tuple(ordered[:_MOST])

from datetime import date

import pytest

from agent.engine import Digested
from agent.report import RoadmapEntry
from agent.roadmap import is_ahead, period_end, roadmap
from tests.builders import WEEK, article, dated, digest


@pytest.mark.parametrize(
    ("first", "precision", "last"),
    [
        ("2026-04-10", "day", "2026-04-10"),
        ("2026-02-01", "month", "2026-02-28"),
        ("2028-02-01", "month", "2028-02-29"),
        ("2026-12-01", "month", "2026-12-31"),
        ("2026-10-01", "quarter", "2026-12-31"),
        ("2026-04-01", "quarter", "2026-06-30"),
        ("2026-07-01", "half", "2026-12-31"),
        ("2026-01-01", "half", "2026-06-30"),
        ("2026-01-01", "year", "2026-12-31"),
    ],
)
def test_the_last_day_of_a_period(first: str, precision: str, last: str) -> None:
    assert period_end(date.fromisoformat(first), precision) == date.fromisoformat(last)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "precision", "ahead"),
    [
        ("2026-04-12", "day", False),
        ("2026-04-13", "day", True),
        ("2026-04-01", "month", False),
        ("2026-05-01", "month", True),
        ("2026-04-01", "quarter", True),
        ("2026-01-01", "quarter", False),
        ("2026-01-01", "half", True),
        ("2026-01-01", "year", False),
        ("2027-01-01", "year", True),
        ("2025-07-01", "half", False),
    ],
)
def test_what_lies_ahead_of_the_week(day: str, precision: str, ahead: bool) -> None:
    of = article()
    event = dated(date.fromisoformat(day), "x", "October 2026", of, precision)
    assert is_ahead(event, WEEK) is ahead


def test_entries_are_in_order_of_time_and_once_an_article() -> None:
    of, other = article(), article("https://news.example/p/2")
    events = (
        dated(date(2026, 10, 1), "full capacity", "October 2026", of, "month"),
        dated(date(2026, 10, 1), "again", "October 2026", of, "month"),
        dated(date(2026, 10, 1), "first day", "October 2026", of),
        dated(date(2026, 10, 1), "a quarter", "October 2026", of, "quarter"),
        dated(date(2026, 4, 8), "past", "Wednesday", of),
        dated(date(2026, 5, 2), "early", "October 2026", of),
    )
    items = [Digested(of, digest(of, events=events)), Digested(other, digest(other, events=events[:1], language="de"))]
    entries = roadmap(items, {of.id: 2, other.id: 1}, WEEK, "ja")
    assert [(e.what, e.display, e.articles, e.language) for e in entries] == [
        ("early", "2026年5月2日", (2,), "en"),
        ("first day", "2026年10月1日", (2,), "en"),
        ("full capacity", "2026年10月", (1,), "de"),
        ("full capacity", "2026年10月", (2,), "en"),
        ("a quarter", "2026年第4四半期", (2,), "en"),
    ]
    assert entries[0] == RoadmapEntry(
        date=date(2026, 5, 2),
        precision="day",
        what="early",
        language="en",
        display="2026年5月2日",
        articles=(2,),
        evidence="October 2026",
    )


def test_at_most_twenty_the_earliest() -> None:
    of = article()
    events = tuple(dated(date(2027, 1, day), str(day), "October 2026", of) for day in range(31, 0, -1))
    entries = roadmap([Digested(of, digest(of, events=events))], {of.id: 1}, WEEK, "en")
    assert [e.what for e in entries] == [str(day) for day in range(1, 21)]


def test_no_date_ahead_is_an_empty_roadmap() -> None:
    of = article()
    assert roadmap([Digested(of, digest(of))], {of.id: 1}, WEEK, "en") == ()

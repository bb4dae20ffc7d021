from datetime import UTC, date, datetime, timedelta

import pytest

from agent.errors import SettingError
from agent.week import Week, chosen_week, parse_week, week_of


@pytest.mark.parametrize(
    ("moment", "timezone", "expected"),
    [
        ("2026-04-12T14:59:59.999999+00:00", "Asia/Tokyo", "2026-W15"),
        ("2026-04-12T15:00:00+00:00", "Asia/Tokyo", "2026-W16"),
        ("2026-04-12T15:30:00+00:00", "UTC", "2026-W15"),
        ("2026-04-12T15:30:00+00:00", "Asia/Tokyo", "2026-W16"),
        ("2027-01-01T00:00:00+00:00", "UTC", "2026-W53"),
        ("2027-01-03T23:59:59+00:00", "UTC", "2026-W53"),
        ("2027-01-04T00:00:00+00:00", "UTC", "2027-W01"),
        ("2024-12-30T00:00:00+00:00", "UTC", "2025-W01"),
        ("2021-01-03T12:00:00+00:00", "UTC", "2020-W53"),
        ("2026-03-29T23:30:00+01:00", "Europe/Berlin", "2026-W14"),
        ("2026-04-13T03:59:00+00:00", "America/New_York", "2026-W15"),
    ],
)
def test_week_of(moment: str, timezone: str, expected: str) -> None:
    assert week_of(datetime.fromisoformat(moment), timezone).iso == expected


@pytest.mark.parametrize(
    ("text", "timezone", "start", "end", "hours"),
    [
        ("2026-W15", "Asia/Tokyo", "2026-04-06T00:00:00+09:00", "2026-04-13T00:00:00+09:00", 168),
        ("2026-W53", "UTC", "2026-12-28T00:00:00+00:00", "2027-01-04T00:00:00+00:00", 168),
        ("2026-W13", "Europe/Berlin", "2026-03-23T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 167),
        ("2026-W43", "Europe/Berlin", "2026-10-19T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 169),
        ("2026-W10", "America/New_York", "2026-03-02T00:00:00-05:00", "2026-03-09T00:00:00-04:00", 167),
    ],
)
def test_the_window_follows_the_clocks(text: str, timezone: str, start: str, end: str, hours: int) -> None:
    week = parse_week(text, timezone)
    assert (week.start.isoformat(), week.end.isoformat()) == (start, end)
    assert week.end.astimezone(UTC) - week.start.astimezone(UTC) == timedelta(hours=hours)
    assert (week.first_day.isoweekday(), week.last_day - week.first_day) == (1, timedelta(days=6))


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2026-04-05T14:59:59.999999+00:00", False),
        ("2026-04-05T15:00:00+00:00", True),
        ("2026-04-06T00:00:00+09:00", True),
        ("2026-04-12T23:59:59.999999+09:00", True),
        ("2026-04-13T00:00:00+09:00", False),
        ("2026-04-12T12:00:00-07:00", False),
    ],
)
def test_holds_the_first_moment_and_not_the_last(moment: str, inside: bool) -> None:
    assert Week(2026, 15, "Asia/Tokyo").holds(datetime.fromisoformat(moment)) is inside


@pytest.mark.parametrize(
    ("text", "before"),
    [("2026-W15", "2026-W14"), ("2027-W01", "2026-W53"), ("2026-W01", "2025-W52"), ("2021-W01", "2020-W53")],
)
@pytest.mark.parametrize("timezone", ["UTC", "Asia/Tokyo", "Europe/Berlin", "Pacific/Auckland"])
def test_the_week_before_ends_where_this_begins(text: str, before: str, timezone: str) -> None:
    week = parse_week(text, timezone)
    assert (week.previous().iso, week.previous().end) == (before, week.start)


def test_the_parts_of_a_week() -> None:
    week = parse_week(" 2026-W53 ", "Asia/Tokyo")
    assert week == Week(2026, 53, "Asia/Tokyo")
    assert (week.iso, week.first_day, week.last_day) == ("2026-W53", date(2026, 12, 28), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2025-W53", "the year 2025 has weeks W01 to W52"),
        ("2026-W54", "the year 2026 has weeks W01 to W53"),
        ("2026-W00", "the year 2026 has weeks W01 to W53"),
        ("0000-W01", "write the ISO year and week as in 2026-W15, or last"),
        ("0001-W01", "write the ISO year and week as in 2026-W15, or last"),
        ("9999-W52", "write the ISO year and week as in 2026-W15, or last"),
        ("2026-15", "write the ISO year and week as in 2026-W15, or last"),
        ("2026W15", "write the ISO year and week as in 2026-W15, or last"),
        ("2026-w15", "write the ISO year and week as in 2026-W15, or last"),
        ("2026-W5", "write the ISO year and week as in 2026-W15, or last"),
        ("2026-W15-1", "write the ISO year and week as in 2026-W15, or last"),
        ("", "write the ISO year and week as in 2026-W15, or last"),
        ("last", "write the ISO year and week as in 2026-W15, or last"),
    ],
)
def test_a_bad_week_is_refused_with_the_remedy(text: str, says: str) -> None:
    with pytest.raises(SettingError) as caught:
        parse_week(text, "Asia/Tokyo")
    assert str(caught.value) == f"--week {text!r}: {says}"


@pytest.mark.parametrize(
    ("now", "timezone", "this", "last"),
    [
        ("2026-04-12T14:59:59+00:00", "Asia/Tokyo", "2026-W15", "2026-W14"),
        ("2026-04-12T15:00:00+00:00", "Asia/Tokyo", "2026-W16", "2026-W15"),
        ("2026-04-12T15:00:00+00:00", "UTC", "2026-W15", "2026-W14"),
        ("2027-01-01T00:00:00+00:00", "UTC", "2026-W53", "2026-W52"),
        ("2027-01-04T08:00:00+00:00", "UTC", "2027-W01", "2026-W53"),
        ("2026-03-29T22:30:00+00:00", "Europe/Berlin", "2026-W14", "2026-W13"),
        ("2026-10-25T22:59:59+00:00", "Europe/Berlin", "2026-W43", "2026-W42"),
    ],
)
def test_this_week_and_the_last_that_ended(now: str, timezone: str, this: str, last: str) -> None:
    """Whatever day a run that was due on Monday is caught up on, it is last week's."""
    moment = datetime.fromisoformat(now)
    assert [chosen_week(text, moment, timezone).iso for text in ("", "this", "last")] == [this, this, last]
    assert chosen_week("2026-W15", moment, timezone) == Week(2026, 15, timezone)

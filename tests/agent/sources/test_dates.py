from datetime import datetime

import pytest

from agent.sources.dates import far_outside, read_date
from agent.week import Week

WEEK = Week(2026, 15, "Asia/Tokyo")
NOON = "2026-04-11T12:00:00+09:00"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-04-11T09:30:15+09:00", "2026-04-11T09:30:15+09:00"),
        ("2026-04-11T09:30:15.123Z", "2026-04-11T09:30:15+00:00"),
        ("2026-04-11 09:30 +0200", "2026-04-11T09:30:00+02:00"),
        ("2026-04-11T09:30:15 JST", "2026-04-11T09:30:15+09:00"),
        ("Sat, 11 Apr 2026 09:30:15 GMT", "2026-04-11T09:30:15+00:00"),
        ("Sat, 11 Apr 2026 09:30:15 JST", "2026-04-11T09:30:15+09:00"),
        ("Sat, 11 Apr 2026 09:30:15 +0900 (JST)", "2026-04-11T09:30:15+09:00"),
        ("11 April 2026 09:30 EDT", "2026-04-11T09:30:00-04:00"),
        ("Apr 11, 2026 3:05 PM EST", "2026-04-11T15:05:00-05:00"),
        ("Apr 11, 2026 12:05 AM UTC", "2026-04-11T00:05:00+00:00"),
        ("2026/04/11 09:30:15 +09:00", "2026-04-11T09:30:15+09:00"),
        ("1775867415", "2026-04-11T00:30:15+00:00"),
        ("1775867415000", "2026-04-11T00:30:15+00:00"),
        ("1775867415.0", "2026-04-11T00:30:15+00:00"),
        ("  ２０２６-04-11T09:30:15Z ", "2026-04-11T09:30:15+00:00"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    date = read_date(text, "Asia/Tokyo")
    assert date is not None
    assert (date.moment, date.moment.isoformat(), date.exact) == (datetime.fromisoformat(moment), moment, True)


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-11",
        "20260411",
        "2026/04/11",
        "2026/4/11",
        "2026.04.11",
        "2026. 4. 11.",
        "2026. 4. 11. 오후 3:05",
        "2026年4月11日",
        "2026年04月11日(土)",
        "2026年4月11日（土） 09時30分",
        "2026 年 4 月 11 日",
        "２０２６年４月１１日",
        "2026년 4월 11일",
        "2026년 4월 11일 (토)",
        "令和8年4月11日",
        "令和８年４月１１日 午後3時05分",
        "April 11, 2026",
        "Saturday, April 11th, 2026",
        "11 Apr 2026",
        "11-Apr-2026",
        "2026-04-11T23:59:59",
        "2026/04/11 00:01",
    ],
)
def test_days_are_their_noon(text: str) -> None:
    date = read_date(text, "Asia/Tokyo")
    assert date is not None
    assert (date.moment.isoformat(), date.exact) == (NOON, False)


@pytest.mark.parametrize(
    ("text", "day"),
    [("令和元年5月1日", "2019-05-01"), ("平成31年4月30日", "2019-04-30"), ("2024/02/29", "2024-02-29")],
)
def test_other_years(text: str, day: str) -> None:
    date = read_date(text, "Asia/Tokyo")
    assert date is not None
    assert date.moment.date().isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "01/02/2026",
        "26年4月11日",
        "4月11日",
        "2026年4月",
        "2026-13-01",
        "2026-02-30",
        "2026-04-11T25:00:00Z",
        "2026年4月11日〜5月3日",
        "Sat, 11 Apr 2026 09:30:15 CST",
        "Sat, 11 Apr 2026 09:30:15 IST",
        "Sat, 11 Apr 2026 09:30:15 +9900",
        "1775",
        "12345678901",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026-04-11 " + "x" * 1000,
    ],
)
def test_uncertain_dates_are_not_read(text: str) -> None:
    assert read_date(text, "Asia/Tokyo") is None


@pytest.mark.parametrize(
    ("moment", "far"),
    [
        ("2026-04-04T23:59:59+09:00", True),
        ("2026-04-05T00:00:00+09:00", False),
        ("2026-04-13T23:59:59+09:00", False),
        ("2026-04-14T00:00:00+09:00", True),
        ("2026-04-13T15:00:00+00:00", True),
    ],
)
def test_one_day_more_on_both_sides(moment: str, far: bool) -> None:
    assert far_outside(datetime.fromisoformat(moment), WEEK) is far

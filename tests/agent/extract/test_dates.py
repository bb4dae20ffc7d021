from __future__ import annotations

import pytest

from agent.extract.dates import parse_moment
from agent.extract.page import extract_page
from tests.agent.extract.pages import article, fetched

LD = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "%s"}</script>'
META = '<meta property="article:published_time" content="%s">'


def published(page: str, url: str = "https://news.example/p/1.html") -> tuple[str, str]:
    read = extract_page(fetched(page, url=url), "Asia/Tokyo")
    return (read.published.isoformat() if read.published else "", read.published_precision)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-04-12T15:30:00Z", ("2026-04-12T15:30:00+00:00", "time")),
        ("2026-04-10T08:30:00.123+09:00", ("2026-04-10T08:30:00+09:00", "time")),
        ("2026-04-10T08:30:00+0900", ("2026-04-10T08:30:00+09:00", "time")),
        ("2026-04-10 08:30:00 JST", ("2026-04-10T08:30:00+09:00", "time")),
        ("2026-04-10T00:00:00Z", ("2026-04-10T12:00:00+09:00", "day")),
        ("2026-04-10T08:30:00", ("2026-04-10T12:00:00+09:00", "day")),
        ("2026-04-10", ("2026-04-10T12:00:00+09:00", "day")),
        ("Fri, 10 Apr 2026 08:30:00 +0200", ("2026-04-10T08:30:00+02:00", "time")),
        ("1775800000", ("2026-04-10T05:46:40+00:00", "time")),
        ("1775800000000", ("2026-04-10T05:46:40+00:00", "time")),
        ("2026/04/11", ("2026-04-11T12:00:00+09:00", "day")),
        ("2026-13-45", ("", "time")),
        ("04/10/2026", ("", "time")),
        ("2026-05-30T00:00:00+09:00", ("", "time")),
        ("0001-01-01T00:00:00Z", ("", "time")),
    ],
)
def test_stated_dates(value: str, expected: tuple[str, str]) -> None:
    assert published(article(head=LD % value)) == expected
    assert published(article(head=META % value)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "公開日 2026年04月10日",
        "2026. 4. 10.",
        "입력 2026년 4월 10일 오전 9:30",
        "令和8年4月10日",
        "民國115年4月10日",
        "2026/04/10",
        "２０２６年４月１０日",
        "發布時間：2026-04-10 08:00",
        "更新 2026年4月12日 / 公開 2026年4月10日",
        "2026.04.10 | 수정 2026.04.12",
        "April 10, 2026",
        "By Jane Doe, 10 April 2026",
        "Freitag, 10. April 2026",
        "vendredi 10 avril 2026",
        "10 de abril de 2026",
    ],
)
def test_visible_dates_near_the_title(line: str) -> None:
    page = article(before=f"<p>{line}</p>", language="ja")
    assert published(page) == ("2026-04-10T12:00:00+09:00", "day")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (article(head=LD % "2026-04-10T09:00:00+09:00", before="<p>2026年4月1日</p>"), "2026-04-10T09:00:00+09:00"),
        (article(before="<time datetime='2026-04-09T01:00:00Z' class='updated'>x</time>"
                        "<time datetime='2026-04-08T01:00:00Z' class='published'>x</time>"),
         "2026-04-08T01:00:00+00:00"),
        (article(before="<p>更新 2026年4月10日</p>"), "2026-04-10T12:00:00+09:00"),
        # What follows an aside stays, also where it holds characters that no tree takes in again.
        (article(before="<aside>2026年4月1日</aside>&#1;公開日 2026年4月10日\x02"), "2026-04-10T12:00:00+09:00"),
        (article(), ""),
        (article(head=LD % "nonsense" + META % "2026-04-10"), "2026-04-10T12:00:00+09:00"),
    ],
)  # fmt: skip
def test_order_of_sources(page: str, expected: str) -> None:
    assert published(page)[0] == expected


def test_date_in_the_address() -> None:
    assert published(article(), "https://news.example/2026/04/10/chips.html")[0] == "2026-04-10T12:00:00+09:00"


def test_a_year_that_no_calendar_holds_is_no_date() -> None:
    assert parse_moment(f"Thu, 09 Apr {'9' * 30}2026 10:00:00 GMT", "UTC") is None

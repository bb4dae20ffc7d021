"""One act of one subject on two dates is a contradiction; another act, place, version or a coarser date is none."""

from __future__ import annotations

from datetime import date

import pytest

from agent.contradictions import Contradiction, Side, contradictions
from agent.contradictions.dates import differing_dates
from agent.contradictions.naming import countries_of, names_first
from agent.storage.embed import SentenceEncoder
from tests.builders import HashingEncoder, article, span

FIRST = "Brackwater Bridge reopens to traffic on 2 June after repairs."


def found(language: str, first: str, second: str, other: str = "") -> list[tuple[str, ...]]:
    reports = [
        article(text=first, language=language),
        article("https://b.example/2", text=second, language=other or language),
    ]
    told = differing_dates(reports, SentenceEncoder())
    return [tuple(f"{side.day} {side.precision}" for side in one.sides) for one in told]


@pytest.mark.parametrize(
    ("language", "first", "second", "days"),
    [
        ("en", FIRST, "Brackwater Bridge reopens to traffic on 9 June.", ("2026-06-02 day", "2026-06-09 day")),
        (
            "en",
            FIRST,
            "On Tuesday officials said Brackwater Bridge reopens on 9 June this year.",
            ("2026-06-02 day", "2026-06-09 day"),
        ),
        (
            "ja",
            "改正データ保護法は2027年4月に施行される。",
            "改正データ保護法の施行は2027年10月となる。",
            ("2027-04-01 month", "2027-10-01 month"),
        ),
        (
            "ko",
            "개정 통신법은 올해 9월 1일부터 시행된다.",
            "개정 통신법이 10월 1일 시행된다.",
            ("2026-09-01 day", "2026-10-01 day"),
        ),
    ],
)
def test_two_dates_of_one_act(language: str, first: str, second: str, days: tuple[str, ...]) -> None:
    assert found(language, first, second) == [days]


def test_two_dates_of_one_act_across_languages() -> None:
    told = ("Aozora Robotics will list in Tokyo on June 11.", "アオゾラロボティクスは6月25日に東京で上場する。")
    assert found("en", *told, "ja") == [("2026-06-11 day", "2026-06-25 day")]
    assert found("en", told[0], told[1].replace("アオゾラロボティクス", "ミドリ精機"), "ja") == []


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("Brackwater Bridge reopens to traffic on 3 June.", id="a day apart"),
        pytest.param("Brackwater Bridge reopens to traffic in June 2026.", id="coarser"),
        pytest.param("Brackwater Bridge was closed for repairs on 9 June.", id="another act"),
        pytest.param("Allerton Bridge reopens to traffic on 9 June.", id="another subject"),
        pytest.param("Brackwater Bridge reopens to traffic from France on 9 June.", id="another country"),
        pytest.param("Brackwater Bridge reopens to traffic on 9 June 2029.", id="too far apart"),
        pytest.param("Brackwater Bridge was originally to reopen to traffic on 9 June.", id="a former plan"),
        pytest.param("Brackwater Bridge reopens to traffic on 9 June or 12 July.", id="two dates"),
        pytest.param(
            "Brackwater Bridge reopens to traffic on 9 June. Buses cross it from 2 June.", id="it knows the other date"
        ),
        pytest.param("Brackwater Bridge 2 reopens to traffic on 9 June, unlike Brackwater 1.", id="another version"),
    ],
)
def test_no_contradiction(second: str) -> None:
    assert found("en", FIRST, second) == []


def test_both_sides_are_shown() -> None:
    second = "Traffic is slow. Brackwater Bridge reopens to traffic on 9 June."
    one, other = article(text=FIRST), article("https://b.example/2", text=second)
    sides = (
        Side(article_id=one.id, evidence=span(FIRST, FIRST), day=date(2026, 6, 2), precision="day"),
        Side(
            article_id=other.id,
            evidence=span("Brackwater Bridge reopens to traffic on 9 June.", second),
            day=date(2026, 6, 9),
            precision="day",
        ),
    )
    assert contradictions([one, other], HashingEncoder()) == (Contradiction(kind="date", sides=sides),)


def test_names_and_countries() -> None:
    assert countries_of("日本と韓国で発売する。", "ja") == {"JP", "KR"}
    assert countries_of("The Germany of old and Hong Kong.", "en") == {"DE", "HK"}
    korean = "한빛반도체는 평택 신공장을 가동한다."
    assert names_first("Hanbit Semiconductor opens a plant.", "en", korean, "ko") is True
    assert names_first("Orbe Semiconductor opens a plant.", "en", korean, "ko") is False
    assert names_first("Japan opens it.", "en", "日本が工場を開く。", "ja") is None

"""The HTML page and what every readable format holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from lxml import html as lxml_html

from agent.model import OutletClass
from agent.report import Continuity, Report
from templates.edition import edition
from templates.render import render
from tests.templates.reports import all_gaps, sample_report


def test_every_link_of_the_page_has_its_target(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [h for h in page.xpath("//a/@href") if h.startswith("#") and h[1:] not in ids] == []


def test_the_page_asks_for_nothing(page: Any) -> None:
    assert page.xpath("//script | //link | //iframe | //object | //embed | //form | //*[@onclick]") == []
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    ]
    assert [s for s in page.xpath("//@src") if not s.startswith("data:")] == []
    assert "url(" not in "".join(page.xpath("//style/text()"))


def test_every_citation_leads_there_and_back(week: Report, page: Any) -> None:
    for number, places in edition(week).places.items():
        back = page.xpath(f"//article[@id='a{number}']//dl[@class='origin']//a[starts-with(@href, '#')]/@href")
        assert back == [f"#{place.anchor}" for place in places]
        for place in places:
            assert page.xpath(f"//*[@id='{place.anchor}']//a[@href='#a{number}']"), place


def test_foreign_text_has_its_language_and_its_mark(page: Any) -> None:
    marks = {
        number: page.xpath(f"string(//article[@id='a{number}']//p[@class='markline'])").strip()
        for number in (1, 9, 10, 11, 12)
    }
    assert marks == {1: "", 9: "原文・英語", 10: "原文・韓国語", 11: "原文・繁体中国語", 12: "原文・ドイツ語"}
    assert page.xpath("//article[@id='a10']//p[@class='summary']/@lang") == ["ko"]
    assert page.xpath("//*[@id='topic-2-2']/span[1]/@lang") == ["ko"]


def test_the_drawings_have_titles_and_tables(page: Any) -> None:
    svgs = page.xpath("//*[local-name()='svg']")
    assert len(svgs) == 6
    assert all(svg.xpath("string(*[local-name()='title'])").strip() for svg in svgs)
    assert len(page.xpath("//figure[contains(@class, 'chart')]//table")) == 4


@pytest.mark.parametrize("name", ["report.html", "report.md"])
def test_no_list_is_cut_and_every_part_is_there(name: str, week: Report, files: Mapping[str, bytes]) -> None:
    text = files[name].decode()
    issue = edition(week)
    assert [s.title for s in issue.sections if s.title not in text] == []
    for category in week.categories:
        assert all(f"{issue.number(n)}" in text for n in category.articles)
    assert "8カ国・地域" in text


@pytest.mark.parametrize(
    ("language", "no_roadmap", "first"),
    [
        (
            "ja",
            "今週の記事には、これからの日付を挙げた記述がありませんでした。",
            "先週のレポートがないため、比較はありません。",
        ),
        ("en", "No article of the week names a future date.", "There was no report last week to compare with."),
        ("it", "No article of the week names a future date.", "There was no report last week to compare with."),
    ],
)
def test_what_is_missing_is_said(language: str, no_roadmap: str, first: str) -> None:
    report = sample_report(1, language, roadmap=(), continuity=Continuity(), topics=(), key_figures=(), gaps=())
    for text in render(report, ("html", "md")).values():
        assert no_roadmap in text.decode()
        assert first in text.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_reason_and_class_is_in_words(language: str) -> None:
    from typing import get_args

    report = sample_report(1, language, gaps=all_gaps())
    words = edition(report).words
    text = render(report, ("html",))["report.html"].decode()
    page: Any = lxml_html.document_fromstring(text)
    shown = page.xpath("string(//table[@class='gaplist'])")
    assert [g.reason for g in all_gaps() if words.reasons[g.reason] not in shown] == []
    assert set(words.kinds) == set(get_args(OutletClass))


@pytest.mark.parametrize("n", [1, 5, 120])
def test_any_number_of_articles_can_be_set(n: int) -> None:
    text = render(sample_report(n), ("html",))["report.html"].decode()
    assert text.count("<article ") == n
    assert (f"#{n:03d}" if n >= 100 else f"#{n:02d}") in text


def test_the_week_is_stated_with_both_its_ends(page: Any) -> None:
    assert "4月6日（月） – 4月12日（日）" in page.xpath("string(//header)")
    assert edition(sample_report(1)).plain_date(date(2026, 4, 6)) == "2026年4月6日"

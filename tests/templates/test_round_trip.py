"""The text of the PDF is the text of the report: nothing lost, nothing split that belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pypdf import PdfReader

from agent.checks.from_report import text_of_report
from agent.checks.round_trip import lost_text
from agent.report import Report
from tests.templates.reports import sample_report

_NUMBER = re.compile(
    r"\d[\d,.]*(?:[兆億万千]\d*)*"
    r"(?: ?(?:米?ドル|円|ウォン|元|ユーロ|[%％]|カ国|[件社人年月日倍割歳回台本基]|[bm]illion\b|percent\b))?"
)
"""A number with its unit, as a reader must find it on one line."""


@pytest.fixture(scope="module")
def pages(reader: PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


def test_every_text_of_every_article_and_every_sentence_extracts_back_whole(week: Report, pages: list[str]) -> None:
    assert list(lost_text(text_of_report(week), pages)) == []


def test_no_line_of_the_pdf_splits_a_number_or_its_unit(week: Report, pages: list[str]) -> None:
    numbers = {found[0] for text in _prose(week) for found in _NUMBER.finditer(text)}
    assert len(numbers) > 50
    printed = "\n".join(re.sub(r" *\n *", "\n", page) for page in pages)
    halves = {f"{number[:i].rstrip()}\n{number[i:].lstrip()}" for number in numbers for i in range(1, len(number))}
    assert [half for half in halves if re.search(rf"(?<!\d){re.escape(half)}(?!\d)", printed)] == []


def _prose(report: Report) -> Iterator[str]:
    yield from (s.text for s in (*report.trends, *report.outlook))
    yield from (s.text for group in (*report.topics, *report.categories) for s in group.sentences)
    for article in report.articles:
        yield from (article.summary, *article.detail.model_dump().values())


@pytest.mark.parametrize(
    ("pages", "rest"),
    [
        (["前置き 百二十円を支 払った。 1"], ""),
        (["題 百二十円を支 3", "題 払った。次の文 4"], ""),
        (["題 百二 3", "題 十円を支 払 4", "題 った。 5"], ""),
        (["題 百二十円を支 3", "題 払った 4"], "。"),
        (["題 百二十銭を支払った。"], "円を支払った。"),
        (["払った。", "百二十円を支"], "払った。"),
    ],
    ids=["one page", "a page break", "three pages", "cut at the end", "another character", "order"],
)
def test_what_is_lost_is_told_from_where_it_is_lost(pages: list[str], rest: str) -> None:
    one = sample_report(1)
    sentence = one.trends[0].model_copy(update={"text": "百二十円を支払った。"})
    report = text_of_report(one.model_copy(update={"trends": (sentence,)}))
    found = [f.message for f in lost_text(report, pages) if f.where == "trends"]
    assert found == ([f"does not extract back from: {rest}"] if rest else [])


@pytest.mark.parametrize(
    ("pages", "rest"),
    [
        ([" ושלוש2026 בשנת AI תקציב של 3", ".חברות נבחרו 4"], ""),
        ([" ושלוש2026 בשנת AI תקציב של 3", ".נבחרו 4"], "חברות"),
    ],
    ids=["in the order of the line", "a word lost"],
)
def test_text_from_right_to_left_is_held_word_by_word(pages: list[str], rest: str) -> None:
    one = sample_report(1)
    sentence = one.trends[0].model_copy(update={"text": "תקציב של AI בשנת 2026 ושלוש חברות נבחרו."})
    report = text_of_report(one.model_copy(update={"trends": (sentence,)}))
    found = [f.message for f in lost_text(report, pages) if f.where == "trends"]
    assert found == ([f"does not extract back from: {rest}"] if rest else [])

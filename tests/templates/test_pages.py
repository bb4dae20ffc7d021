"""The PDF's pages as a reader turns them: none half empty, each with a head that says where it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader

from agent.report import Report
from templates.edition import edition
from templates.render import render
from tests.templates.reports import all_gaps, sample_report, with_differences

# In points: the foot's height, and the type area of a page.
_FOOT, _AREA = 57, 717


def _reader(report: Report, pictures: Mapping[str, bytes] | None = None) -> PdfReader:
    return PdfReader(BytesIO(render(report, ("pdf",), pictures)["report.pdf"]))


def _blank(page: PageObject) -> float:
    """Return how much of the type area lies below the last line of text, from 0 to 1."""
    heights: list[float] = []

    def seen(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    page.extract_text(visitor_text=seen)
    return (min(height for height in heights if height > _FOOT) - _FOOT) / _AREA


def _pictures(report: Report) -> dict[str, bytes]:
    found = {}
    for article, size in zip(report.articles, ((320, 180), (200, 200), (160, 240), (400, 90)) * 9, strict=False):
        body = BytesIO()
        Image.new("RGB", size, "#8899aa").save(body, "JPEG")
        found[article.id] = body.getvalue()
    return found


@pytest.mark.parametrize(
    "report",
    [
        sample_report(1),
        with_differences(sample_report(8)),
        sample_report(9, "en", roadmap=(), key_figures=(), gaps=all_gaps() * 3),
    ],
    ids=["one article", "sources that differ", "many gaps and no roadmap"],
)
def test_no_page_is_half_empty(report: Report) -> None:
    pages = _reader(report).pages
    assert {number: blank for number, page in enumerate(pages[1:-1], 2) if (blank := _blank(page)) > 0.4} == {}


def test_no_picture_leaves_a_page_half_empty_or_takes_more_pages() -> None:
    report = sample_report(8)
    pages = _reader(report, _pictures(report)).pages
    assert {number: blank for number, page in enumerate(pages[1:-1], 2) if (blank := _blank(page)) > 0.4} == {}
    assert len(pages) <= len(_reader(report).pages) + 1


@pytest.mark.parametrize(("n", "together"), [(2, True), (26, False)])
def test_short_contents_share_their_page(n: int, together: bool, week: Report, reader: PdfReader) -> None:
    report, pages = (week, reader.pages) if n == 26 else ((few := sample_report(n)), _reader(few).pages)
    text = re.sub(r"\s", "", pages[1].extract_text())
    assert edition(report).words.contents in text
    assert (re.sub(r"\s", "", report.trends[0].text)[:20] in text) == together


def test_the_running_head_names_the_article_that_goes_on(week: Report, reader: PdfReader) -> None:
    starts = {}
    for entry in _flat(reader.outline):
        if found := re.match(r"#(\d+) ", entry.title):
            starts[int(found[1])] = reader.get_destination_page_number(entry)
    assert len(starts) == len(week.articles)
    method = next(reader.get_destination_page_number(e) for e in _flat(reader.outline) if e.title == "作成方法と出典")
    for page in range(starts[1] + 1, method):
        [head] = re.findall(r"記事 #(\d+)", reader.pages[page].extract_text())
        before = max(number for number, start in starts.items() if start < page)
        assert int(head) in {before, before + 1}, page
        assert int(head) == before or starts[before + 1] == page


def _flat(outline: Any) -> list[Any]:
    return [entry for item in outline for entry in (_flat(item) if isinstance(item, list) else [item])]

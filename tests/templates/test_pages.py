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


def test_the_running_head_names_what_the_page_begins_with(week: Report, reader: PdfReader) -> None:
    heads = [re.findall(r"^AI・機械学習 (.+)$", page.extract_text(), re.M)[-1] for page in reader.pages[1:]]
    starts = {
        int(entry.title[1:3]): reader.get_destination_page_number(entry)
        for entry in _flat(reader.outline)
        if entry.title.startswith("#")
    }
    assert heads[:2] == ["目次", "今週の動向"]
    assert len(starts) == len(week.articles)
    sections = {section.title for section in edition(week).sections} | {"目次"}
    for number, head in enumerate(heads, 1):
        if number <= starts[1]:
            assert head in sections
        elif found := re.fullmatch(r"記事 #(\d+)", head):
            before = max(article for article, start in starts.items() if start < number)
            assert int(found[1]) == before or (int(found[1]), number) == (before + 1, starts[before + 1])
        else:
            assert number > starts[26]
            assert head in sections


def _flat(outline: Any) -> list[Any]:
    return [entry for item in outline for entry in (_flat(item) if isinstance(item, list) else [item])]

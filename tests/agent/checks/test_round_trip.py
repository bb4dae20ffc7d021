"""What a PDF lost: a text that its pages do not hold whole."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.checks.model import ArticleText, FigureText, Part, ReportText, Section, Statement
from agent.checks.round_trip import lost_text

REPORT = ReportText(
    form="json",
    language="en",
    sections=(Section("trends", "Trends", (Statement("Plants open in spring.", (1,)),)),),
    figures=(FigureText("1.4 million", "chips a year", (1,)),),
    articles=(
        ArticleText(
            1,
            title="Plant opens",
            url="https://news.example/1",
            summary="It opened.\nIt makes chips.",
            parts=(Part("Background", 3, "It took two years to build."),),
        ),
    ),
)
PAGE = (
    "Plants open in spring. 1.4 million chips a year Plant opens https://news.example/1 "
    "It opened. It makes chips. It took two years to build."
)


def lost(report: ReportText, pages: Sequence[str]) -> list[tuple[str, str]]:
    return [(finding.where, finding.message) for finding in lost_text(report, pages)]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([PAGE], []),
        # A sentence goes on over three pages; lines break, with a hyphen or without.
        ([PAGE[:10], PAGE[10:15], PAGE[15:]], []),
        ([PAGE.replace("spring", "sp-\nring").replace("chips a", "chips\na")], []),
        ([PAGE.replace("in spring.", "")], [("Trends", "does not extract back from: inspring.")]),
        ([PAGE.replace("1.4 million", "1.4")], [("key figures", "does not extract back from: million")]),
        ([PAGE.replace("a year", "")], [("key figures", "does not extract back from: ayear")]),
        ([PAGE.replace("Plant opens", "Plant")], [("#01 title", "does not extract back from: opens")]),
        ([PAGE.replace("example/1", "example")], [("#01 address", "does not extract back from: /1")]),
        ([PAGE.replace("It makes chips.", "")], [("#01", "does not extract back from: makeschips.")]),
        ([PAGE.replace("to build.", "")], [("#01", "does not extract back from: tobuild.")]),
    ],
)
def test_what_the_pages_do_not_hold_is_named(pages: list[str], expected: list[tuple[str, str]]) -> None:
    assert lost(REPORT, pages) == expected


@pytest.mark.parametrize(
    ("text", "page", "whole"),
    [
        # In a CJK font one glyph stands for two characters.
        ("塗布・現像", "塗布·現像", True),
        ("伯纳德·范恩", "伯纳德・范恩", True),
        ("自然減―統計", "自然減—統計", True),
        ("塗布・現像", "塗布現像", False),
        # 〓 stands for what the font has no glyph for, and for nothing that it has.
        ("𓀀の発表", "〓の発表", True),
        ("新の発表", "〓の発表 新聞", False),
        # Ligatures and full width are forms of the same letters.
        ("ﬁnal ＡＩ", "final AI", True),
        # Words of a line that runs from right to left come in any order, and each must come.
        ("افتتح المصنع اليوم", "اليوم المصنع افتتح", True),
        ("افتتح المصنع اليوم", "اليوم افتتح", False),
    ],
)
def test_forms_of_a_text(text: str, page: str, whole: bool) -> None:
    report = ReportText("json", "ja", sections=(Section("trends", "Trends", (Statement(text),)),))
    assert (lost(report, [page]) == []) == whole

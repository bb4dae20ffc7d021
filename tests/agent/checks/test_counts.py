"""What a report counts, lists and numbers is held against what it prints, one defect at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from agent.checks.counts import CHECKS
from agent.checks.model import ArticleText, FigureText, Group, ReportText, Section, Statement

ARTICLES = tuple(
    ArticleText(n, title=f"Plant {n} opens", url=f"https://news.example/{n}", country=country, summary="It opened.")
    for n, country in ((1, "Japan"), (2, "Japan"), (3, "Germany"))
)
SAID = (Statement("It opened.", (1, 2)),)
CLEAN = ReportText(
    form="json",
    language="en",
    total=3,
    countries=2,
    articles=ARTICLES,
    sections=(Section("trends", "Trends", SAID), Section("outlook", "Outlook", SAID)),
    topics=(Group("Plants", None, (1, 2, 3), SAID),),
    categories=(Group("Chips", 2, (1, 2), SAID, "#01, #02"), Group("Power", 1, (3,), SAID, "#03")),
    figures=(FigureText("3", "plants", (1,)),),
)


def article(number: int, **changes: Any) -> ReportText:
    return replace(CLEAN, articles=tuple(replace(a, **changes) if a.number == number else a for a in ARTICLES))


def category(number: int, **changes: Any) -> ReportText:
    groups = list(CLEAN.categories)
    groups[number] = replace(groups[number], **changes)
    return replace(CLEAN, categories=tuple(groups))


def topic(**changes: Any) -> ReportText:
    return replace(CLEAN, topics=(replace(CLEAN.topics[0], **changes),))


def found(report: ReportText) -> list[tuple[str, str, str]]:
    return [(f.check, f.where, f.message) for check in CHECKS for f in check.findings(report)]


@pytest.mark.parametrize("report", [CLEAN, replace(CLEAN, topics=())], ids=["whole", "no topics to use articles"])
def test_a_clean_report_has_nothing(report: ReportText) -> None:
    assert found(report) == []


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (
            replace(CLEAN, total=4),
            [
                ("category counts", "header", "the categories add up to 2 + 1 = 3, the header says 4"),
                ("category counts", "header", "the header says 4, 3 are printed"),
            ],
        ),
        (replace(CLEAN, total=4, categories=()), [("category counts", "header", "the header says 4, 3 are printed")]),
        (
            category(1, articles=(3, 2), count=2, listing="#03, #02"),
            [
                ("category counts", "header", "the categories add up to 2 + 2 = 4, the header says 3"),
                ("partition", "#02", "is in 2 categories"),
            ],
        ),
        (
            category(1, articles=(2,), listing="#02"),
            [
                ("partition", "#02", "is in 2 categories"),
                ("partition", "#03", "is in no category, though the topic Plants cites it"),
            ],
        ),
        (
            replace(
                CLEAN, categories=(CLEAN.categories[0],), topics=(replace(CLEAN.topics[0], articles=(3,)),), total=2
            ),
            [
                ("category counts", "header", "the header says 2, 3 are printed"),
                ("partition", "#03", "is in no category, though the topic Plants cites it"),
                ("topics and categories", "Plants", "is a topic, and no category holds any of its articles"),
            ],
        ),
        (
            replace(CLEAN, countries=3),
            [("countries", "header", "the header counts 3 countries, articles name 2: Germany, Japan")],
        ),
        (
            article(3, country="Global"),
            [
                ("countries", "#03", "is no country"),
                ("countries", "header", "the header counts 2 countries, articles name 1: Japan"),
            ],
        ),
        (
            replace(CLEAN, figures=(FigureText("3", "plants"),)),
            [("figure without source", "key figures", "names no article")],
        ),
        (category(1, listing="#03,"), [("cut list", "Power", "the list of articles is cut off")]),
        (topic(articles=(1, 2)), [("unused articles", "topics", "no topic and no digest uses 1 of 3")]),
        (
            replace(topic(articles=(1, 2)), figures=(FigureText("3", "plants", (3,)),)),
            [("unused articles", "topics", "no topic and no digest uses 1 of 3; key figures come from them: 3")],
        ),
        (
            topic(articles=(1, 2, 3, 7)),
            [("unknown numbers", "Plants", "lists articles that the report does not hold")],
        ),
        (article(3, url="https://news.example/1"), [("duplicate article", "#03", "has the same url as #01")]),
        (article(3, title="Plant 1 opens"), [("same title", "#03", "has the same title as #01")]),
        (article(3, summary=" "), [("empty section", "#03 summary", "has no summary")]),
        (
            topic(articles=(), statements=(Statement("It opened."),)),
            [
                ("unused articles", "topics", "no topic and no digest uses 1 of 3"),
                ("uncited statement", "Plants", "names no article"),
            ],
        ),
    ],
)
def test_a_defect_is_found_and_nothing_else(report: ReportText, expected: list[tuple[str, str, str]]) -> None:
    assert found(report) == expected


@pytest.mark.parametrize(
    ("numbers", "dropped", "whole"),
    [
        ((1, 2, 3), (), True),
        ((1, 3), (), False),
        ((1, 3), (2,), True),
        # One that was dropped and brought back again is printed.
        ((1, 2, 3), (2,), True),
        ((2, 1), (), False),
    ],
)
def test_numbers_of_articles(numbers: tuple[int, ...], dropped: tuple[int, ...], whole: bool) -> None:
    report = ReportText("json", "en", articles=tuple(ArticleText(n) for n in numbers), dropped=frozenset(dropped))
    told = [one for one in found(report) if one[0] == "numbering"]
    assert told == ([] if whole else [("numbering", "articles", "the articles are not numbered 1 to their count")])

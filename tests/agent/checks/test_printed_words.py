"""A report of ours is read back from its Markdown and text whatever language its headings are in."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

import pytest

from agent.checks.from_text import text_of_markdown
from agent.checks.read_words import dates_of, section_kind
from agent.language.scripts import Rules
from templates.i18n import words
from templates.render import render
from tests.templates.reports import sample_report

LANGUAGES: tuple[Rules, ...] = get_args(Rules)


@pytest.mark.parametrize("form", ["md", "txt"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_read_back(language: Rules, form: Literal["md", "txt"]) -> None:
    report = sample_report(4, language)
    [printed] = render(report, formats=(form,)).values()
    read = text_of_markdown(printed.decode(), form)
    # The articles of this report are Japanese, whatever its headings are.
    assert read.language == language
    assert [s.kind for s in read.sections] == ["trends", "topics", "figures", "categories", "roadmap", "outlook"]
    assert (read.total, read.countries) == (4, len({a.country for a in report.articles if a.country}))
    assert read.window == (report.week.start, report.week.end)
    assert [c.count for c in read.categories] == [c.count for c in report.categories]
    assert len(read.figures) == len(report.key_figures)
    kinds = words(language).kinds
    for told, printed in zip(read.articles, report.articles, strict=True):
        assert (told.title, told.url) == (printed.title, printed.url)
        assert (told.outlet, told.outlet_class) == (printed.outlet, kinds[printed.outlet_class])
        assert told.day == printed.published_at.date()
        assert told.summary and len(told.parts) == 3 and told.strays == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_a_heading_that_is_known(language: Rules) -> None:
    w = words(language)
    named = {"trends": w.trends, "topics": w.topics, "figures": w.key_figures, "categories": w.categories}
    named |= {"roadmap": w.roadmap, "outlook": w.outlook, "articles": w.articles}
    assert {kind: section_kind(title) for kind, title in named.items()} == {kind: kind for kind in named}
    others = (w.contents, w.coverage, w.continuity, w.method, w.gaps, w.differences)
    assert {section_kind(title) for title in others} == {"other"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("April 8, 2026 to Apr 12, 2026", ["2026-04-08", "2026-04-12"]),
        ("8. April 2026, 9. März 2026", ["2026-04-08", "2026-03-09"]),
        ("1er avril 2026, 8 août 2026", ["2026-04-01", "2026-08-08"]),
        ("8 de abril de 2026", ["2026-04-08"]),
        ("2026년 4월 8일", ["2026-04-08"]),
        ("2026年4月8日 2026-04-09", ["2026-04-08", "2026-04-09"]),
        ("31. April 2026, 8 Foobar 2026, Foobar 8, 2026", []),
    ],
)
def test_dates(text: str, days: list[str]) -> None:
    assert dates_of(text) == [date.fromisoformat(day) for day in days]

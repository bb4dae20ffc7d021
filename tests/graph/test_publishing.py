"""Publishing: what cannot be printed is marked and said."""

from __future__ import annotations

from agent.report import Checks
from graph.completeness import is_complete
from graph.publishing import _render
from tests.templates.reports import sample_report


def test_characters_without_a_glyph_are_marked_in_the_pdf_and_named_in_the_gaps() -> None:
    report = sample_report(n=5)
    first = report.articles[0].model_copy(update={"title": "新型ロボット🤖を公開"})
    report, files = _render(report.model_copy(update={"articles": (first, *report.articles[1:])}), {})
    gap = report.gaps[-1]
    assert (gap.reason, gap.subject, gap.detail) == ("no_glyph", "report.pdf", "🤖 U+1F916")
    assert set(files) == {"report.pdf", "report.html", "report.md", "report.json"}
    assert "新型ロボット🤖を公開" in files["report.md"].decode()


def test_a_pdf_that_cannot_be_printed_leaves_the_other_formats_and_a_gap() -> None:
    report = sample_report(5, gaps=(), checks=Checks(passed=1))
    first = report.articles[0].model_copy(update={"summary": "x" * 10_001 + "。"})
    written, files = _render(report.model_copy(update={"articles": (first, *report.articles[1:])}), {})
    assert sorted(files) == ["report.html", "report.json", "report.md"]
    (gap,) = written.gaps
    assert (gap.stage, gap.subject, gap.reason) == ("publish", "report.pdf", "render_failed")
    assert "a word of 10,001 characters" in gap.detail
    assert is_complete(report)
    assert not is_complete(written)

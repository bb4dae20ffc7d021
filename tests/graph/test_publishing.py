"""Publishing: what cannot be printed is marked and said."""

from __future__ import annotations

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

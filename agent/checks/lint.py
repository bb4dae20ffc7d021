"""Every check on one report."""

from __future__ import annotations

from collections.abc import Mapping

from agent.checks import article_facts, counts, names, numbers, prose, style, titles
from agent.checks.against_sources import check_against_sources
from agent.checks.model import Finding, ReportText
from agent.model import Article

CHECKS = (
    *counts.CHECKS,
    *names.CHECKS,
    *article_facts.CHECKS,
    *style.CHECKS,
    *prose.CHECKS,
    *numbers.CHECKS,
    *titles.CHECKS,
)

# Text out of a PDF comes in the order of the drawing: what needs whole paragraphs, or facts in place, is left.
_IN_ANY_ORDER = frozenset(
    {
        "category counts",
        "partition",
        "topics and categories",
        "cut list",
        "foreign script",
        "misspelt word",
        "marks and markup",
        "notation",
        "spelling of names",
        "filler",
        "promotion",
        "strong word",
        "no glyph",
    }
)


def lint(report: ReportText, sources: Mapping[int, Article] | None = None) -> list[Finding]:
    """Return what the checks find, errors first, then in the order of the catalogue.

    `sources` are stored articles by the number they are printed under; without them, what only the source text can
    decide is not looked at.
    """
    checks = [check for check in CHECKS if report.form != "pdf" or check.name in _IN_ANY_ORDER]
    found = [finding for check in checks for finding in check.findings(report)]
    if sources:
        found += check_against_sources(report, sources)
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted(dict.fromkeys(found), key=lambda f: (order[f.severity], f.row or 99))

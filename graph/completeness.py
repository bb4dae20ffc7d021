"""Whether anything is missing from a report. Loads nothing of LangGraph: a finished week is told of at once."""

from __future__ import annotations

from agent.report import Report

EXPECTED = frozenset(
    {
        # left out by design
        "exact_duplicate", "near_duplicate", "over_budget", "outside_week", "off_topic", "no_future_date",
        # no article, or none that may be read; every week's web has some
        "error_page", "paywall", "cookie_wall", "needs_script", "too_short", "not_text", "no_date",
        "hidden_instructions",
        # written all the same
        "other_model",
    }
)  # fmt: skip
"""Reasons of gaps that belong to any week."""


def is_complete(report: Report) -> bool:
    """Tell whether nothing is missing: no failed check, and no gap but what was left out by design."""
    return not report.checks.failed and all(gap.reason in EXPECTED for gap in report.gaps)

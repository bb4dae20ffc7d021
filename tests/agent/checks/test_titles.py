"""A sum of many firms that a title gives to the few that it names."""

from __future__ import annotations

import pytest

from agent.checks.model import ArticleText, ReportText
from agent.checks.titles import CHECKS

FIVE = "マイクロソフト、アマゾンなど5社が7000億ドルを投資する。"
ENGLISH = "Microsoft, Amazon and three more, 5 companies in all, spend $700 billion."


@pytest.mark.parametrize(
    ("language", "title", "summary", "found"),
    [
        ("ja", "マイクロソフト・アマゾン、7000億ドル投資", FIVE, ["names 2 firms, the article says 5"]),
        ("ja", "マイクロソフト・アマゾンなど、7000億ドル投資", FIVE, []),
        ("ja", "マイクロソフト・アマゾン、7000億ドル投資", "マイクロソフト、アマゾンの2社が7000億ドルを投資する。", []),
        ("ja", "マイクロソフト・グーグル、7000億ドル投資", FIVE, []),
        ("ja", "マイクロソフト・アマゾン、6000億ドル投資", FIVE, []),
        ("en", "Microsoft and Amazon spend $700 billion", ENGLISH, ["names 2 firms, the article says 5"]),
        ("en", "Microsoft, Amazon and other giants spend $700 billion", ENGLISH, []),
        ("en", "Microsoft spends $700 billion", ENGLISH, []),
    ],
)
def test_a_sum_of_many(language: str, title: str, summary: str, found: list[str]) -> None:
    report = ReportText("json", language, articles=(ArticleText(1, title=title, summary=summary),))
    assert [f.message for check in CHECKS for f in check.findings(report)] == found

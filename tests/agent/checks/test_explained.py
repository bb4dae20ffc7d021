"""What the report itself explains is no finding: numbers of dropped articles, names brought to one spelling."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.checks.from_report import text_of_report
from agent.checks.from_text import text_of_markdown
from agent.checks.lint import lint
from agent.report import Report, Spelling, Version
from templates.render import render
from tests.builders import article
from tests.templates.reports import WRITTEN, sample_report


def _without(*numbers: int, told: Sequence[str]) -> Report:
    report = sample_report(6)
    versions = [Version(version=1, at=WRITTEN, section="all", instruction="", author="shuho")]
    versions += [
        Version(version=n, at=WRITTEN, section=section, instruction="外して", author="you")
        for n, section in enumerate(told, 2)
    ]
    kept = tuple(a for a in report.articles if a.number not in numbers)
    return report.model_copy(update={"articles": kept, "versions": tuple(versions)})


@pytest.mark.parametrize(
    ("dropped", "told", "found"),
    [
        ((), (), False),
        ((3,), ("articles/3",), False),
        ((3, 5), ("articles/3", "outlook", "articles/5"), False),
        ((6,), ("articles/6",), False),
        ((3,), (), True),
        ((3,), ("trends",), True),
        ((3,), ("articles/3/summary",), True),
        ((3, 4), ("articles/3",), True),
        ((), ("articles/3",), False),
    ],
)
def test_gaps_in_the_numbers(dropped: tuple[int, ...], told: tuple[str, ...], found: bool) -> None:
    report = _without(*dropped, told=told)
    printed = render(report, ("md",))["report.md"].decode()
    for read in (text_of_report(report), text_of_markdown(printed, "md")):
        assert any(f.check == "numbering" for f in lint(read)) is found, read.form


def test_a_name_brought_to_one_spelling_is_not_held_against_the_spelling_of_its_source() -> None:
    report = sample_report(2)
    first = report.articles[0].model_copy(update={"summary": "Apptronikも加わった。", "figures": ()})
    report = report.model_copy(update={"articles": (first, *report.articles[1:])})
    sources = {1: article(first.url, text="Apptironik joins.", language="en")}

    def names(of: Report) -> list[tuple[str, str]]:
        found = [f for f in lint(text_of_report(of), sources) if f.check == "name against source"]
        return [(f.where, f.quote) for f in found if f.where == "#01 summary"]

    assert names(report) == [("#01 summary", "Apptronik")]
    told = Spelling(name="Apptronik", forms=("Apptironik",), articles=(1,))
    assert names(report.model_copy(update={"spellings": (told,)})) == []


def test_what_was_unified_and_every_version_are_told_on_the_method_page() -> None:
    report = _without(3, told=("articles/3",))
    told = Spelling(name="Rebellions", forms=("Revelion", "Rebellion"), articles=(1, 2))
    files = render(report.model_copy(update={"spellings": (told,)}), ("html", "md", "txt"))
    for name, body in files.items():
        text = body.decode().replace("\\", "")
        assert [
            w for w in ("表記の統一", "Revelion、Rebellion → Rebellions", "articles/3", "外して") if w not in text
        ] == [], name


def test_a_topic_left_in_the_language_of_its_source_is_marked_and_no_foreign_script() -> None:
    report = sample_report(8)
    title = "印尼海啸死亡人数已上升到 832 人"
    topic = report.topics[0].model_copy(update={"title": title, "language": "zh-Hans"})
    report = report.model_copy(update={"topics": (topic, *report.topics[1:])})
    files = render(report, formats=("md", "html"))
    assert "原文・" in next(line for line in files["report.md"].decode().splitlines() if line.startswith("### 印尼"))
    read = text_of_markdown(files["report.md"].decode(), "md")
    assert [(t.title, t.foreign) for t in read.topics[:2]] == [(title, True), (report.topics[1].title, False)]
    for told in (text_of_report(report), read):
        assert [f.quote for f in lint(told) if f.check == "foreign script" and f.where == title] == []
    unmarked = report.model_copy(update={"topics": (topic.model_copy(update={"language": "ja"}),)})
    assert [f.where for f in lint(text_of_report(unmarked)) if f.check == "foreign script"] == [title]

"""Checking and printing side by side: what is printed says how the checks came out, and what could not be printed."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

import graph.rendering
from agent.assemble import assemble
from agent.checks import check_report
from agent.report import Report
from agent.storage.record import Record
from graph.completeness import is_complete
from graph.rendering import check_and_render
from tests.builders import draft, issue_items

ITEMS = issue_items(5)
SOURCES = {item.article.id: item.article for item in ITEMS}
Printed = list[Report]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return assemble(draft(ITEMS), Record(tmp_path / "record.sqlite"))


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    """The reports that were printed, in turn."""
    reports: Printed = []
    render = graph.rendering.render

    def noting(report: Report, formats: tuple[str, ...], **options: object) -> Mapping[str, bytes]:
        if formats == ("pdf",):
            reports.append(report)
        return render(report, formats, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(graph.rendering, "render", noting)
    return reports


def with_first(report: Report, part: str, **changes: object) -> Report:
    first, *others = getattr(report, part)
    return report.model_copy(update={part: (first.model_copy(update=changes), *others)})


async def test_a_report_that_passes_is_printed_once(report: Report, printed: Printed) -> None:
    checked, files = await check_and_render(report, SOURCES, {})
    assert checked.checks == check_report(report, SOURCES)
    assert checked.checks.failed == ()
    assert [one.checks for one in printed] == [checked.checks]
    assert set(files) == {"report.pdf", "report.html", "report.md", "report.json"}


@pytest.mark.parametrize(
    ("spoil", "times"),
    [
        (lambda report: with_first(report, "articles", url="x"), 1),
        (lambda report: with_first(report, "outlook", text="売上高は9,876億円に達する見通し。"), 2),
    ],
    ids=["found by the gate's own checks", "found by the linter"],
)
async def test_what_fails_is_said_in_every_file(
    report: Report, printed: Printed, spoil: Callable[[Report], Report], times: int
) -> None:
    spoilt = spoil(report)
    checked, files = await check_and_render(spoilt, SOURCES, {})
    assert checked.checks == check_report(spoilt, SOURCES)
    assert len(printed) == times
    assert printed[-1].checks == checked.checks
    says = checked.checks.failed[0].check
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(files["report.pdf"])).pages)
    for text in (pages, files["report.md"].decode(), files["report.html"].decode()):
        assert says in text
    assert json.loads(files["report.json"])["checks"]["failed"][0]["check"] == says


async def test_characters_without_a_glyph_are_marked_in_the_pdf_and_named_in_the_gaps(report: Report) -> None:
    checked, files = await check_and_render(with_first(report, "articles", title="新型ロボット🤖を公開"), SOURCES, {})
    (gap,) = checked.gaps[len(report.gaps) :]
    assert (gap.reason, gap.subject, gap.detail) == ("no_glyph", "report.pdf", "🤖 U+1F916")
    assert set(files) == {"report.pdf", "report.html", "report.md", "report.json"}
    assert "新型ロボット🤖を公開" in files["report.md"].decode()
    assert "U+1F916" in files["report.html"].decode()


async def test_a_pdf_that_cannot_be_printed_leaves_the_other_formats_and_a_gap(report: Report) -> None:
    checked, files = await check_and_render(with_first(report, "articles", summary="x" * 10_001 + "。"), SOURCES, {})
    assert sorted(files) == ["report.html", "report.json", "report.md"]
    (gap,) = checked.gaps[len(report.gaps) :]
    assert (gap.stage, gap.subject, gap.reason) == ("publish", "report.pdf", "render_failed")
    assert "a word of 10,001 characters" in gap.detail
    assert is_complete(report)
    assert not is_complete(checked)
    assert "a word of 10,001 characters" in files["report.json"].decode()


async def test_what_is_printed_again_names_a_character_without_a_glyph_once(report: Report, printed: Printed) -> None:
    spoilt = with_first(report, "outlook", text="新型ロボット🤖の売上高は9,876億円に達する見通し。")
    checked, _ = await check_and_render(spoilt, SOURCES, {})
    assert len(printed) == 2
    for one in (checked, *printed):
        assert [gap.reason for gap in one.gaps].count("no_glyph") == 1
    assert all("🤖" not in one.outlook[0].text and "〓" in one.outlook[0].text for one in printed)


@pytest.mark.parametrize("fails", [("pdf",), ("html", "md", "json")], ids=["printing", "the other files"])
async def test_an_error_comes_out_as_what_it_is(
    report: Report, monkeypatch: pytest.MonkeyPatch, fails: tuple[str, ...]
) -> None:
    render = graph.rendering.render

    def full(report: Report, formats: tuple[str, ...], **options: object) -> Mapping[str, bytes]:
        if formats == fails:
            raise OSError(errno.ENOSPC, "No space left on device")
        return render(report, formats, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(graph.rendering, "render", full)
    with pytest.raises(OSError, match="No space left"):
        await check_and_render(report, SOURCES, {})

"""The press keeps its limits, says what ran out, and goes on with the next document."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import RenderError
from shuho.rendering import RenderOptions, render_file
from templates.pdf import write_pdf
from templates.press import Press, PressLimits, write_pdf_apart
from templates.render import PartlyRendered, render
from tests.templates.reports import sample_report

_PAGE = '<html lang="en"><head><title>t</title></head><body><p>{}</p></body></html>'
_ENDLESS = "Wort " * 600_000
"""Minutes of work on any machine, and less than the longest document."""


def _children() -> set[int]:
    """Return the ids of this process's children; a thread that ends while they are listed has none."""
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found.update(int(number) for number in path.read_text().split())
    return found


@pytest.fixture
def press(request: pytest.FixtureRequest) -> Iterator[Press]:
    made = Press(request.param)
    yield made
    made.close()


def test_a_pdf_printed_apart_is_the_same_byte_for_byte() -> None:
    report = sample_report(2)
    assert render(report, ("pdf",), printer=write_pdf_apart) == render(report, ("pdf",))


def test_a_refusal_is_told_as_in_the_same_process() -> None:
    deep = _PAGE.format("<div>" * 5_000)
    with pytest.raises(RenderError) as here:
        write_pdf(deep, "", {})
    with pytest.raises(RenderError) as apart:
        write_pdf_apart(deep, "", {})
    assert str(apart.value) == str(here.value)


@pytest.mark.parametrize(
    ("press", "message"),
    [
        (PressLimits(wall=0.3), r"PDF: not printed within 0\.3 s; .*choose fewer articles"),
        (PressLimits(cpu=0), r"PDF: not printed within 0 s of CPU time; .*choose fewer articles"),
        (PressLimits(memory=1 << 20), r"PDF: printing takes more than 1 MB of memory; .*choose fewer articles"),
    ],
    indirect=["press"],
    ids=["wall", "cpu", "memory"],
)
def test_what_runs_out_is_named_with_a_remedy(press: Press, message: str) -> None:
    before = _children()
    with pytest.raises(RenderError, match=message):
        press.write_pdf(_PAGE.format(_ENDLESS), "", {})
    # Children of other tests may end meanwhile.
    assert _children() <= before


@pytest.mark.parametrize("press", [PressLimits(documents=2)], indirect=True)
def test_a_press_that_was_killed_or_has_printed_its_share_is_replaced(press: Press) -> None:
    before = _children()
    first = press.write_pdf(_PAGE.format("a"), "", {})
    (worker,) = _children() - before
    os.kill(worker, signal.SIGKILL)
    os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
    assert [press.write_pdf(_PAGE.format("a"), "", {}) for _ in range(2)] == [first] * 2
    # Children of other tests may end meanwhile.
    assert _children() <= before


@pytest.mark.parametrize("press", [PressLimits(wall=0.1)], indirect=True)
def test_a_pdf_out_of_time_leaves_the_other_formats_and_a_note(press: Press, tmp_path: Path) -> None:
    report = sample_report(26)
    with pytest.raises(PartlyRendered, match="not printed within") as caught:
        render(report, printer=press.write_pdf)
    assert sorted(caught.value.files) == ["report.html", "report.json", "report.md"]
    path = tmp_path / "week.json"
    path.write_bytes(caught.value.files["report.json"])
    made = render_file(RenderOptions(path, ("pdf", "html")), press.write_pdf)
    assert [file.name for file in made.files] == ["week.html"]
    assert any("not printed within 0.1 s" in note for note in made.notes)

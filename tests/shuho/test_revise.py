"""The commands that revise, over one small week of local files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from agent.observability.progress import Silent
from agent.report import Report
from agent.revision.sections import bodies
from agent.settings import Settings
from shuho.revising import ReviseOptions, open_revising
from tests.shuho.weeks import Command, write_topic

WEEK = "2026-W15"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("revised")


@pytest.fixture
def here(folder: Path, shuho: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return the command, started in the folder of the week; the tests of this file go on from one another."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    return shuho


PLACE = Path(f"reports/chips/{WEEK}")


def body() -> bytes:
    return (PLACE / "report.json").read_bytes()


def report() -> Report:
    return Report.model_validate_json(body())


def test_a_revision_changes_its_section_and_every_format(here: Command) -> None:
    code, _, err = here("run", write_topic(Path(), 6), "--week", WEEK)
    assert code in (0, 3), err
    before, page = report(), (PLACE / "report.html").read_bytes()
    code, out, err = here("revise", PLACE, "to 2 sentences", "--section", "outlook", "--yes", "--author", "Mori")
    assert (code, err) == (0, "")
    assert out.startswith("@@ outlook\n")
    assert out.endswith("Version 2 is written.\n")
    one, other = bodies(before), bodies(report())
    assert {name for name in one if one[name] != other.get(name)} == {"outlook", "versions"}
    assert (PLACE / "versions/0002.json").read_bytes() == body()
    assert (PLACE / "report.html").read_bytes() != page
    gone = next(s.text for s in before.outlook if s not in report().outlook)
    assert gone not in (PLACE / "report.md").read_text().partition("## Outlook")[2].partition("\n## ")[0]


def test_history_and_undo(here: Command) -> None:
    code, out, _ = here("history", PLACE / "report.json")
    assert (code, [line[:5] for line in out.splitlines()]) == (0, ["    1", "*   2"])
    assert out.splitlines()[1].endswith("Mori  [outlook] to 2 sentences")
    code, out, _ = here("undo", PLACE)
    assert (code, out) == (0, "Back at version 1.\n")
    assert body() == (PLACE / "versions/0001.json").read_bytes()
    code, out, _ = here("undo", PLACE)
    assert (code, "nothing to take back" in out) == (64, True)
    code, out, _ = here("undo", PLACE, "--to", "2")
    assert (code, body()) == (0, (PLACE / "versions/0002.json").read_bytes())


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("drop #3",), 0, "Not written: give --yes"),
        (("Make it hopeful.", "--section", "outlook"), 64, "needs a language model"),
        (("shorter",), 64, "Which section do you mean?"),
        (("drop #30", "--yes"), 64, "the report has no article #30"),
        (("What did the court in Oslo say?",), 0, "Oslo"),
    ],
)
def test_what_is_not_written(here: Command, words: tuple[str, ...], code: int, says: str) -> None:
    before = body()
    found, out, _ = here("revise", PLACE, *words)
    assert (found, body()) == (code, before)
    assert says in out


SAID = """\
/sections
/section outlook
/show
to 2 sentences
/approve
/versions
/undo
/redo
/diff 1 3
\"\"\"drop
#4\"\"\"
drop #4
/diff
/reject
/approve
/show weather
/diff x
/quit
"""
SHOWN = (
    "* outlook",
    "@@ outlook",
    "/approve  /reject",
    "Version 3 is written.",
    "Back at version 1.",
    "Forward to version 3.",
    "− articles/4: article",
    "Nothing was changed.",
    "No change is waiting for approval.",
    "has no section 'weather'",
    "/diff wants two version numbers",
)


def test_a_talk(here: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    here("undo", PLACE, "--to", "1")
    monkeypatch.setattr("sys.stdin", io.StringIO(SAID.replace("/show\n", "/show\n/sections\n", 1)))
    code, out, err = here("chat", PLACE, "--engine", "extractive")
    assert (code, err) == (0, "")
    assert [part for part in SHOWN if part not in out] == []
    assert (len(report().articles), report().versions[-1].version) == (6, 3)
    assert not (PLACE / ".unrendered").exists()


def test_what_is_no_report(here: Command) -> None:
    code, _, err = here("history", "elsewhere")
    assert (code, err) == (64, "shuho: elsewhere: is no report; give its folder or its report.json\n")


def test_formats_that_a_crash_left_stale_are_made_anew(here: Command) -> None:
    (PLACE / ".unrendered").write_bytes(b"")
    (PLACE / "report.md").write_text("another version")
    code, _, _ = here("revise", PLACE, "shorter")
    assert code == 64
    assert (PLACE / "report.md").read_text() != "another version"
    assert not (PLACE / ".unrendered").exists()


async def test_two_pages_on_one_report(here: Command) -> None:
    """The second sees what waits; an approval counts once, and one of what does not wait any more for nothing."""
    options, settings = ReviseOptions(PLACE, "extractive"), Settings()
    async with open_revising(options, settings, Silent()) as mine, open_revising(options, settings, Silent()) as yours:
        await mine.restore(1)
        old = await mine.say("to 2 sentences", "outlook", "Mori")
        seen = await yours.pending()
        assert seen == old
        new = await yours.say("to 1 sentences", "outlook", "Huber")
        refused = await mine.approve(old.proposal)
        assert (refused.status, refused.reply) == ("refused", "No change is waiting for approval.")
        done = await mine.approve(new.proposal)
        again = await yours.approve(new.proposal)
        assert (done.status, again) == ("written", done)
        assert [row.version.author for row in yours.history() if row.current] == ["Huber"]
        mine.refresh_soon()
    assert len(report().outlook) == 1

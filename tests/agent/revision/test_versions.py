"""Versions on disk: undo to the byte, two editors, a process that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.report import Report, Version
from agent.revision.apply import apply
from agent.revision.edits import Arrange, RefusedEdit
from agent.revision.versions import VersionMoved, body_of
from evals.revision import random_revisions
from tests.agent.revision.issues import SmallIssue

STAMP = Version(
    version=0, at=datetime(2026, 4, 13, tzinfo=UTC), section="outlook", instruction="shorter", author="Kenji"
)


def shorter(issue: SmallIssue, *order: int) -> Report:
    return apply(issue.report, Arrange(section="outlook", order=order), issue.sources).report


@pytest.mark.parametrize("count", [25, pytest.param(200, marks=pytest.mark.slow)])
def test_random_revisions_change_nothing_else_and_go_back_to_the_byte(issue: SmallIssue, count: int) -> None:
    score = random_revisions(issue.folder, issue.articles, count, seed=5)
    assert (score.count, score.stray, score.undone, score.redone, score.lost_unnamed) == (count, 0, count, count, 0)
    assert len(score.made) >= 6


def test_a_version_names_who_asked_what_and_where_it_came_from(issue: SmallIssue) -> None:
    issue.versions.commit(shorter(issue, 1, 2), STAMP, 1)
    issue.versions.undo()
    issue.versions.commit(shorter(issue, 3), STAMP.model_copy(update={"instruction": "one"}), 1)
    rows = issue.versions.history()
    assert [(r.version.version, r.parent, r.current, r.version.instruction) for r in rows] == [
        (1, 0, False, ""), (2, 1, False, "shorter"), (3, 1, True, "one"),
    ]  # fmt: skip
    assert issue.report.versions[1:] == (STAMP.model_copy(update={"version": 3, "instruction": "one"}),)


def test_undo_redo_restore(issue: SmallIssue) -> None:
    first = issue.folder.body()
    issue.versions.commit(shorter(issue, 1, 2), STAMP, 1)
    second = issue.folder.body()
    assert [issue.folder.body() for _ in [issue.versions.undo()]] == [first]
    with pytest.raises(RefusedEdit, match="nothing to take back"):
        issue.versions.undo()
    assert [issue.folder.body() for _ in [issue.versions.redo()]] == [second]
    with pytest.raises(RefusedEdit, match="nothing to do again"):
        issue.versions.redo()
    assert [issue.folder.body() for _ in [issue.versions.restore(1)]] == [first]
    with pytest.raises(RefusedEdit, match="there is no version 9"):
        issue.versions.restore(9)
    assert issue.folder.body() == first


def test_the_second_of_two_editors_must_see_the_first_s_version(issue: SmallIssue) -> None:
    mine, yours = shorter(issue, 1, 2), shorter(issue, 3)
    issue.versions.commit(mine, STAMP, 1)
    written = issue.folder.body()
    with pytest.raises(VersionMoved, match="at version 2 now and the change was made for version 1") as caught:
        issue.versions.commit(yours, STAMP.model_copy(update={"author": "Mori"}), 1)
    assert (caught.value.base, caught.value.current, issue.folder.body()) == (1, 2, written)
    with pytest.raises(VersionMoved):
        issue.versions.undo(base=1)
    assert issue.folder.body() == written


def test_the_same_revision_written_again_is_one_version(issue: SmallIssue) -> None:
    new = shorter(issue, 1, 2)
    assert issue.versions.commit(new, STAMP, 1) == issue.versions.commit(new, STAMP, 1)
    assert issue.folder.version_numbers() == [1, 2]


def test_formats_are_made_anew_once_after_a_version(issue: SmallIssue) -> None:
    shown: list[int] = []

    def render(report: Report) -> dict[str, bytes]:
        shown.append(report.versions[-1].version)
        return {"report.md": b"new", "report.html": b"new"}

    assert issue.versions.refresh(render) is False
    issue.versions.commit(shorter(issue, 1, 2), STAMP, 1)
    assert (issue.versions.refresh(render), issue.versions.refresh(render), shown) == (True, False, [2])
    assert (issue.folder.path / "report.md").read_bytes() == b"new"
    assert not (issue.folder.path / "report.pdf").exists(), "a PDF that could not be made anew shows another version"


KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from agent import issue as folder_module
    from agent.report import Report, Version
    from agent.revision.versions import Versions
    from tests.builders import WEEK

    steps = int(sys.argv[2])
    whole = folder_module.write_whole

    def write(path, body):
        global steps
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        steps -= 1
        whole(path, body)

    folder_module.write_whole = write
    folder = folder_module.IssueFolder(Path(sys.argv[1]), "ai", WEEK)
    new = Report.model_validate_json(sys.stdin.buffer.read())
    stamp = Version.model_validate_json(sys.argv[3])
    Versions(folder).commit(new, stamp, 1)
    """
)


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_process_killed_while_writing_leaves_the_old_report_or_the_new_one(issue: SmallIssue, steps: int) -> None:
    before, new = issue.folder.body(), shorter(issue, 1, 2)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(issue.root / "out"), str(steps), STAMP.model_dump_json()],
        input=body_of(new), env={**os.environ, "PYTHONPATH": str(Path.cwd())}, check=False,
    )  # fmt: skip
    assert done.returncode == (-signal.SIGKILL if steps < 3 else 0)
    after = issue.folder.body()
    written = body_of(new.model_copy(update={"versions": (*new.versions, STAMP.model_copy(update={"version": 2}))}))
    assert after == (before if steps < 3 else written)
    # Done again, it is written once, whatever the killed process had come to.
    issue.versions.commit(new, STAMP, 1)
    assert (issue.folder.body(), issue.folder.version_numbers()) == (written, [1, 2])
    assert issue.folder.is_unrendered()

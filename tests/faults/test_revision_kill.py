"""kill -9 in a revision: between approval and writing, and anywhere else. Nothing is lost, nothing is written twice."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from agent.observability.progress import Silent
from agent.report import Report
from agent.revision.sections import bodies
from agent.settings import Settings
from graph.revision import build_revision_graph
from shuho.revising import ReviseOptions, open_revising
from tests.agent.revision.issues import SmallIssue, write_issue
from tests.faults.child import environment
from tests.shuho.web.page import out_of

_BOOT = "from shuho.cli import main; main()"
_CONFIG = {"configurable": {"thread_id": "revise/ai/2026-W15"}}


@pytest.fixture
def issue(tmp_path: Path) -> SmallIssue:
    written = write_issue(tmp_path)
    out_of(written)
    return written


def revise(issue: SmallIssue, words: str, section: str) -> subprocess.Popen[bytes]:
    """Begin `shuho revise … --yes` in a process of its own."""
    command = [sys.executable, "-c", _BOOT, "revise", str(issue.folder.path), words, "--section", section, "--yes"]
    return subprocess.Popen(
        [*command, "--engine", "extractive"],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


async def wait_for_approval(issue: SmallIssue, child: subprocess.Popen[bytes]) -> None:
    """Wait until the approval is in the checkpoint and nothing but the writing is left to do."""
    path = issue.root / "out" / ".shuho" / "checkpoints.sqlite"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert child.poll() is None, "the week is held, so it cannot have ended"
        if path.exists():
            async with AsyncSqliteSaver.from_conn_string(str(path)) as saver:
                state = await build_revision_graph().compile(checkpointer=saver).aget_state(_CONFIG)
                if state.next == ("write",):
                    return
        await asyncio.sleep(0.1)
    raise AssertionError("no approval")


async def open_again(issue: SmallIssue) -> Report:
    """Open the report as the next command does, which finishes what was left."""
    async with open_revising(ReviseOptions(issue.folder.path, "extractive"), Settings(), Silent()) as revising:
        return revising.report()


async def test_a_kill_between_approval_and_writing_loses_nothing(issue: SmallIssue) -> None:
    first, before = issue.folder.body(), issue.report
    with issue.folder.held():
        child = revise(issue, "to 2 sentences", "outlook")
        await wait_for_approval(issue, child)
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert (issue.folder.body(), issue.folder.version_numbers()) == (first, [1])
    after = await open_again(issue)
    assert [v.version for v in after.versions] == [1, 2]
    one, other = bodies(before), bodies(after)
    assert {name for name in one if one[name] != other.get(name)} == {"outlook", "versions"}
    assert issue.folder.body() == (issue.folder.path / "versions/0002.json").read_bytes()
    assert await open_again(issue) == after
    assert issue.folder.version_numbers() == [1, 2]
    issue.versions.undo()
    assert issue.folder.body() == first


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_kills_at_random_moments(issue: SmallIssue) -> None:
    """Whatever the moment, the report is a version, whole; the wish is in it once or not at all."""
    draw = random.Random(5)
    begun = time.monotonic()
    assert revise(issue, "to 5 sentences", "trends").wait() == 0
    whole = time.monotonic() - begun
    for _ in range(20):
        before, numbers = await open_again(issue), issue.folder.version_numbers()
        child = revise(issue, draw.choice(["#4を外して", "#4を戻して", "to 3 sentences", "undo", "redo"]), "trends")
        try:
            child.wait(timeout=draw.uniform(0.3, 1.1) * whole)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
        after = await open_again(issue)
        assert len(issue.folder.version_numbers()) - len(numbers) in (0, 1)
        number = after.versions[-1].version
        assert issue.folder.body() == (issue.folder.path / f"versions/{number:04d}.json").read_bytes()
        assert not (issue.folder.path / ".unrendered").exists()
        assert number != before.versions[-1].version or after == before

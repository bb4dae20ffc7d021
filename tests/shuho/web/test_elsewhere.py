"""Runs of other processes, told from the week's lock and the record."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent.model import Event, Plan
from agent.storage.record import Record
from shuho.web.elsewhere import ElsewhereRun, runs_elsewhere

ALIVE = os.getppid()


@pytest.mark.parametrize(
    ("lock", "run", "planned", "found"),
    [
        (f"process {ALIVE}, since noon", "ai/2026-W15/f-1", 0, ("research", 0, 0)),
        (f"process {ALIVE}, since noon", "ai/2026-W15/f-1", 3, ("translate", 0, 3)),
        (f"process {ALIVE}, since noon", "", 0, None),
        (f"process {os.getpid()}, since noon", "ai/2026-W15/f-1", 0, None),
        ("process 999999999, since noon", "ai/2026-W15/f-1", 0, None),
        ("process 99999999999999999999, since noon", "ai/2026-W15/f-1", 0, None),
        ("", "ai/2026-W15/f-1", 0, None),
    ],
    ids=["research", "translate", "no run", "this process", "ended", "no process", "no lock"],
)
def test_runs_elsewhere(tmp_path: Path, lock: str, run: str, planned: int, found: tuple[str, int, int] | None) -> None:
    (tmp_path / "ai" / "2026-W15").mkdir(parents=True)
    (tmp_path / "ai" / "2026-W15" / ".lock").write_text(lock)
    record = Record(tmp_path / "record.sqlite")
    if run:
        record.start_run(run, "ai", "2026-W15", "f")
    if planned:
        events = tuple(Event(id=f"e{i}", article_id=f"a{i}") for i in range(planned))
        record.put_plan(run, Plan(events=events, gaps=(), asked=()))
    expected = [ElsewhereRun("ai", "2026-W15", ALIVE, "noon", *found)] if found else []  # type: ignore[arg-type]
    assert runs_elsewhere(tmp_path, record.path, 0) == expected
    assert runs_elsewhere(tmp_path, record.path, ALIVE) == []
    record.finish_run(run)
    assert runs_elsewhere(tmp_path, record.path, 0) == []
    record.close()

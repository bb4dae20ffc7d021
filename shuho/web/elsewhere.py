"""Runs that were started elsewhere, on the command line or by a timer: seen from the week's lock and the record."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from agent.alive import is_alive
from agent.errors import SettingError
from agent.model import Stage
from agent.storage.record import Record

_HOLDER = re.compile(r"process (\d+), since (.+)")


@dataclass(frozen=True)
class ElsewhereRun:
    """A run of another process; `done` of `total` articles are digested, 0 of 0 while it researches."""

    topic: str
    week: str
    process: int
    since: str
    stage: Stage
    done: int
    total: int


def runs_elsewhere(out: Path, record: Path, own: int) -> list[ElsewhereRun]:
    """Return the runs that other processes than this one and `own` have going; none while there is no record.

    The lock itself is left alone, since trying it could keep a run from starting: a week counts as being written when
    the process that took its lock last is alive and the record has an unfinished run of it.
    """
    held = [found for path in out.glob("*/*/.lock") if (found := _holder(path)) and found[0] not in (own, os.getpid())]
    if not held or not record.is_file():
        return []
    try:
        opened = Record(record)
    except SettingError:
        return []
    try:
        rows = [_row(opened, path.parent.name, path.name, pid, since) for pid, since, path in held]
    finally:
        opened.close()
    return sorted((row for row in rows if row), key=lambda row: (row.topic, row.week))


def _row(record: Record, topic: str, week: str, pid: int, since: str) -> ElsewhereRun | None:
    runs = record.runs(topic, week)
    if not runs or runs[-1].finished or not runs[-1].fingerprint:
        return None
    plan = record.plan(runs[-1].run)
    if plan is None:
        return ElsewhereRun(topic, week, pid, since, "research", 0, 0)
    done = sum(record.digest(runs[-1].run, event.article_id) is not None for event in plan.events)
    stage: Stage = "translate" if done < len(plan.events) else "edit"
    return ElsewhereRun(topic, week, pid, since, stage, done, len(plan.events))


def _holder(path: Path) -> tuple[int, str, Path] | None:
    try:
        match = _HOLDER.match(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    if match is None or not is_alive(int(match[1])):
        return None
    return int(match[1]), match[2].strip(), path.parent

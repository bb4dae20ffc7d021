"""The file of checkpoints after a run that failed."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

from graph.checkpoints import open_checkpoints

CONFIG: Any = {"configurable": {"thread_id": "run", "checkpoint_ns": "", "checkpoint_id": "1"}}


async def test_a_write_that_nobody_waits_for_neither_locks_the_file_nor_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints.sqlite"
    async with open_checkpoints(path) as saver:
        writes = [asyncio.create_task(saver.aput_writes(CONFIG, [("gaps", [n])], f"task {n}")) for n in range(3)]
        # LangGraph leaves a failed run so: its last writes have begun, and nobody waits for them.
        await asyncio.sleep(0)
    other = sqlite3.connect(path, timeout=0)
    other.execute("BEGIN IMMEDIATE")
    assert other.execute("SELECT count(*) FROM writes").fetchone() == (3,)
    other.close()
    assert [write.result() for write in writes] == [None] * 3


async def test_a_write_that_is_cancelled_does_not_lock_the_file(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints.sqlite"
    async with open_checkpoints(path) as saver:
        held = await saver.conn.execute("INSERT INTO checkpoints (thread_id, checkpoint_id) VALUES ('run', '1')")
    other = sqlite3.connect(path, timeout=0)
    other.execute("BEGIN IMMEDIATE")
    assert other.execute("SELECT count(*) FROM checkpoints").fetchone() == (0,)
    other.close()
    del held

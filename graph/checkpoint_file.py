"""LangGraph's SQLite checkpointer, closed only when nobody writes any more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import aiosqlite
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver


class CheckpointFile(AsyncSqliteSaver):
    """Counts the writes under way: LangGraph does not wait for the last ones of a run that fails.

    Closed between such a write and its commit, the connection would live on, and hold the file locked, for as long as
    anything refers to the write's cursor (measured: until the garbage collector comes by).
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        super().__init__(connection)
        self._writing = 0
        self._quiet = asyncio.Event()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._writing += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._writing -= 1
            if not self._writing:
                self._quiet.set()

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Save a checkpoint."""
        with self._counted():
            return await super().aput(config, checkpoint, metadata, new_versions)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Save what a step wrote."""
        with self._counted():
            await super().aput_writes(config, writes, task_id, task_path)

    async def aclose(self) -> None:
        """Close the file once the writes under way have ended; what was cancelled before its commit is taken back."""
        # Tasks that were made a moment ago get their turn to begin.
        await asyncio.sleep(0)
        while self._writing:
            await self._quiet.wait()
        await self.conn.rollback()
        await self.conn.close()

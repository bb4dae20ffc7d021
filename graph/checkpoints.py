"""Where LangGraph keeps how far a run is: a SQLite file that may be lost, or a Postgres database by its address.

Record and ledger hold everything that cost something, so a checkpoint that cannot be read is put aside, not mourned.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import SettingError
from agent.storage.sqlite_file import open_wal

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

_LOG = logging.getLogger("shuho.checkpoints")
_VERSION = 1


@asynccontextmanager
async def open_checkpoints(path: Path, address: str = "") -> AsyncIterator[BaseCheckpointSaver[str]]:
    """Yield the checkpointer: SQLite at `path`, or the Postgres database at `address` (postgresql://…).

    A damaged file, or one of a newer program, is renamed and said. Raises SettingError when it cannot be written, when
    the database cannot be reached, or when the package for it is missing.
    """
    if address:
        async with _postgres(address) as saver:
            yield saver
        return
    if fault := fault_of(path):
        put_aside(path, fault)
    import aiosqlite

    from graph.checkpoint_file import CheckpointFile

    try:
        open_wal(path).close()
        saver = CheckpointFile(await aiosqlite.connect(path))
        try:
            await saver.conn.execute("PRAGMA busy_timeout=30000")
            await saver.setup()
            await saver.conn.execute(f"PRAGMA user_version={_VERSION}")
            yield saver
        finally:
            await saver.aclose()
    except sqlite3.OperationalError as error:
        raise SettingError(f"{path}: cannot be written ({error})") from None


def fault_of(path: Path) -> str:
    """Return what is wrong with a file of checkpoints, empty when nothing is or there is no file yet.

    Raises SettingError when the file may be good but cannot be opened or is locked.
    """
    if not path.exists():
        return ""
    try:
        connection = sqlite3.connect(path, timeout=30)
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > _VERSION:
                return f"written by a newer shuho (version {version})"
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
            if found != "ok":
                return found
            _ask_for_columns(connection)
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        if "no such column" in str(error):
            return f"of another form ({error})"
        raise SettingError(f"{path}: cannot be read ({error})") from None
    except sqlite3.DatabaseError as error:
        return str(error)
    return ""


def _ask_for_columns(connection: sqlite3.Connection) -> None:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "checkpoints" in tables:
        connection.execute("SELECT thread_id, checkpoint_ns, checkpoint_id, type, checkpoint FROM checkpoints LIMIT 1")
    if "writes" in tables:
        connection.execute("SELECT thread_id, checkpoint_id, task_id, idx, channel, type, value FROM writes LIMIT 1")


def put_aside(path: Path, fault: str) -> Path:
    """Rename a file of checkpoints that cannot be used, say so, and return its new place."""
    aside = path.with_name(f"{path.name}.aside-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}")
    try:
        path.rename(aside)
    except OSError as error:
        raise SettingError(f"{path}: {fault}, and cannot be renamed ({error.strerror})") from None
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    _LOG.warning("%s: %s; it is put aside as %s, and the run starts from the record", path, fault, aside.name)
    return aside


@asynccontextmanager
async def _postgres(address: str) -> AsyncIterator[BaseCheckpointSaver[str]]:
    if not address.startswith(("postgresql://", "postgres://")):
        raise SettingError("SHUHO_CHECKPOINTS: write an address such as postgresql://user@host/database")
    try:
        import psycopg
        from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
    except ImportError as error:
        raise SettingError(f"SHUHO_CHECKPOINTS needs a package: pip install shuho[postgres] ({error})") from None
    try:
        async with AsyncPostgresSaver.from_conn_string(address) as saver:
            await saver.setup()
            yield saver
    except psycopg.Error as error:
        # The address may hold a password, and psycopg's words may hold the address.
        said = str(error).replace(address, "the address").splitlines()
        raise SettingError(f"SHUHO_CHECKPOINTS: the database cannot be used ({said[0] if said else error!r})") from None

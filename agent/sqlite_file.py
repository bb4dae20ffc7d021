"""Opens SQLite files so that two programs may do it at the same moment."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

_PATIENCE = 30.0


def open_wal(path: Path) -> sqlite3.Connection:
    """Return a connection in WAL mode with `synchronous=FULL`, usable from any thread. Raises sqlite3.Error.

    SQLite's busy timeout does not cover the change to WAL: two programs that open a new file at once would see
    `database is locked` at once (10 of 25 times, measured), so the change is tried again for 30 seconds.
    """
    connection = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False, isolation_level=None)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                connection.close()
                raise
            time.sleep(0.02)
    connection.execute("PRAGMA synchronous=FULL")
    return connection

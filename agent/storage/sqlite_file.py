"""Opens SQLite files so that two programs may do it at the same moment, and says what is wrong with one."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.errors import SettingError

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


@contextmanager
def file_faults(path: Path | None, kind: str, remedy: str) -> Iterator[None]:
    """Turn what SQLite and the disk say of the file into SettingError with its path.

    A damaged file is called a damaged `kind`, with the `remedy`.
    """
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise SettingError(f"{path}: cannot be read or written ({error})") from None
    except sqlite3.DatabaseError as error:
        if not is_of_the_file(error):
            raise
        raise SettingError(f"{path}: the {kind} is damaged ({error}); {remedy}") from None


def is_of_the_file(error: sqlite3.DatabaseError) -> bool:
    """Tell a full disk or a damaged file from a mistake of the program, which has classes of its own."""
    return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError

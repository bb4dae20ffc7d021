"""The call ledger: every answer that was paid for, by the content of the question."""

from __future__ import annotations

import hashlib
import json
import threading
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from agent.storage.sqlite_file import file_faults, open_wal
from prompts import Rendered

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, answer TEXT NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
    finish_reason TEXT NOT NULL, cost REAL, at TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL
) WITHOUT ROWID
"""


@dataclass(frozen=True)
class Entry:
    """One answer. `answer` is JSON that fits the schema, `cost` is in USD or None, `at` is ISO 8601 in UTC."""

    answer: str
    input_tokens: int
    output_tokens: int
    finish_reason: str
    cost: float | None
    at: str
    model: str
    prompt: str


_COLUMNS = ", ".join(field.name for field in fields(Entry))


def ledger_key(model: str, prompt: Rendered, schema: str, fault: str = "") -> str:
    """Return the key of a question: hex SHA-256 of model, prompt, answer schema, rendered input and named fault."""
    parts = [model, prompt.name, prompt.version, prompt.hash, schema, prompt.system, prompt.user, fault]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


class Ledger:
    """A SQLite file of answers that outlives a kill: an entry is on disk when `put` returns. Safe across threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        with self._spoken():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = open_wal(path)
            self._db.execute(_SCHEMA)

    def _spoken(self) -> AbstractContextManager[None]:
        return file_faults(self.path, "ledger of paid answers", "put a copy of it back, or move it away and pay again")

    def get(self, key: str) -> Entry | None:
        """Return the entry of `key`, or None."""
        with self._lock, self._spoken():
            row = self._db.execute(f"SELECT {_COLUMNS} FROM answers WHERE key = ?", (key,)).fetchone()  # noqa: S608
        return None if row is None else Entry(*row)

    def put(self, key: str, entry: Entry) -> None:
        """Store the entry of `key` durably; the first entry of a key stays, so that a rerun reads what was used."""
        marks = ", ".join("?" * (1 + len(fields(Entry))))
        with self._lock, self._spoken():
            self._db.execute(
                f"INSERT OR IGNORE INTO answers (key, {_COLUMNS}) VALUES ({marks})",  # noqa: S608
                (key, *astuple(entry)),
            )

    def __len__(self) -> int:
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM answers").fetchone()[0])

    def close(self) -> None:
        """Close the file; the ledger cannot be used afterwards."""
        with self._lock:
            self._db.close()

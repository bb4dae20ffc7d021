"""The log of model calls: what every run has asked, over all its starts, and what all runs have asked today.

Its rows are written before a request goes out and completed when it ends, so that limits hold across processes and
kills. They hold numbers and names of prompts, never words of a prompt or an answer.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from agent.calls.budget import Spent
from agent.calls.quota_day import day_start
from agent.errors import DayLimitReached, SettingError
from agent.storage.sqlite_file import file_faults, open_wal

CACHED, ASKED, ANSWERED = "cached", "asked", "answered"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL, subject TEXT NOT NULL,
    attempt INTEGER NOT NULL, at REAL NOT NULL, waited REAL NOT NULL, characters INTEGER NOT NULL,
    outcome TEXT NOT NULL, seconds REAL NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
    cost REAL NOT NULL);
CREATE INDEX IF NOT EXISTS calls_of_a_run ON calls (run);
CREATE INDEX IF NOT EXISTS calls_of_a_day ON calls (model, at);
CREATE TABLE IF NOT EXISTS sittings (id INTEGER PRIMARY KEY, run TEXT NOT NULL, seconds REAL NOT NULL);
CREATE INDEX IF NOT EXISTS sittings_of_a_run ON sittings (run);
"""


@dataclass(frozen=True)
class Call:
    """One request, or one answer out of the ledger.

    `at` is the moment at which it was wanted (seconds of the epoch), `waited` how long limits held it back, `seconds`
    how long the request took. While it is under way tokens and cost are what is expected; a request that failed has
    cost none.
    """

    model: str
    prompt: str
    run: str = ""
    subject: str = ""
    attempt: int = 1
    at: float = 0.0
    waited: float = 0.0
    characters: int = 0
    outcome: str = ASKED
    """`asked` (under way, or cut off by a kill), `answered`, `cached`, or the name of the error that ended it."""
    seconds: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0


@dataclass(frozen=True)
class DayLimits:
    """Limits on all runs of one model and day together; 0 for no limit."""

    calls: int = 0
    tokens: int = 0


_COLUMNS = ", ".join(field.name for field in fields(Call))
_MARKS = ", ".join("?" * len(fields(Call)))
_SUMS = "count(*), coalesce(sum(input_tokens + output_tokens), 0), coalesce(sum(cost), 0)"


class CallLog:
    """A SQLite file, shared by all processes that write to one output folder; None keeps it in memory."""

    def __init__(
        self,
        path: Path | None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._now = now
        self._clock = clock
        self._lock = threading.RLock()
        self._sitting: tuple[int, float] | None = None
        with self._spoken():
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._db = open_wal(path)
                # A power cut may cost the newest rows, a kill does not; what was paid for is in the ledger.
                self._db.execute("PRAGMA synchronous=NORMAL")
            else:
                self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
            self._db.executescript(_SCHEMA)

    def _spoken(self) -> AbstractContextManager[None]:
        return file_faults(self.path, "log of model calls", "move it away, then nothing counts as spent")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, self._spoken():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._touch()
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def sit_down(self, run: str) -> float:
        """Begin to count the wall time of `run`; return the seconds that its earlier starts have taken."""
        with self._transaction():
            earlier = self._db.execute("SELECT coalesce(sum(seconds), 0) FROM sittings WHERE run = ?", (run,))
            used = float(earlier.fetchone()[0])
            number = self._db.execute("INSERT INTO sittings (run, seconds) VALUES (?, 0)", (run,)).lastrowid
            self._sitting = (int(number or 0), self._clock())
        return used

    def _touch(self) -> None:
        if self._sitting is not None:
            number, begun = self._sitting
            self._db.execute("UPDATE sittings SET seconds = ? WHERE id = ?", (self._clock() - begun, number))

    def begin(self, call: Call, limits: DayLimits) -> int:
        """Note a request that is about to go out; return its number.

        Raises DayLimitReached when the day has no room for it.
        """
        with self._transaction():
            if limits.calls or limits.tokens:
                spent = self._today(call.model)
                if limits.calls and spent.calls >= limits.calls:
                    raise DayLimitReached(
                        f"the limit of {limits.calls} model calls a day (limits.calls_per_day) is used up"
                    )
                if limits.tokens and spent.tokens + call.input_tokens + call.output_tokens > limits.tokens:
                    raise DayLimitReached(
                        f"the next call would cross the limit of {limits.tokens:,} tokens a day (limits.tokens_per_day)"
                    )
            insert = f"INSERT INTO calls ({_COLUMNS}) VALUES ({_MARKS})"  # noqa: S608
            return int(self._db.execute(insert, astuple(call)).lastrowid or 0)

    def end(self, number: int, outcome: str, seconds: float, tokens: tuple[int, int] = (0, 0), cost: float = 0) -> None:
        """Complete the row of a request: how it ended, how long it took, what it cost."""
        with self._transaction():
            self._db.execute(
                "UPDATE calls SET outcome = ?, seconds = ?, input_tokens = ?, output_tokens = ?, cost = ? WHERE id = ?",
                (outcome, seconds, *tokens, cost, number),
            )

    def moment(self) -> float:
        """Return now, in seconds of the epoch."""
        return self._now().timestamp()

    def calls(self, run: str) -> tuple[Call, ...]:
        """Return what `run` has asked, in order."""
        with self._lock, self._spoken():
            rows = self._db.execute(f"SELECT {_COLUMNS} FROM calls WHERE run = ? ORDER BY at, id", (run,))  # noqa: S608
            return tuple(Call(*row) for row in rows)

    def spent(self, run: str) -> Spent:
        """Return what `run` has spent over all its starts."""
        return self._sum("run = ?", (run,))

    def spent_today(self, model: str) -> Spent:
        """Return what all runs have spent on `model` since its provider's day began."""
        with self._lock, self._spoken():
            return self._today(model)

    def _today(self, model: str) -> Spent:
        return self._sum("model = ? AND at >= ?", (model, day_start(model, self._now()).timestamp()))

    def _sum(self, where: str, values: tuple[object, ...]) -> Spent:
        with self._lock, self._spoken():
            query = f"SELECT {_SUMS} FROM calls WHERE {where} AND outcome != '{CACHED}'"  # noqa: S608
            calls, tokens, cost = self._db.execute(query, values).fetchone()
        return Spent(int(calls), int(tokens), float(cost))

    def close(self) -> None:
        """Close the file; the log cannot be used afterwards."""
        # On a full disk the seconds since the last call are not counted, which is no reason to fail.
        with suppress(SettingError), self._transaction():
            pass
        with self._lock:
            self._db.close()

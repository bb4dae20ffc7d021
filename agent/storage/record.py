"""The record: fetched pages, articles, digests and plans in one SQLite file. Chroma is rebuilt from it.

Every write is one transaction with `synchronous=FULL`: after a crash a row is whole or absent.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent.errors import SettingError
from agent.method import PromptUsed
from agent.model import Article, Digest, EngineName, Fetched, Gap, Plan
from agent.storage.sqlite_file import is_of_the_file, open_wal

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, meta TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, published_at TEXT NOT NULL, language TEXT NOT NULL, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS filed (
    topic TEXT NOT NULL, week TEXT NOT NULL, article_id TEXT NOT NULL REFERENCES articles(id),
    number INTEGER, category TEXT NOT NULL DEFAULT '', event_id TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (topic, week, article_id));
CREATE TABLE IF NOT EXISTS digests (
    article_id TEXT NOT NULL, run TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (article_id, run));
CREATE TABLE IF NOT EXISTS digest_gaps (
    article_id TEXT NOT NULL, run TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (article_id, run));
CREATE TABLE IF NOT EXISTS run_prompts (run TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (run, value));
CREATE TABLE IF NOT EXISTS versions (run TEXT PRIMARY KEY, number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS plans (run TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (
    run TEXT PRIMARY KEY, topic TEXT NOT NULL, week TEXT NOT NULL, fingerprint TEXT NOT NULL,
    started_at TEXT NOT NULL, finished_at TEXT NOT NULL DEFAULT '');
"""
_OF_ARTICLES = {"filed": "article_id", "digests": "article_id", "digest_gaps": "article_id", "articles": "id"}
_VERSION = 1


@dataclass(frozen=True)
class Filed:
    """An article as a week's report filed it; `number` is None when the report only names it as a further source."""

    topic: str
    week: str
    article: Article
    number: int | None
    category: str
    event_id: str


@dataclass(frozen=True)
class RunRow:
    """One run of a topic's week; `finished` tells whether it wrote its report."""

    run: str
    fingerprint: str
    finished: bool


class Record:
    """Reads and writes the record at `path`; safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise SettingError(f"{path.parent}: cannot be made a folder ({error.strerror})") from None
        self._lock = threading.RLock()
        try:
            self._connection = open_wal(path)
            found = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
            if found > _VERSION:
                raise SettingError(f"{path}: written by a newer shuho (version {found}); upgrade shuho")
            self._connection.executescript(_SCHEMA)
            self._connection.execute(f"PRAGMA user_version={_VERSION}")
        except sqlite3.DatabaseError as error:
            raise SettingError(
                f"{path}: the record cannot be opened ({error}); move the file away or mend it"
            ) from None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction. Raises SettingError when the disk is full or the file cannot be written."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except sqlite3.DatabaseError as error:
                if not is_of_the_file(error):
                    raise
                raise SettingError(f"{self.path}: cannot be written ({error})") from None
            finally:
                # SQLite itself rolls back on a full disk; a second ROLLBACK would hide what went wrong.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[str, ...]]:
        with self._lock:
            try:
                return self._connection.execute(query, parameters).fetchall()
            except sqlite3.DatabaseError as error:
                if not is_of_the_file(error):
                    raise
                raise SettingError(
                    f"{self.path}: the record cannot be read ({error}); put a copy of it back, or move it away: "
                    "reports stay, articles are fetched again, and paid answers are in the ledger"
                ) from None

    # Pages

    def page(self, url: str) -> Fetched | None:
        """Return the stored copy of a page, None when there is none."""
        rows: Sequence[tuple[Any, ...]] = self._rows("SELECT meta, body FROM pages WHERE url = ?", (url,))
        return Fetched.model_validate_json(rows[0][0]).model_copy(update={"body": bytes(rows[0][1])}) if rows else None

    def put_pages(self, pages: Iterable[Fetched]) -> None:
        """Store pages under their addresses, in place of older copies; all or none."""
        rows = [(page.url, page.model_copy(update={"body": b""}).model_dump_json(), page.body) for page in pages]
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", rows)

    # Articles

    def put_articles(self, articles: Iterable[Article]) -> None:
        """Store articles, in place of older copies with the same ids; all or none."""
        rows = [(a.id, a.url, a.published_at.isoformat(), a.language, a.model_dump_json()) for a in articles]
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?)", rows)

    def article(self, article_id: str) -> Article:
        """Return an article. Raises KeyError for an unknown id."""
        rows = self._rows("SELECT value FROM articles WHERE id = ?", (article_id,))
        if not rows:
            raise KeyError(article_id)
        return Article.model_validate_json(rows[0][0])

    def has_article(self, article_id: str) -> bool:
        """Tell whether an article is stored."""
        return bool(self._rows("SELECT 1 FROM articles WHERE id = ?", (article_id,)))

    def articles(self) -> list[Article]:
        """Return every stored article, newest first."""
        rows = self._rows("SELECT value FROM articles ORDER BY published_at DESC, id")
        return [Article.model_validate_json(row[0]) for row in rows]

    def file_articles(self, topic: str, week: str, rows: Iterable[tuple[str, int | None, str, str]]) -> None:
        """Note what a week's report holds: (article id, number, category, event id), in place of an earlier version."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM filed WHERE topic = ? AND week = ?", (topic, week))
            connection.executemany("INSERT INTO filed VALUES (?, ?, ?, ?, ?, ?)", [(topic, week, *row) for row in rows])

    def filed(self, topic: str = "", week: str = "") -> list[Filed]:
        """Return what the reports hold, newest week first; empty arguments mean all topics, all weeks."""
        rows = self._rows(
            "SELECT f.topic, f.week, f.number, f.category, f.event_id, a.value FROM filed f"
            " JOIN articles a ON a.id = f.article_id WHERE (?1 = '' OR f.topic = ?1) AND (?2 = '' OR f.week = ?2)"
            " ORDER BY f.week DESC, f.topic, f.number IS NULL, f.number, a.published_at",
            (topic, week),
        )
        return [
            Filed(
                t, w, Article.model_validate_json(value), int(number) if number is not None else None, category, event
            )
            for t, w, number, category, event, value in rows
        ]

    def forget(self, ids: Sequence[str], addresses: Sequence[str]) -> Mapping[str, int]:
        """Remove articles, all that was made of them, and the pages at these addresses; return the rows by table.

        A run that is under way with one of them is given up: the next one researches again.
        """
        marks, removed = ", ".join("?" * len(ids)), dict[str, int]()
        with self._transaction() as connection:
            for article_id in ids:
                named = "SELECT run FROM plans WHERE instr(value, ?)"
                query = f"UPDATE runs SET fingerprint = '' WHERE finished_at = '' AND run IN ({named})"  # noqa: S608
                connection.execute(query, (f'"{article_id}"',))
            for table, column in _OF_ARTICLES.items():
                query = f"DELETE FROM {table} WHERE {column} IN ({marks})"  # noqa: S608
                removed[table] = connection.execute(query, ids).rowcount
            pages = [connection.execute("DELETE FROM pages WHERE url = ?", (address,)) for address in addresses]
            return {**removed, "pages": sum(page.rowcount for page in pages)}

    def page_addresses(self) -> list[tuple[str, str]]:
        """Return every stored page's address and where its redirects ended."""
        rows = self._rows("SELECT url, json_extract(meta, '$.final_url') FROM pages")
        return [(url, final or url) for url, final in rows]

    # Digests, plans, runs

    def put_digest(self, run: str, digest: Digest, gaps: Sequence[Gap] = ()) -> None:
        """Store the digest that `run` prints of an article, and what could not be done in it."""
        with self._transaction() as connection:
            row = (digest.article_id, run, digest.model_dump_json())
            connection.execute("INSERT OR REPLACE INTO digests VALUES (?, ?, ?)", row)
            listed = json.dumps([gap.model_dump(mode="json") for gap in gaps], ensure_ascii=False)
            row = (digest.article_id, run, listed)
            connection.execute("INSERT OR REPLACE INTO digest_gaps VALUES (?, ?, ?)", row)

    def digest(self, run: str, article_id: str) -> Digest | None:
        """Return the digest that `run` made of an article, None when it has made none."""
        rows = self._rows("SELECT value FROM digests WHERE run = ? AND article_id = ?", (run, article_id))
        return Digest.model_validate_json(rows[0][0]) if rows else None

    def digest_gaps(self, run: str, article_id: str) -> tuple[Gap, ...]:
        """Return what could not be done in the digest that `run` made of an article."""
        rows = self._rows("SELECT value FROM digest_gaps WHERE run = ? AND article_id = ?", (run, article_id))
        return tuple(Gap.model_validate(gap) for gap in json.loads(rows[0][0])) if rows else ()

    def put_plan(self, run: str, plan: Plan) -> None:
        """Store what the researcher decided for a run."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO plans VALUES (?, ?)", (run, plan.model_dump_json()))

    def plan(self, run: str) -> Plan | None:
        """Return a run's plan, None before the researcher is done."""
        rows = self._rows("SELECT value FROM plans WHERE run = ?", (run,))
        return Plan.model_validate_json(rows[0][0]) if rows else None

    def plans(self) -> list[tuple[str, str, Plan]]:
        """Return topic, week and plan of every run that has one, oldest first."""
        rows = self._rows("SELECT r.topic, r.week, p.value FROM plans p JOIN runs r USING (run) ORDER BY r.started_at")
        return [(topic, week, Plan.model_validate_json(value)) for topic, week, value in rows]

    def start_run(self, run: str, topic: str, week: str, fingerprint: str) -> None:
        """Note that a run has begun; a run that is already noted stays as it is."""
        with self._transaction() as connection:
            now = datetime.now(UTC).isoformat()
            connection.execute(
                "INSERT OR IGNORE INTO runs (run, topic, week, fingerprint, started_at) VALUES (?, ?, ?, ?, ?)",
                (run, topic, week, fingerprint, now),
            )

    def note_prompts(self, run: str, prompts: Iterable[PromptUsed]) -> None:
        """Note which prompts a run has asked: the process that ends it may not be the one that asked."""
        with self._transaction() as connection:
            rows = [(run, prompt.model_dump_json()) for prompt in prompts]
            connection.executemany("INSERT OR IGNORE INTO run_prompts VALUES (?, ?)", rows)

    def prompts(self, run: str) -> tuple[PromptUsed, ...]:
        """Return the prompts that a run has asked, by name."""
        rows = self._rows("SELECT value FROM run_prompts WHERE run = ? ORDER BY value", (run,))
        return tuple(PromptUsed.model_validate_json(row[0]) for row in rows)

    def reserve_version(self, run: str, number: int) -> None:
        """Note under which number a run is about to write its report, so that it writes no second one after a kill."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO versions VALUES (?, ?)", (run, number))

    def reserved_version(self, run: str) -> int:
        """Return the number under which a run was about to write its report, 0 when it was not that far."""
        rows = self._rows("SELECT number FROM versions WHERE run = ?", (run,))
        return int(rows[0][0]) if rows else 0

    def finish_run(self, run: str) -> None:
        """Note that a run has written its report."""
        with self._transaction() as connection:
            connection.execute("UPDATE runs SET finished_at = ? WHERE run = ?", (datetime.now(UTC).isoformat(), run))

    def give_up_run(self, run: str) -> None:
        """Note that a run came to nothing: the next one for its week researches again instead of going on with it."""
        with self._transaction() as connection:
            connection.execute("UPDATE runs SET fingerprint = '' WHERE run = ?", (run,))

    def runs(self, topic: str, week: str) -> list[RunRow]:
        """Return the runs of a topic's week, oldest first."""
        rows = self._rows(
            "SELECT run, fingerprint, finished_at FROM runs WHERE topic = ? AND week = ? ORDER BY started_at, run",
            (topic, week),
        )
        return [RunRow(run, fingerprint, bool(finished)) for run, fingerprint, finished in rows]


def engine_of(digests: Iterable[Digest]) -> EngineName:
    """Return the engine that a set of digests is due to: the model's when it wrote at least one."""
    return "model" if any(digest.engine == "model" for digest in digests) else "extractive"

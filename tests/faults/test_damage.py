"""Files of the data folder that are damaged, missing, or of a newer program."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.calls.ledger import Ledger
from agent.errors import SettingError
from agent.model import Event, Plan
from agent.storage import chroma_probe
from agent.storage.record import Record
from agent.storage.refill import refill
from agent.storage.store import ArticleStore, Filing
from graph.checkpoints import fault_of, open_checkpoints
from tests.builders import HashingEncoder, article
from tests.load import within
from tests.shuho.weeks import Command, write_topic

ARTICLES = [article(f"https://news.example/{n}", text=f"Story {n} tells of mill {n}. It was built.") for n in range(40)]


def garble(path: Path) -> None:
    path.write_bytes(bytes(index * 7 % 256 for index in range(path.stat().st_size)))


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 3)


def drop_table(chroma: Path) -> None:
    connection = sqlite3.connect(chroma / "chroma.sqlite3", isolation_level=None)
    connection.execute("DROP TABLE embeddings")
    connection.close()


DAMAGE: dict[str, Callable[[Path], None]] = {
    "garbage for a database": lambda chroma: garble(chroma / "chroma.sqlite3"),
    "half a database": lambda chroma: truncate(chroma / "chroma.sqlite3"),
    "an empty database": lambda chroma: os.truncate(chroma / "chroma.sqlite3", 0),
    "no database": lambda chroma: (chroma / "chroma.sqlite3").unlink(),
    "a table gone": drop_table,
    "garbage in the middle": lambda chroma: _overwrite_middle(chroma / "chroma.sqlite3"),
}


def _overwrite_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 4)
        file.write(b"\xff" * (path.stat().st_size // 2))


@pytest.fixture
def record(tmp_path: Path):
    opened = Record(tmp_path / "record.sqlite")
    opened.put_articles(ARTICLES)
    opened.start_run("run", "ai", "2026-W15", "print")
    plan = Plan(events=tuple(Event(id=f"e-{a.id}", article_id=a.id) for a in ARTICLES[:3]), gaps=(), asked=())
    opened.put_plan("run", plan)
    opened.file_articles("ai", "2026-W14", [(ARTICLES[5].id, 1, "mills", "e-5")])
    yield opened
    opened.close()


def open_store(folder: Path, record: Record) -> ArticleStore:
    return ArticleStore(folder / "chroma", HashingEncoder(), refill=lambda store: refill(store, record))


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_vector_store_is_said_once_and_rebuilt(
    tmp_path: Path, record: Record, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    with open_store(tmp_path, record) as store:
        whole = store.count()
        near = store.near("mill 7", 1)[0].article_id
    damage(tmp_path / "chroma")
    for _ in range(2):
        with open_store(tmp_path, record) as store:
            assert (store.count(), store.near("mill 7", 1)[0].article_id) == (whole, near)
            assert store.near("mill 5", 1, {"topic": "ai", "week": "2026-W14"})[0].article_id == ARTICLES[5].id
            assert store.evidence("mill 2", [ARTICLES[2].id])
    said = [entry.getMessage() for entry in caplog.records]
    assert len(said) == 1
    assert said[0].startswith(f"{tmp_path / 'chroma'}: the vector store is damaged (")


def test_a_lost_vector_store_is_filled_again(tmp_path: Path, record: Record) -> None:
    with open_store(tmp_path, record) as store:
        whole = store.count()
    shutil.rmtree(tmp_path / "chroma")
    with open_store(tmp_path, record) as store:
        assert store.count() == whole == (40, 4)


def test_a_refill_that_was_cut_short_is_done_again(tmp_path: Path, record: Record) -> None:
    def broken(store: ArticleStore) -> None:
        store.put(ARTICLES[:1], {ARTICLES[0].id: Filing("ai", "2026-W15")})
        raise KeyboardInterrupt

    cut_short = ArticleStore(tmp_path / "chroma", HashingEncoder(), refill=broken)
    with pytest.raises(KeyboardInterrupt):
        cut_short.count()
    cut_short.close()
    with open_store(tmp_path, record) as store:
        assert store.count() == (40, 4)


def test_a_directory_left_by_a_kill_is_looked_at_and_kept(tmp_path: Path, record: Record) -> None:
    with open_store(tmp_path, record) as store:
        whole = store.count()
    chroma = tmp_path / "chroma"
    chroma_probe.unseal(chroma)
    before = (chroma / "chroma.sqlite3").stat().st_ino
    with ArticleStore(chroma, HashingEncoder()) as store:
        assert store.count() == whole
    assert (chroma / "chroma.sqlite3").stat().st_ino == before


def test_a_directory_in_good_order_costs_no_process(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path, record):
        pass
    monkeypatch.setattr(chroma_probe, "_BOOT", "raise SystemExit(1)")
    assert chroma_probe.fault_of(tmp_path / "chroma") == ""


@pytest.mark.parametrize(
    ("boot", "seconds", "fault"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", 60.0, "whoever opens it crashes (code -11)"),
        ("import time; time.sleep(60)", 0.5, "no answer within 0.5 s"),
    ],
)
def test_whoever_crashes_or_hangs_is_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, boot: str, seconds: float, fault: str
) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"")
    monkeypatch.setattr(chroma_probe, "_BOOT", boot)
    with within(5):
        assert chroma_probe.fault_of(tmp_path, seconds=seconds) == fault


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()


def other_columns(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE checkpoints (thread_id TEXT, body TEXT)")
    connection.close()


@pytest.mark.parametrize("damage", [garble, truncate, _overwrite_middle, newer, other_columns])
async def test_checkpoints_that_cannot_be_used_are_put_aside(
    tmp_path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "checkpoints.sqlite"
    async with open_checkpoints(path):
        pass
    damage(path)
    async with open_checkpoints(path) as saver:
        assert await saver.aget_tuple({"configurable": {"thread_id": "run"}}) is None
    assert fault_of(path) == ""
    assert [p.name for p in tmp_path.glob("*.aside-*")] != []
    assert [entry.getMessage() for entry in caplog.records if "put aside as" in entry.getMessage()] != []


def test_a_whole_run_goes_on_over_damaged_checkpoints_and_vectors(
    shuho: Command, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    topic, out = write_topic(tmp_path, 5), tmp_path / "out"
    run = ("run", topic, "--week", "2026-W15", "--out", out)
    assert shuho(*run)[0] in (0, 3)
    garble(out / ".shuho" / "checkpoints.sqlite")
    garble(out / ".shuho" / "chroma" / "chroma.sqlite3")
    assert shuho(*run, "--fresh")[0] in (0, 3)
    said = [entry.getMessage() for entry in caplog.records if entry.name.startswith("shuho.")]
    assert [("put aside" in line, "vector store is damaged" in line) for line in said] == [(True, False), (False, True)]


@pytest.mark.parametrize("damage", [garble, truncate])
def test_a_damaged_record_is_an_error_with_a_remedy(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = tmp_path / "record.sqlite"
    record = Record(path)
    record.put_articles(ARTICLES)
    record.close()
    damage(path)
    with pytest.raises(SettingError, match=r"record\.sqlite: the record cannot be (opened|read) \(.*move"):
        Record(path).articles()


def test_a_damaged_ledger_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database" * 999)
    with pytest.raises(SettingError, match=r"ledger\.sqlite: the ledger of paid answers is damaged .*move it away"):
        Ledger(tmp_path / "ledger.sqlite")

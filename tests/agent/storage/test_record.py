import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from agent.errors import SettingError
from agent.model import Event, Gap, Plan, SourceCount
from agent.storage.record import Filed, Record, RunRow, engine_of
from tests.builders import MOMENT, article, digest, fetched

ROOT = Path(__file__).resolve().parents[3]
FIRST = article("https://news.example/p/1")
SECOND = article("https://news.example/p/2", published_at=MOMENT.replace(day=9), title="二つ目", language="ja")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "deep" / "er" / "record.sqlite")


def reopened(record: Record) -> Record:
    record.close()
    return Record(record.path)


def test_pages_come_back_as_they_were(record: Record) -> None:
    page = fetched("https://news.example/", b"\x00\xff<p>\xe9</p>").model_copy(update={"etag": '"1"'})
    record.put_pages([fetched("https://news.example/", b"old")])
    record.put_pages([page])
    record = reopened(record)
    assert (record.page("https://news.example/"), record.page("https://news.example/2")) == (page, None)


def test_articles_come_back_newest_first(record: Record) -> None:
    record.put_articles([FIRST, SECOND])
    changed = FIRST.model_copy(update={"title": "changed", "suspicions": ("hidden text",)})
    record.put_articles([changed])
    record = reopened(record)
    assert record.articles() == [SECOND, changed]
    assert record.article(FIRST.id) == changed
    assert (record.has_article(FIRST.id), record.has_article("none")) == (True, False)
    with pytest.raises(KeyError):
        record.article("none")


def test_a_batch_is_stored_whole_or_not_at_all(record: Record) -> None:
    def articles():
        yield FIRST
        raise RuntimeError

    with pytest.raises(RuntimeError):
        record.put_articles(articles())
    with pytest.raises(sqlite3.IntegrityError):
        record.file_articles("ai", "2026-W15", [("a", 1, "", ""), ("a", 2, "", "")])
    assert (record.articles(), record.filed()) == ([], [])
    record.put_articles([SECOND])
    assert record.articles() == [SECOND]


def test_what_reports_hold(record: Record) -> None:
    record.put_articles([FIRST, SECOND])
    record.file_articles("ai", "2026-W14", [(FIRST.id, 1, "old", "e-1")])
    record.file_articles("ai", "2026-W15", [(FIRST.id, 9, "wrong", "e-0")])
    record.file_articles("ai", "2026-W15", [(FIRST.id, None, "a", "e-2"), (SECOND.id, 1, "a", "e-2")])
    record.file_articles("bio", "2026-W15", [(SECOND.id, 1, "b", "e-3")])
    w15 = [
        Filed("ai", "2026-W15", SECOND, 1, "a", "e-2"),
        Filed("ai", "2026-W15", FIRST, None, "a", "e-2"),
    ]
    bio, w14 = Filed("bio", "2026-W15", SECOND, 1, "b", "e-3"), Filed("ai", "2026-W14", FIRST, 1, "old", "e-1")
    assert record.filed() == [*w15, bio, w14]
    assert record.filed("ai") == [*w15, w14]
    assert record.filed(week="2026-W15") == [*w15, bio]
    assert record.filed("ai", "2026-W15") == w15
    assert record.filed("none") == []


def test_digests_belong_to_a_run(record: Record) -> None:
    first, other = digest(FIRST), digest(FIRST, engine="model", title="other")
    record.put_digest("run-1", first)
    record.put_digest("run-2", other)
    record = reopened(record)
    assert [record.digest(run, FIRST.id) for run in ("run-1", "run-2", "run-3")] == [first, other, None]


def test_plans_come_back(record: Record) -> None:
    plan = Plan(
        events=(Event(id="e-1", article_id=FIRST.id, other_ids=(SECOND.id,)),),
        gaps=(Gap(stage="research", subject="x", reason="paywall", detail="d"),),
        asked=(SourceCount(source="feed x", offered=3, kept=2, failed=1),),
    )
    record.put_plan("run", plan)
    assert (reopened(record).plan("run"), record.path.exists()) == (plan, True)


def test_runs_are_noted_once(record: Record) -> None:
    record.start_run("a", "ai", "2026-W15", "f1")
    record.start_run("b", "ai", "2026-W15", "f2")
    record.finish_run("a")
    record.start_run("a", "ai", "2026-W15", "other")
    record.start_run("c", "ai", "2026-W16", "f1")
    assert record.runs("ai", "2026-W15") == [RunRow("a", "f1", True), RunRow("b", "f2", False)]


def test_a_given_up_run_is_neither_finished_nor_gone_on_with(record: Record) -> None:
    record.start_run("a", "ai", "2026-W15", "f1")
    record.give_up_run("a")
    assert record.runs("ai", "2026-W15") == [RunRow("a", "", False)]


WRITER = """
import sys
from pathlib import Path
from agent.storage.record import Record
from tests.builders import article
record = Record(Path(sys.argv[1]))
for number in range(100_000):
    record.put_articles([article(f"https://news.example/{number}/{part}") for part in range(3)])
    print(number, flush=True)
"""


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) >= 20:
                os.kill(child.pid, signal.SIGKILL)
                break
        acknowledged = [20, *(int(line) for line in child.stdout if line.endswith("\n"))][-1]
    stored = {a.url for a in Record(path).articles()}
    expected = {f"https://news.example/{n}/{part}" for n in range(acknowledged + 1) for part in range(3)}
    assert expected <= stored
    assert len(stored) % 3 == 0
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


FULL = """
import resource, sys
from pathlib import Path
from agent.errors import SettingError
from agent.storage.record import Record
from tests.builders import article
record = Record(Path(sys.argv[1]))
record.put_articles([article("https://news.example/kept")])
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
for attempt in range(2):
    try:
        record.put_articles([article(f"https://news.example/{n}", text="x" * 50_000) for n in range(100)])
    except SettingError as error:
        print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
record.put_articles([article("https://news.example/after")])
print(sorted(a.url for a in record.articles()))
"""


def test_a_full_disk_is_said_and_what_is_stored_stays(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    *errors, stored = done.stdout.splitlines() or [""]
    assert (len(errors), stored) == (2, "['https://news.example/after', 'https://news.example/kept']"), done.stderr
    assert all(error.startswith(f"{path}: cannot be written (") for error in errors)


def test_threads_share_a_record(record: Record) -> None:
    def write(worker: int) -> None:
        for number in range(10):
            record.put_articles([article(f"https://news.example/{worker}/{number}")])

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(record.articles()) == 40


def test_two_connections_wait_for_each_other(record: Record) -> None:
    other = Record(record.path)
    record.put_articles([FIRST])
    other.put_articles([SECOND])
    assert record.articles() == other.articles() == [SECOND, FIRST]


def damaged(path: Path) -> str:
    path.write_bytes(b"this is no database at all" * 100)
    return "the record cannot be opened (file is not a database); move the file away or mend it"


def newer(path: Path) -> str:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    return "written by a newer shuho (version 99); upgrade shuho"


def folder(path: Path) -> str:
    path.mkdir()
    return "the record cannot be opened (unable to open database file); move the file away or mend it"


@pytest.mark.parametrize("spoil", [damaged, newer, folder])
def test_a_file_that_is_no_record_is_said(tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "record.sqlite"
    says = spoil(path)  # type: ignore[operator]
    with pytest.raises(SettingError) as caught:
        Record(path)
    assert str(caught.value) == f"{path}: {says}"


def test_a_file_in_the_folder_s_place_is_said(tmp_path: Path) -> None:
    (tmp_path / ".shuho").write_text("")
    with pytest.raises(SettingError, match=r"\.shuho: cannot be made a folder"):
        Record(tmp_path / ".shuho" / "record.sqlite")


@pytest.mark.parametrize(
    ("engines", "expected"),
    [((), "extractive"), (("extractive",), "extractive"), (("extractive", "model"), "model"), (("model",), "model")],
)
def test_engine_of(engines: tuple[str, ...], expected: str) -> None:
    assert engine_of([digest(FIRST, engine=engine) for engine in engines]) == expected

"""A poisoned article of an earlier week: removed by its address, from the record and the index."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from agent.observability.progress import Silent
from agent.settings import Settings
from agent.storage.embed import SentenceEncoder
from agent.storage.record import Record
from agent.storage.store import ArticleStore
from shuho.app import RunOptions, run_week
from tests.builders import fetched
from tests.shuho.weeks import Command, write_topic

WEEK = "2026-W15"


def run(folder: Path) -> Path:
    """Make the week in a folder; return its output."""
    asyncio.run(run_week(RunOptions(write_topic(folder, 6), folder / "out", WEEK), Settings(), Silent()))
    return folder / "out"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("finished"))


@pytest.fixture
def out(tmp_path: Path, finished: Path) -> Path:
    """Return a copy of the finished week's output; its articles have the addresses of the files of `finished`."""
    return shutil.copytree(finished, tmp_path / "out")


def stored(out: Path) -> tuple[dict[str, str], list[str], set[str]]:
    """Return the record's articles (id to address), its pages, and the ids in the index."""
    record = Record(out / ".shuho" / "record.sqlite")
    with ArticleStore(out / ".shuho" / "chroma", SentenceEncoder()) as store:
        articles = {article.id: article.url for article in record.articles()}
        near = {hit.article_id for hit in store.near("AI", 100)} | {
            hit.article_id for hit in store.evidence("AI", list(articles), 1000)
        }
    pages = [url for url, _ in record.page_addresses()]
    record.close()
    return articles, pages, near


def test_an_article_is_removed_everywhere_and_the_others_stay(shuho: Command, out: Path) -> None:
    before, _, _ = stored(out)
    gone, address = next(iter(before.items()))
    record = Record(out / ".shuho" / "record.sqlite")
    record.put_pages([fetched(address, b"poison"), fetched("https://other.example/1", b"other")])
    title = record.article(gone).title
    record.close()
    report = next(out.glob(f"*/{WEEK}/report.json"))
    bytes_before = report.read_bytes()

    code, printed, err = shuho("purge", address, "--out", out)
    assert (code, err) == (0, "")
    assert f"removed: {title} ({address})" in printed
    assert "record: 1 articles, 1 pages, 1 digests, 1 places in reports; vector store: " in printed
    assert f"still printed: chips {WEEK} #" in printed
    assert report.read_bytes() == bytes_before
    after, pages, near = stored(out)
    assert after == {i: url for i, url in before.items() if i != gone}
    assert (pages, near) == (["https://other.example/1"], set(after))

    code, printed, err = shuho("purge", address, "--out", out)
    assert (code, printed) == (64, "")
    assert "nothing is stored of it" in err


def test_a_rebuilt_index_does_not_bring_it_back(shuho: Command, out: Path) -> None:
    before, _, _ = stored(out)
    gone, address = next(iter(before.items()))
    assert shuho("purge", address, "--out", out)[0] == 0
    assert shuho("reindex", "--out", out)[0] == 0
    assert gone not in stored(out)[2]


def test_it_stays_away_until_it_is_allowed(shuho: Command, tmp_path: Path) -> None:
    out = run(tmp_path)
    before, _, _ = stored(out)
    gone, address = next(iter(before.items()))
    assert shuho("purge", address, "--out", out)[0] == 0
    again = ("run", tmp_path / "chips.toml", "--week", WEEK, "--out", out, "--fresh")
    assert shuho(*again)[0] in (0, 3)
    assert set(stored(out)[0]) == set(before) - {gone}
    report = next(out.glob(f"*/{WEEK}/report.json")).read_text()
    assert address not in report

    code, printed, _ = shuho("purge", "--allow", address, "--out", out)
    assert (code, "allowed again" in printed) == (0, True)
    assert shuho("purge", "--allow", address, "--out", out)[0] == 64
    assert shuho(*again)[0] in (0, 3)
    assert set(stored(out)[0]) == set(before)
    assert address in next(out.glob(f"*/{WEEK}/report.json")).read_text()


def test_a_run_under_way_with_it_researches_again(shuho: Command, out: Path) -> None:
    record = Record(out / ".shuho" / "record.sqlite")
    (run,) = record.runs("chips", WEEK)
    plan = record.plan(run.run)
    assert plan is not None
    record.start_run("unfinished", "chips", WEEK, "print")
    record.put_plan("unfinished", plan)
    address = record.article(plan.events[0].article_id).url
    record.close()
    assert shuho("purge", address, "--out", out)[0] == 0
    record = Record(out / ".shuho" / "record.sqlite")
    prints = {row.run: row.fingerprint for row in record.runs("chips", WEEK)}
    record.close()
    assert prints == {run.run: run.fingerprint, "unfinished": ""}

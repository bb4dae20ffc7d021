from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.extract import Extractor
from agent.extract.page import extract_page
from agent.extract.pool import ExtractLimits, failed
from agent.model import Fetched
from tests.agent.extract.pages import article, fetched, paragraphs


def slow_page() -> Fetched:
    """Return a page that takes some seconds and some hundred megabytes to read."""
    links = "".join(f"<li><a href='/p/{number}'>story {number}</a> text</li>" for number in range(150_000))
    return fetched(f"<html><body><ul>{links}</ul></body></html>", url="https://news.example/slow")


def children() -> list[int]:
    """Return the ids of this process's children that read pages; one that ends meanwhile is none."""
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    numbers = [int(number) for path in found for number in _read(path).split()]
    return [n for n in numbers if b"agent.extract.worker" in _read(Path(f"/proc/{n}/cmdline"))]


def _read(path: Path) -> bytes:
    """Return what the kernel says at `path`, nothing of a process or thread that has ended since it was listed."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


@pytest.fixture
async def extractor() -> AsyncIterator[Extractor]:
    pool = Extractor()
    yield pool
    await pool.aclose()


async def test_a_worker_reads_what_the_parser_reads(extractor: Extractor) -> None:
    page = fetched(article(before="<p>公開日 2026年4月10日</p>", language="ja"))
    assert await extractor.extract(page, timezone="Asia/Tokyo") == extract_page(page, "Asia/Tokyo")


async def test_many_tasks_at_once_get_their_own_answers(extractor: Extractor) -> None:
    await extractor.start()
    pages = [fetched(article([f"Page {n}.", *paragraphs()]), url=f"https://news.example/{n}") for n in range(40)]
    answers = await asyncio.gather(*(extractor.extract(page) for page in pages))
    assert [(answer.url, answer.text.split("\n")[0]) for answer in answers] == [
        (page.url, f"Page {number}.") for number, page in enumerate(pages)
    ]
    assert len(children()) == 2


async def test_a_worker_that_hangs_is_replaced() -> None:
    """The wall time is also the new worker's to load its libraries in: much more than that takes on a busy machine."""
    pool = Extractor(ExtractLimits(processes=1, wall=6.0))
    try:
        await pool.start()
        # The kernel's list of children may leave some out while others end.
        while not (workers := children()):
            await asyncio.sleep(0.01)
        for number in workers:
            os.kill(number, signal.SIGSTOP)
        good = fetched(article())
        assert await pool.extract(good) == failed(good)
        assert await pool.extract(good) == extract_page(good, "UTC")
    finally:
        await pool.aclose()


@pytest.mark.parametrize("limits", [ExtractLimits(cpu=1), ExtractLimits(memory=16 << 20)], ids=["cpu", "memory"])
async def test_a_page_beyond_the_limits_fails_alone(limits: ExtractLimits) -> None:
    pool = Extractor(limits)
    try:
        good = fetched(article())
        assert await pool.extract(slow_page()) == failed(slow_page())
        assert await pool.extract(good) == extract_page(good, "UTC")
    finally:
        await pool.aclose()


@pytest.mark.parametrize(
    "clutter",
    [
        "".join(f"<a href='/p/{n}.html'>More {n}</a>" for n in range(100_000)),
        f"<table>{''.join(f'<tr><td>{n}</td><td>{n}</td></tr>' for n in range(10_000))}</table>",
    ],
    ids=["100,000 links", "20,000 cells"],
)
async def test_huge_pages_keep_their_text(clutter: str) -> None:
    """Time grows with the page's length (3 s for these links on an idle machine), so that the limits hold."""
    page = article().replace("</article>", f"</article><div>{clutter}</div>")
    pool = Extractor(ExtractLimits(wall=60.0, cpu=60))
    try:
        found = await pool.extract(fetched(page))
        assert (found.text, found.problem) == ("\n".join(paragraphs()), None)
    finally:
        await pool.aclose()


async def test_a_killed_worker_is_replaced(extractor: Extractor) -> None:
    good = fetched(article())
    expected = await extractor.extract(good)
    for number in children():
        os.kill(number, signal.SIGKILL)
    assert await extractor.extract(good) == failed(good)
    assert await extractor.extract(good) == expected


async def test_a_cancelled_request_leaves_no_answer_behind(extractor: Extractor) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(extractor.extract(slow_page()), 0.7)
    good = fetched(article())
    answers = await asyncio.gather(*(extractor.extract(good) for _ in range(4)))
    assert {answer.url for answer in answers} == {good.url}


async def test_workers_are_renewed_after_their_share_of_documents() -> None:
    pool = Extractor(ExtractLimits(processes=1, documents=2))
    try:
        seen = set()
        for _ in range(4):
            await pool.start()
            seen.update(children())
            assert (await pool.extract(fetched(article()))).problem is None
        assert len(seen) == 2
    finally:
        await pool.aclose()
    assert children() == []


async def test_workers_see_no_secrets(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "canary-7f3a")
    await extractor.extract(fetched(article()))
    environments = [_read(Path(f"/proc/{number}/environ")) for number in children()]
    assert any(environments)
    assert b"canary" not in b"".join(environments)

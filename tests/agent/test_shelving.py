import asyncio
import threading
from collections.abc import Sequence

from agent.errors import SettingError
from agent.fetching.fetch import HttpFetcher, MemoryCache
from agent.model import Fetched
from tests.agent.fetching.test_fetch import HTML, LIMITS
from tests.servers.web import WebServer


class SlowDisk(MemoryCache):
    """Stores nothing before `go`; `batches` are the counts of pages that were stored together."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.batches: list[int] = []

    def put_pages(self, pages: Sequence[Fetched]) -> None:
        assert self.go.wait(60)
        self.batches.append(len(pages))
        super().put_pages(pages)


async def test_pages_that_come_while_the_disk_is_busy_are_stored_together() -> None:
    disk = SlowDisk()
    fetcher = HttpFetcher(LIMITS, disk)
    with WebServer({f"/{n}": (200, HTML, b"x") for n in range(12)}) as server:
        getting = [asyncio.create_task(fetcher.get(f"{server.url}/{n}")) for n in range(12)]
        try:
            while len(server.requests) < 12:
                await asyncio.sleep(0.01)
            getting[0].cancel()
            disk.go.set()
            pages = await asyncio.gather(*getting[1:])
        finally:
            disk.go.set()
            await fetcher.aclose()
    assert [disk.page(page.url) for page in pages] == pages
    assert len(disk.batches) < 12


async def test_what_the_disk_raises_reaches_whoever_asked() -> None:
    class FullDisk(MemoryCache):
        def put_pages(self, pages: Sequence[Fetched]) -> None:
            raise SettingError("the disk is full")

    fetcher = HttpFetcher(LIMITS, FullDisk())
    with WebServer({f"/{n}": (200, HTML, b"x") for n in range(4)}) as server:
        try:
            found = await asyncio.gather(*(fetcher.get(f"{server.url}/{n}") for n in range(4)), return_exceptions=True)
        finally:
            await fetcher.aclose()
    assert [str(error) for error in found] == ["the disk is full"] * 4

from pathlib import Path

import pytest

from agent.errors import SourceError
from agent.fetching.fetch import FetchLimits, HttpFetcher, MemoryCache
from tests.servers.web import WebServer


async def test_a_folder_is_served_by_host(tmp_path: Path) -> None:
    (tmp_path / "web" / "news.example" / "p").mkdir(parents=True)
    (tmp_path / "web" / "news.example" / "index.html").write_bytes(b"front")
    (tmp_path / "web" / "news.example" / "p" / "ai.xml").write_bytes(b"<rss/>")
    (tmp_path / "secret.html").write_bytes(b"secret")
    with WebServer(folder=tmp_path / "web") as server:
        fetcher = HttpFetcher(FetchLimits(allow_private_addresses=True, host_interval=0.0), MemoryCache())
        front = await fetcher.get(f"{server.url}/news.example/")
        feed = await fetcher.get(f"{server.url}/news.example/p/ai.xml")
        with pytest.raises(SourceError, match="404"):
            await fetcher.get(f"{server.url}/..%2fsecret.html")
        await fetcher.aclose()
    assert [(page.content_type, page.body) for page in (front, feed)] == [
        ("text/html", b"front"),
        ("application/xml", b"<rss/>"),
    ]
    assert server.paths == ["/robots.txt", "/news.example/", "/news.example/p/ai.xml", "/..%2fsecret.html"]

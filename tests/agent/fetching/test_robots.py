import time
from collections.abc import AsyncIterator, Iterator

import pytest

from agent.errors import SourceError
from agent.fetching.fetch import FetchLimits, HttpFetcher, MemoryCache
from tests.servers.web import Reply, WebServer, nobody

HTML = {"Content-Type": "text/html"}
TEXT = {"Content-Type": "text/plain"}
LIMITS = FetchLimits(allow_private_addresses=True, host_interval=0.0, total=60.0, user_agent="shuho/1.0 (test)")
FORBIDDEN = "robots: forbidden by robots.txt"
LONG = b"User-agent: *\nDisallow: /early\n" + b"# filler\n" * 200_000 + b"Disallow: /late\n"


@pytest.fixture
def server() -> Iterator[WebServer]:
    pages: dict[str, Reply] = {path: (200, HTML, b"page") for path in ("/a", "/b", "/early", "/late")}
    with WebServer(pages) as web:
        yield web


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    made = HttpFetcher(LIMITS, MemoryCache())
    yield made
    await made.aclose()


async def outcome(fetcher: HttpFetcher, url: str) -> str:
    try:
        return (await fetcher.get(url)).body.decode()
    except SourceError as error:
        return f"{error.reason}: {error.detail}"


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ((404, TEXT, b""), "page"),
        ((401, TEXT, b""), "page"),
        ((200, TEXT, b""), "page"),
        ((200, TEXT, b"User-agent: *\nDisallow:\n"), "page"),
        ((200, HTML, b"<html><body>Welcome</body></html>"), "page"),
        ((200, TEXT, b"User-agent: *\nDisallow: /b\n"), "page"),
        ((200, TEXT, b"User-agent: *\nDisallow: /\n"), FORBIDDEN),
        (
            (200, TEXT, b"User-agent: shuho\nDisallow: /a\n\nUser-agent: *\nAllow: /\n"),
            FORBIDDEN,
        ),
        ((200, TEXT, b"User-agent: shuho\nAllow: /\n\nUser-agent: *\nDisallow: /\n"), "page"),
        ((200, TEXT, "\ufeffUser-agent: *\nDisallow: /\n".encode()), FORBIDDEN),
        ((302, {"Location": "/other.txt"}, b""), FORBIDDEN),
        ((500, TEXT, b""), "robots: robots.txt could not be read: 500"),
        ((429, TEXT, b""), "robots: robots.txt could not be read: 429"),
        ((302, {"Location": "/robots.txt"}, b""), "robots: robots.txt could not be read: more than 5 redirects"),
    ],
)
async def test_robots_is_obeyed(server: WebServer, fetcher: HttpFetcher, robots: Reply, expected: str) -> None:
    server.routes["/robots.txt"] = robots
    server.routes["/other.txt"] = (200, TEXT, b"User-agent: *\nDisallow: /\n")
    assert await outcome(fetcher, f"{server.url}/a") == expected
    assert ("/a" in server.paths) is (expected == "page")


async def test_a_long_robots_counts_up_to_half_a_megabyte(server: WebServer, fetcher: HttpFetcher) -> None:
    server.routes["/robots.txt"] = (200, TEXT, LONG)
    found = [await outcome(fetcher, f"{server.url}/{name}") for name in ("early", "late")]
    assert found == [FORBIDDEN, "page"]


async def test_robots_is_read_once_for_a_site(server: WebServer, fetcher: HttpFetcher) -> None:
    for path in ("/a", "/b", "/a"):
        await fetcher.get(server.url + path)
    assert server.paths == ["/robots.txt", "/a", "/b", "/a"]


async def test_a_redirect_into_a_forbidden_place_is_not_followed(server: WebServer, fetcher: HttpFetcher) -> None:
    server.routes["/robots.txt"] = (200, TEXT, b"User-agent: *\nDisallow: /b\n")
    server.routes["/to-b"] = (302, {"Location": "/b"}, b"")
    assert await outcome(fetcher, f"{server.url}/to-b") == FORBIDDEN
    assert server.paths == ["/robots.txt", "/to-b"]


async def test_crawl_delay_is_kept(server: WebServer, fetcher: HttpFetcher) -> None:
    server.routes["/robots.txt"] = (200, TEXT, b"User-agent: *\nCrawl-delay: 0.3\n")
    began = time.monotonic()
    for path in ("/a", "/b"):
        await fetcher.get(server.url + path)
    assert time.monotonic() - began > 0.3


async def test_an_unreachable_site_is_left_out(fetcher: HttpFetcher) -> None:
    with nobody() as url:
        assert (await outcome(fetcher, url)).startswith("unreachable: robots.txt could not be read: ")


async def test_a_refused_address_is_called_so() -> None:
    fetcher = HttpFetcher(FetchLimits(), MemoryCache())
    assert (await outcome(fetcher, "http://127.0.0.1/")).startswith("refused_address: ")
    await fetcher.aclose()

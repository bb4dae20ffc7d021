import asyncio
import gzip
import threading
import time
import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from agent.errors import SourceError
from agent.fetching.fetch import FetchLimits, HttpFetcher, MemoryCache
from tests.load import within
from tests.servers.web import Reply, Request, WebServer, nobody

HTML = {"Content-Type": "text/html; charset=utf-8"}
LIMITS = FetchLimits(allow_private_addresses=True, host_interval=0.0, respect_robots=False, total=60.0, idle=30.0)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as web:
        yield web


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    made = HttpFetcher(LIMITS, MemoryCache())
    yield made
    await made.aclose()


async def failure(url: str, limits: FetchLimits = LIMITS, **addresses: str) -> tuple[str, str, str]:
    """Fetch and return reason, subject and detail of the error; `addresses`: host name with _ for . -> addresses."""

    async def resolve(host: str, port: int) -> tuple[str, ...]:
        return tuple(addresses[host.replace(".", "_")].split())

    fetcher = HttpFetcher(limits, MemoryCache(), resolver=resolve if addresses else None)
    try:
        with pytest.raises(SourceError) as caught:
            await fetcher.get(url)
    finally:
        await fetcher.aclose()
    return caught.value.reason, caught.value.subject, caught.value.detail


def at(url: str) -> str:
    return url.rpartition(":")[2]


async def test_a_page_comes_back_whole(server: WebServer, fetcher: HttpFetcher) -> None:
    headers = {**HTML, "Content-Encoding": "gzip", "ETag": '"1"', "Last-Modified": "Fri, 10 Apr 2026 00:00:00 GMT"}
    server.routes["/a"] = (200, headers, gzip.compress("記事".encode()))
    begun = datetime.now(UTC)
    page = await fetcher.get(f"{server.url}/a#top")
    assert begun <= page.fetched_at <= datetime.now(UTC)
    assert page.model_dump(exclude={"fetched_at"}) == {
        "url": f"{server.url}/a#top",
        "final_url": f"{server.url}/a",
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "body": "記事".encode(),
        "etag": '"1"',
        "last_modified": "Fri, 10 Apr 2026 00:00:00 GMT",
        "redirects": (),
    }
    sent = server.requests[0].headers
    assert {name: sent.get(name) for name in ("user-agent", "accept-encoding", "cookie", "authorization")} == {
        "user-agent": LIMITS.user_agent,
        "accept-encoding": "gzip, deflate",
        "cookie": None,
        "authorization": None,
    }


async def test_redirects_are_followed_and_told(server: WebServer, fetcher: HttpFetcher) -> None:
    server.routes["/1"] = (301, {"Location": "/2#x", "Set-Cookie": "a=b"}, b"")
    server.routes["/2"] = (307, {"Location": f"{server.url}/3"}, b"")
    server.routes["/3"] = (200, HTML, b"here")
    page = await fetcher.get(f"{server.url}/1")
    assert (page.final_url, page.body) == (f"{server.url}/3", b"here")
    assert page.redirects == (f"{server.url}/2#x", f"{server.url}/3")
    assert [request.headers.get("cookie") for request in server.requests] == [None, None, None]


async def test_an_unchanged_page_is_the_stored_copy(server: WebServer, fetcher: HttpFetcher) -> None:
    def reply(request: Request) -> Reply:
        known = request.headers.get("if-none-match") == '"v1"' and request.headers.get("if-modified-since") == "then"
        return (304, {}, b"") if known else (200, {**HTML, "ETag": '"v1"', "Last-Modified": "then"}, b"first")

    server.routes["/a"] = reply
    first = await fetcher.get(f"{server.url}/a")
    assert await fetcher.get(f"{server.url}/a") == first
    assert len(server.requests) == 2


async def test_a_stored_page_is_not_claimed_for_another_address(server: WebServer, fetcher: HttpFetcher) -> None:
    server.routes["/old"] = (302, {"Location": "/new"}, b"")
    server.routes["/new"] = (200, {**HTML, "ETag": '"n"'}, b"new")
    await fetcher.get(f"{server.url}/old")
    await fetcher.get(f"{server.url}/old")
    assert [(r.path, r.headers.get("if-none-match")) for r in server.requests] == [
        ("/old", None),
        ("/new", None),
        ("/old", None),
        ("/new", '"n"'),
    ]


@pytest.mark.parametrize("status", [304, 400, 403, 404, 410, 451, 500, 502])
async def test_an_error_status_is_a_gap(server: WebServer, status: int) -> None:
    server.routes["/a"] = (status, HTML, b"<p>Sorry</p>")
    assert await failure(f"{server.url}/a") == ("http_error", f"{server.url}/a", str(status))


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["0", "date"])
async def test_a_busy_server_is_asked_once_more(
    server: WebServer, fetcher: HttpFetcher, status: int, after: str
) -> None:
    wait = format_datetime(datetime.now(UTC), usegmt=True) if after == "date" else after
    replies = [(status, {"Retry-After": wait}, b""), (200, HTML, b"now")]
    server.routes["/a"] = lambda request: replies.pop(0)
    assert (await fetcher.get(f"{server.url}/a")).body == b"now"


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ({}, 1),
        ({"Retry-After": "11"}, 1),
        ({"Retry-After": "soon"}, 1),
        ({"Retry-After": "0"}, 2),
        ({"Retry-After": f"Thu, 09 Apr {'9' * 20} 10:00:00 GMT"}, 1),
    ],
)
async def test_a_server_that_stays_busy_is_a_gap(server: WebServer, headers: dict[str, str], asked: int) -> None:
    server.routes["/a"] = (503, headers, b"")
    assert await failure(f"{server.url}/a") == ("http_error", f"{server.url}/a", "503")
    assert len(server.requests) == asked


def drip() -> Iterator[bytes]:
    for _ in range(200):
        yield b"a"
        time.sleep(0.05)


def endless() -> Iterator[bytes]:
    while True:
        yield b"a" * 65536


def nested() -> bytes:
    """Return 300 MB in gzip in gzip, a thousandth of a thousandth of it."""
    layer = zlib.compressobj(1, wbits=31)
    return gzip.compress(b"".join(layer.compress(b"\0" * 1_000_000) for _ in range(300)) + layer.flush())


NESTED = nested()


def hang() -> Iterator[bytes]:
    yield b"a"
    time.sleep(1.5)
    yield b"b"


@pytest.mark.parametrize(
    ("reply", "limits", "reason"),
    [
        (lambda request: (200, HTML, endless()), LIMITS, "too_large"),
        (lambda request: (200, HTML, drip()), replace(LIMITS, total=0.3), "unreachable"),
        (lambda request: (200, HTML, hang()), replace(LIMITS, idle=0.2), "unreachable"),
        ((200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(b"a" * 20_000_000)), LIMITS, "too_large"),
        ((200, {**HTML, "Content-Encoding": "gzip, gzip"}, NESTED), LIMITS, "undecodable"),
        ((200, {**HTML, "Content-Encoding": "gzip"}, NESTED), LIMITS, "too_large"),
        ((200, {**HTML, "Content-Encoding": "br"}, b"abc"), LIMITS, "undecodable"),
        ((302, {"Location": "/a"}, b""), LIMITS, "http_error"),
        ((302, {"Location": "file:///etc/passwd"}, b""), LIMITS, "refused_address"),
        ((302, {"Location": "http://[/"}, b""), LIMITS, "refused_address"),
    ],
    ids=["endless", "drip", "hang", "bomb", "nested", "inner", "no encoding", "loop", "to a file", "to nonsense"],
)
async def test_bad_answers_end_soon(server: WebServer, reply: Reply, limits: FetchLimits, reason: str) -> None:
    server.routes["/a"] = reply
    with within(3):
        assert (await failure(f"{server.url}/a", limits))[:2] == (reason, f"{server.url}/a")


async def test_a_loop_stops_after_five_redirects(server: WebServer) -> None:
    server.routes["/a"] = (302, {"Location": "/a"}, b"")
    await failure(f"{server.url}/a")
    assert len(server.requests) == 6


async def test_limit_bytes_is_the_callers(server: WebServer, fetcher: HttpFetcher) -> None:
    server.routes["/a"] = (200, HTML, b"a" * 1000)
    assert len((await fetcher.get(f"{server.url}/a", limit_bytes=1000)).body) == 1000
    with pytest.raises(SourceError, match="too_large"):
        await fetcher.get(f"{server.url}/a", limit_bytes=999)


async def test_a_closed_port_is_unreachable() -> None:
    with nobody() as url:
        assert (await failure(url))[0] == "unreachable"


GUARDED = replace(LIMITS, allow_private_addresses=False)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "0.0.0.0"],
)
async def test_private_addresses_are_refused_in_every_form(host: str) -> None:
    assert (await failure(f"http://{host}/", GUARDED))[0] == "refused_address"


async def test_a_name_with_one_private_address_is_refused() -> None:
    found = await failure("https://news.example/a", GUARDED, news_example="93.184.215.14 10.0.0.1")
    assert found == ("refused_address", "https://news.example/a", "resolves to 10.0.0.1")


async def test_the_name_is_resolved_once_and_that_address_is_connected_to(server: WebServer) -> None:
    server.routes["/a"] = (200, HTML, b"here")
    asked: list[str] = []

    async def resolve(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    fetcher = HttpFetcher(LIMITS, MemoryCache(), resolver=resolve)
    page = await fetcher.get(f"http://news.example:{at(server.url)}/a")
    await fetcher.aclose()
    assert (page.body, asked) == (b"here", ["news.example"])
    assert server.requests[0].headers["host"] == f"news.example:{at(server.url)}"


async def test_a_name_that_does_not_resolve_is_unreachable() -> None:
    async def resolve(host: str, port: int) -> tuple[str, ...]:
        raise OSError("no such name")

    fetcher = HttpFetcher(GUARDED, MemoryCache(), resolver=resolve)
    with pytest.raises(SourceError, match="unreachable"):
        await fetcher.get("https://news.example/a")
    await fetcher.aclose()


async def test_proxies_of_the_environment_are_not_used(
    server: WebServer, fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.routes["/a"] = (200, HTML, b"direct")
    assert (await fetcher.get(f"{server.url}/a")).body == b"direct"


async def test_requests_to_one_host_keep_their_distance(server: WebServer) -> None:
    """A busy machine makes an answer late, and none early: the answer `n` comes after `n` intervals."""
    times: list[float] = []

    async def ask(number: int) -> None:
        await fetcher.get(f"{server.url}/{number}")
        times.append(time.monotonic())

    server.routes.update({f"/{n}": (200, HTML, b"a") for n in range(4)})
    fetcher = HttpFetcher(replace(LIMITS, host_interval=0.1), MemoryCache())
    begun = time.monotonic()
    await asyncio.gather(*map(ask, range(4)))
    await fetcher.aclose()
    assert [number for number, at in enumerate(times) if at - begun < 0.1 * number] == []


@pytest.mark.parametrize(
    ("limits", "most"), [(replace(LIMITS, per_host=2), 2), (replace(LIMITS, total_concurrency=1), 1)]
)
async def test_few_requests_run_at_once(server: WebServer, limits: FetchLimits, most: int) -> None:
    together = threading.Barrier(most)

    def reply(request: Request) -> Reply:
        together.wait(60)
        time.sleep(0.05)
        return 200, HTML, b"a"

    server.routes.update({f"/{n}": reply for n in range(6)})
    fetcher = HttpFetcher(limits, MemoryCache())
    await asyncio.gather(*(fetcher.get(f"{server.url}/{n}") for n in range(6)))
    await fetcher.aclose()
    assert server.most_at_once == most

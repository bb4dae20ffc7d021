"""Fetching pages: politely (robots.txt, pace per host, conditional requests) and within limits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin, urlsplit

from agent.errors import SourceError
from agent.fetching.inflate import Caps
from agent.fetching.robots import MAX_BYTES as ROBOTS_BYTES
from agent.fetching.robots import Robots
from agent.model import Fetched

if TYPE_CHECKING:
    from agent.fetching.network import Answer, GuardedClient, Resolver

_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)


@dataclass(frozen=True)
class FetchLimits:
    """What one run may ask of the web: seconds, bytes and counts."""

    connect: float = 5.0
    idle: float = 10.0
    total: float = 30.0
    """Seconds on the wire for one page, all redirects together; waiting for a turn does not count."""
    redirects: int = 5
    wire_bytes: int = 5_000_000
    decoded_bytes: int = 10_000_000
    ratio: int = 100
    total_concurrency: int = 8
    per_host: int = 2
    host_interval: float = 0.5
    retry_after: float = 10.0
    """The longest wait that a busy server may ask for; a longer one makes the page a gap."""
    allow_private_addresses: bool = False
    """True lets any address and any port be read: for test servers on 127.0.0.1."""
    respect_robots: bool = True
    user_agent: str = "shuho/1.0 (weekly report; reads each page once)"


class Fetcher(Protocol):
    """Reads a page by its address."""

    async def get(self, url: str, *, limit_bytes: int | None = None) -> Fetched:
        """Return the page, decoded from its content encoding. Raises SourceError with a GapReason.

        `limit_bytes` lowers (or for documents raises) the caps on the body's size.
        """
        ...


class PageCache(Protocol):
    """Keeps the pages that were fetched, by the address that was asked for."""

    def page(self, url: str) -> Fetched | None:
        """Return the stored page, None when there is none."""
        ...

    def put_pages(self, pages: Sequence[Fetched]) -> None:
        """Store each page under its `url`; may be called in another thread."""
        ...


class MemoryCache:
    """A page cache that lives as long as the process."""

    def __init__(self) -> None:
        self._pages: dict[str, Fetched] = {}

    def page(self, url: str) -> Fetched | None:
        """Return the stored page, None when there is none."""
        return self._pages.get(url)

    def put_pages(self, pages: Sequence[Fetched]) -> None:
        """Store each page under its `url`."""
        self._pages.update({page.url: page for page in pages})


class _Shelving:
    """Stores pages for many tasks: those that come while the disk is busy share its next transaction.

    A transaction waits for the disk, 1 to 4 ms (measured): one for each page would hold up all tasks.
    """

    def __init__(self, cache: PageCache) -> None:
        self._cache = cache
        self._turn = asyncio.Lock()
        self._next: list[Fetched] = []
        self._storing: asyncio.Task[None] | None = None

    async def put(self, page: Fetched) -> None:
        """Return when the page is stored; raises what the cache raises."""
        if self._storing is None:
            self._storing = asyncio.create_task(self._store())
        self._next.append(page)
        # The others' pages are stored even if this one's task is cancelled.
        await asyncio.shield(self._storing)

    async def _store(self) -> None:
        async with self._turn:
            pages, self._next, self._storing = self._next, [], None
            await asyncio.to_thread(self._cache.put_pages, pages)


@dataclass
class _Host:
    slots: asyncio.Semaphore
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


@dataclass
class _Visit:
    """One page being read: what is left of its time, and where it has been."""

    url: str
    caps: Caps
    seconds: float
    stored: Fetched | None = None
    redirects: list[str] = field(default_factory=list)

    def conditions(self, hop: str) -> dict[str, str]:
        if self.stored is None or self.stored.final_url != hop:
            return {}
        wanted = {"if-none-match": self.stored.etag, "if-modified-since": self.stored.last_modified}
        return {name: value for name, value in wanted.items() if value}


class HttpFetcher:
    """The fetcher for the real web.

    Limits are those of `FetchLimits`. Names are resolved by `resolver` (the system's when None). Use in one event loop.
    """

    def __init__(self, limits: FetchLimits, cache: PageCache, *, resolver: Resolver | None = None) -> None:
        self._limits = limits
        self._cache = cache
        self._shelving = _Shelving(cache)
        self._resolver = resolver
        self._client: GuardedClient | None = None
        self._robots = Robots(self._read_robots, limits.user_agent)
        self._all = asyncio.Semaphore(limits.total_concurrency)
        self._hosts: dict[str, _Host] = {}

    async def get(self, url: str, *, limit_bytes: int | None = None) -> Fetched:
        """Return the page, from the stored copy when the server says that it has not changed.

        Raises SourceError: refused_address, robots, unreachable, http_error (detail is the status), too_large,
        undecodable.
        """
        decoded = self._limits.decoded_bytes if limit_bytes is None else limit_bytes
        wire = self._limits.wire_bytes if limit_bytes is None else limit_bytes
        caps = Caps(wire=wire, decoded=decoded, ratio=self._limits.ratio)
        visit = _Visit(url, caps, self._limits.total, self._cache.page(url))
        try:
            hop, answer = await self._follow(visit, polite=True)
        except SourceError as error:
            raise SourceError(error.reason, url, error.detail) from error
        if answer.status == 304 and visit.stored is not None:
            return visit.stored
        if not 200 <= answer.status < 300:
            raise SourceError("http_error", url, str(answer.status))
        page = _page(visit, hop, answer)
        await self._shelving.put(page)
        return page

    async def aclose(self) -> None:
        """Close all connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _read_robots(self, url: str) -> Answer:
        caps = Caps(wire=self._limits.wire_bytes, decoded=ROBOTS_BYTES, truncate=True)
        _, answer = await self._follow(_Visit(url, caps, self._limits.total), polite=False)
        return answer

    async def _follow(self, visit: _Visit, *, polite: bool) -> tuple[str, Answer]:
        from agent.fetching.network import check_url

        hop = visit.url
        for _ in range(self._limits.redirects + 1):
            hop = check_url(hop, any_port=self._limits.allow_private_addresses)
            answer = await (self._ask_politely(hop, visit) if polite else self._ask(hop, visit))
            location = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not location:
                return hop, answer
            hop = _join(hop, location)
            visit.redirects.append(hop)
        raise SourceError("http_error", visit.url, f"more than {self._limits.redirects} redirects")

    async def _ask_politely(self, hop: str, visit: _Visit) -> Answer:
        delay = await self._robots.delay(hop) if self._limits.respect_robots else 0.0
        interval = max(delay, self._limits.host_interval)
        answer = await self._in_turn(hop, visit, interval)
        if answer.status not in _BUSY:
            return answer
        wait = _seconds_to_wait(answer.headers)
        if wait is None or wait > self._limits.retry_after:
            return answer
        await asyncio.sleep(wait)
        return await self._in_turn(hop, visit, interval)

    async def _in_turn(self, hop: str, visit: _Visit, interval: float) -> Answer:
        host = self._host(hop)
        async with host.slots:
            async with host.gate:
                await asyncio.sleep(max(0.0, host.free_at - time.monotonic()))
                host.free_at = time.monotonic() + interval
            async with self._all:
                return await self._ask(hop, visit)

    def _host(self, url: str) -> _Host:
        name = (urlsplit(url).hostname or "").rstrip(".")
        if name not in self._hosts:
            self._hosts[name] = _Host(asyncio.Semaphore(self._limits.per_host))
        return self._hosts[name]

    async def _ask(self, hop: str, visit: _Visit) -> Answer:
        if visit.seconds <= 0:
            raise SourceError("unreachable", visit.url, "took too long")
        began = time.monotonic()
        try:
            return await self._connected().get(hop, visit.conditions(hop), visit.caps, visit.seconds)
        finally:
            visit.seconds -= time.monotonic() - began

    def _connected(self) -> GuardedClient:
        if self._client is None:
            from agent.fetching.network import GuardedClient, system_resolver

            self._client = GuardedClient(
                user_agent=self._limits.user_agent,
                connect=self._limits.connect,
                idle=self._limits.idle,
                connections=self._limits.total_concurrency * 2,
                allow_private=self._limits.allow_private_addresses,
                resolver=self._resolver or system_resolver,
            )
        return self._client


def _join(hop: str, location: str) -> str:
    try:
        return urljoin(hop, location)
    except ValueError as error:
        raise SourceError("refused_address", location, str(error)) from None


def _page(visit: _Visit, hop: str, answer: Answer) -> Fetched:
    return Fetched(
        url=visit.url,
        final_url=hop,
        status=answer.status,
        content_type=answer.headers.get("content-type", ""),
        body=answer.body,
        fetched_at=datetime.now(UTC),
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
        redirects=tuple(visit.redirects),
    )


def _seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After (RFC 9110 §10.2.3): seconds or a date; None when it is absent or unreadable."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())

"""What a site allows robots to read (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from agent.errors import SourceError

if TYPE_CHECKING:
    from protego import Protego

    from agent.fetching.network import Answer

MAX_BYTES = 500_000
MAX_DELAY = 10.0

ReadRobots = Callable[[str], Awaitable["Answer"]]
"""Address of a robots.txt -> the answer after redirects, its body cut at MAX_BYTES; raises SourceError."""


@dataclass(frozen=True)
class _Rules:
    parsed: Protego | None = None
    reason: str = "robots"
    problem: str = ""


class Robots:
    """Reads each site's robots.txt once and answers for its addresses."""

    def __init__(self, read: ReadRobots, user_agent: str) -> None:
        self._read = read
        self._token = user_agent.split("/")[0].strip() or "*"
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def delay(self, url: str) -> float:
        """Return the seconds that must lie between two requests to the site: its crawl-delay, at most 10.

        Raises SourceError: robots when the site forbids the address or answers for its robots.txt with a server error
        or 429, unreachable when it does not answer at all, refused_address when the site's own address is refused. A
        missing robots.txt (any other 4xx) allows all.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                self._rules[origin] = await self._load(f"{origin}/robots.txt")
        rules = self._rules[origin]
        if rules.problem:
            raise SourceError(rules.reason, url, rules.problem)
        if rules.parsed is None:
            return 0.0
        if not rules.parsed.can_fetch(url, self._token):
            raise SourceError("robots", url, "forbidden by robots.txt")
        return min(rules.parsed.crawl_delay(self._token) or 0.0, MAX_DELAY)

    async def _load(self, url: str) -> _Rules:
        try:
            answer = await self._read(url)
        except SourceError as error:
            if error.reason == "refused_address":
                raise
            reason = "unreachable" if error.reason == "unreachable" else "robots"
            return _Rules(reason=reason, problem=f"robots.txt could not be read: {error.detail}")
        if answer.status >= 500 or answer.status == 429:
            return _Rules(problem=f"robots.txt could not be read: {answer.status}")
        if answer.status >= 400:
            return _Rules()
        from protego import Protego

        return _Rules(parsed=Protego.parse(answer.body[:MAX_BYTES].decode("utf-8-sig", "replace")))

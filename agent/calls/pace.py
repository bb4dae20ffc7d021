"""One pace for all model calls: limits per minute, and slowing down together when the provider says so."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

_SHARE = 0.8
"""Of the provider's limit, so that its clock and ours may differ."""
_BURST = 10.0
"""Seconds' worth of the rate that may go out at once."""
_SLOWEST = 2.0
"""Requests a minute below which refusals slow nobody further."""
_GROWTH = 1.05
"""Of the rate, after every call that went through."""


class _Bucket:
    """A token bucket (Turner 1986) over an injected clock; may run into debt, which is then waited off."""

    def __init__(self, per_minute: float, now: float) -> None:
        self.per_minute = per_minute
        self._level = self._capacity
        self._at = now

    @property
    def _capacity(self) -> float:
        return max(1.0, self.per_minute * _BURST / 60)

    def take(self, amount: float, now: float) -> float:
        """Take `amount` and return the seconds to wait until it would have been there."""
        self._level = min(self._capacity, self._level + (now - self._at) * self.per_minute / 60) - amount
        self._at = now
        return max(0.0, -self._level * 60 / self.per_minute)

    def slow_to(self, per_minute: float, now: float) -> None:
        """Lower the rate and drop what was saved up."""
        self.per_minute, self._level, self._at = per_minute, min(0.0, self._level), now


class Pace:
    """An adaptive limiter, shared by all calls of a process: two token buckets whose rate adapts.

    A refusal halves the rate of everyone (once for all calls that were under way) and holds everyone back for as long
    as the server asked; every success raises it by 5 % until the configured limit, or no limit, holds again.
    """

    def __init__(
        self,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._ceiling = requests_per_minute * _SHARE if requests_per_minute else None
        self._requests = _Bucket(self._ceiling, clock()) if self._ceiling else None
        self._tokens = _Bucket(tokens_per_minute * _SHARE, clock()) if tokens_per_minute else None
        self._resume_at = 0.0
        self._slowed_at = float("-inf")
        self._free_again_at = 0.0
        self._started: deque[float] = deque(maxlen=1000)

    @property
    def requests_per_minute(self) -> float | None:
        """The rate in force now, None when there is no limit."""
        return self._requests.per_minute if self._requests else None

    async def admit(self, tokens: int) -> float:
        """Wait for a call of about `tokens` tokens to be allowed; return the moment at which it starts."""
        now = self._clock()
        wait = max(
            self._requests.take(1, now) if self._requests else 0.0,
            self._tokens.take(tokens, now) if self._tokens else 0.0,
        )
        start = now + wait
        while (remaining := max(start, self._resume_at) - self._clock()) > 0:
            await self._sleep(remaining)
        started = self._clock()
        self._started.append(started)
        return started

    def refused(self, started: float, delay: float | None) -> None:
        """Slow everyone after a refusal of the call that began at `started`; `delay` is the server's, in seconds."""
        now = self._clock()
        self._resume_at = max(self._resume_at, now + (delay or 0.0))
        if started <= self._slowed_at:
            return
        self._slowed_at = now
        rate = self.requests_per_minute or float(sum(1 for at in self._started if now - at < 60))
        slower = max(_SLOWEST, rate / 2)
        self._free_again_at = max(self._free_again_at, 2 * rate)
        if self._requests is None:
            self._requests = _Bucket(slower, now)
        self._requests.slow_to(slower, now)

    def succeeded(self) -> None:
        """Let the rate recover a little after a call that went through."""
        if self._requests is None or self._requests.per_minute == self._ceiling:
            return
        faster = self._requests.per_minute * _GROWTH
        if self._ceiling is not None:
            self._requests.per_minute = min(self._ceiling, faster)
        elif faster >= self._free_again_at:
            self._requests, self._free_again_at = None, 0.0
        else:
            self._requests.per_minute = faster

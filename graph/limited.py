"""The limits that end a run's asking: its wall time, and the provider's quota for the day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from agent.engine import Brief, Digested, PackingEngine
from agent.errors import BudgetReached, QuotaReached
from agent.model import Article, CategoryDraft, Digest, EngineName, Synthesis

T = TypeVar("T")


class LimitedEngine:
    """An engine that asks nothing after `minutes` of wall time (0: no limit), and remembers that the quota is used up.

    The agents finish without the model at both; `stop_at_quota` lets the run stop instead and go on another day.
    """

    def __init__(self, engine: PackingEngine, minutes: float, clock: Callable[[], float], used: float = 0.0) -> None:
        """Take the engine and its limit; `used` is the seconds that earlier starts of the run have taken."""
        self.name: EngineName = engine.name
        self._engine = engine
        self._minutes = minutes
        self._clock = clock
        self._deadline = clock() + 60 * minutes - used if minutes else None
        self._quota: QuotaReached | None = None
        self._asking = 0
        self._nobody_asks = asyncio.Event()

    async def digest(self, article: Article, brief: Brief) -> Digest:
        """Return the digest of one article. Raises BudgetReached when the time is up."""
        return await self._limited(self._engine.digest(article, brief))

    async def digest_packed(self, article: Article, pack: Sequence[Article], brief: Brief) -> Digest:
        """Return the digest of one article of a pack. Raises BudgetReached when the time is up."""
        return await self._limited(self._engine.digest_packed(article, pack, brief))

    async def categorize(self, items: Sequence[Digested], brief: Brief) -> tuple[CategoryDraft, ...]:
        """Put every item into exactly one category. Raises BudgetReached when the time is up."""
        return await self._limited(self._engine.categorize(items, brief))

    async def edit(self, items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief) -> Synthesis:
        """Write the synthesis. Raises BudgetReached when the time is up."""
        return await self._limited(self._engine.edit(items, categories, brief))

    async def stop_at_quota(self) -> None:
        """Raise QuotaReached if the quota is used up, once the calls under way have ended: their answers are paid."""
        if self._quota is not None:
            await self._nobody_asks.wait()
            raise self._quota

    async def in_time(self, work: Awaitable[T]) -> T:
        """Return what `work` does. Raises BudgetReached when the time is up."""
        left = None if self._deadline is None else max(0.0, self._deadline - self._clock())
        try:
            async with asyncio.timeout(left) as timer:
                return await work
        except TimeoutError:
            if not timer.expired():
                raise
            raise BudgetReached(f"the limit of {self._minutes:g} minutes (limits.wall_minutes) is reached") from None

    async def _limited(self, work: Awaitable[T]) -> T:
        self._asking += 1
        self._nobody_asks.clear()
        try:
            return await self.in_time(work)
        except QuotaReached as error:
            self._quota = error
            raise
        finally:
            self._asking -= 1
            if not self._asking:
                self._nobody_asks.set()

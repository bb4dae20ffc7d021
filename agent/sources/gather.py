"""Asks all sources of a topic at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.errors import SourceError
from agent.fetching.fetch import Fetcher
from agent.model import Candidate, Gap
from agent.sources import FeedSource, FilesSource, Offer, PagesSource, Source, SourceLimits, TavilySettings
from agent.sources.feed import read_feed
from agent.sources.files import read_files
from agent.sources.gaps import gap_of
from agent.sources.pages import read_pages
from agent.sources.tavily import read_tavily
from agent.week import Week


@dataclass(frozen=True)
class Gathered:
    """All candidates in the order of the sources; `counts` maps a source's label to how many items it listed."""

    candidates: tuple[Candidate, ...]
    gaps: tuple[Gap, ...]
    counts: Mapping[str, int]


async def gather(
    sources: Sequence[Source],
    *,
    fetcher: Fetcher,
    week: Week,
    tavily: TavilySettings | None = None,
    limits: SourceLimits | None = None,
) -> Gathered:
    """Return what every source offers for the week. A source that fails is a gap and never stops the others.

    The same address may be offered by several sources; items whose readable date is more than a day outside the week
    are counted in one gap (outside_week, detail `outside / offered`) for each source.
    """
    asker = _Asker(fetcher, week, tavily, limits or SourceLimits())
    offers = await asyncio.gather(*(asker.ask(source) for source in sources))
    counts: dict[str, int] = {}
    for source, offer in zip(sources, offers, strict=True):
        counts[source.label] = counts.get(source.label, 0) + offer.offered
    return Gathered(
        candidates=tuple(candidate for offer in offers for candidate in offer.candidates),
        gaps=tuple(gap for offer in offers for gap in offer.gaps),
        counts=counts,
    )


@dataclass(frozen=True)
class _Asker:
    fetcher: Fetcher
    week: Week
    tavily: TavilySettings | None
    limits: SourceLimits

    async def ask(self, source: Source) -> Offer:
        try:
            return await self._offer(source)
        except SourceError as error:
            return Offer(gaps=(gap_of(error, source.label),))

    async def _offer(self, source: Source) -> Offer:
        if isinstance(source, FeedSource):
            return await read_feed(source, fetcher=self.fetcher, week=self.week, limits=self.limits)
        if isinstance(source, PagesSource):
            return await read_pages(source, fetcher=self.fetcher, limits=self.limits)
        if isinstance(source, FilesSource):
            return await read_files(source, limits=self.limits)
        return await read_tavily(source, settings=self.tavily, week=self.week)

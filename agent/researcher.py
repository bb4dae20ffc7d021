"""The researcher: from the topic's sources to the week's articles, without duplicates, grouped by event, chosen."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, Protocol

from agent.errors import SourceError
from agent.extract.text import clean_line
from agent.fetching.fetch import Fetcher
from agent.model import Article, Candidate, Event, Extracted, Fetched, Gap, GapReason, Plan, SourceCount
from agent.observability.progress import Progress
from agent.outlets import OutletInfo, outlet_of
from agent.selection.choose import ON_TOPIC, Profile, Ranked, choose, rank
from agent.selection.dedupe import address_key, article_id, group_copies
from agent.selection.events import group_events
from agent.sources.gather import Gathered
from agent.storage.embed import Vectors
from agent.storage.record import Record
from agent.storage.store import ArticleStore, Filing
from agent.topic import Topic
from agent.week import Week

_SUSPICIOUS: GapReason = "hidden_instructions"
_AT_ONCE = 500
"""Pages that are fetched or wait for a reader: all of a large week's would lie in memory."""


class PageReader(Protocol):
    """Reads a fetched page; the worker pool of `agent.extract` in a run."""

    async def extract(self, page: Fetched, *, timezone: str) -> Extracted:
        """Return what is on the page, with the reason why it is no article if it is none."""
        ...


@dataclass(frozen=True)
class ResearchTools:
    """What the researcher works with."""

    fetcher: Fetcher
    reader: PageReader
    record: Record
    store: ArticleStore
    progress: Progress
    purged: Container[str] = ()
    """Addresses removed by wish: nothing is read there, and no gap tells of them."""


@dataclass
class _Found:
    """What has been kept and dropped so far."""

    articles: list[Article] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    def drop(self, subject: str, reason: GapReason, detail: str = "") -> None:
        self.gaps.append(Gap(stage="research", subject=subject, reason=reason, detail=detail))


async def research(
    topic: Topic, week: Week, gathered: Gathered, tools: ResearchTools, prefer: str, budget: int
) -> Plan:
    """Return the plan of a week: `budget` events at most, each with the report that is printed and its others.

    `prefer` is the language whose report of an event is printed where there is one. Articles are stored in the record
    and the vector store; everything that is left out is in the plan's gaps, with the reason.
    """
    found = _Found(gaps=list(gathered.gaps))
    offered = [candidate for candidate in gathered.candidates if candidate.url not in tools.purged]
    candidates = _one_per_address(offered, found)
    within = candidates[: topic.limits.candidates]
    for candidate in candidates[topic.limits.candidates :]:
        found.drop(candidate.url, "over_budget", f"limits.candidates = {topic.limits.candidates}")
    await _read_all(topic, week, within, tools, found)
    articles = _one_per_page(found)
    groups = await asyncio.to_thread(group_copies, articles)
    profile = await asyncio.to_thread(Profile, topic, tools.store.encoder)
    articles, vectors = await asyncio.to_thread(
        _originals, articles, groups, profile, Filing(topic.slug, week.iso), tools.store, found
    )
    events = await asyncio.to_thread(group_events, articles, vectors)
    ranked = rank(articles, events, vectors, profile, prefer)
    chosen, left = choose(ranked, articles, min(budget, topic.articles))
    for event in left:
        found.drop(articles[event.reports[0]].url, "over_budget", articles[event.reports[0]].title)
    for article in (articles[r] for event in chosen for r in event.reports):
        if article.suspicions:
            found.drop(article.url, _SUSPICIOUS, "; ".join(article.suspicions))
    await asyncio.to_thread(tools.record.put_articles, articles)
    return Plan(
        events=tuple(_event(event, articles) for event in chosen),
        gaps=tuple(found.gaps),
        asked=_counts(gathered.counts, articles, found.gaps, candidates),
    )


def _one_per_address(candidates: Sequence[Candidate], found: _Found) -> list[Candidate]:
    kept: dict[str, Candidate] = {}
    for candidate in candidates:
        key = address_key(candidate.url)
        if key in kept:
            if candidate.url != kept[key].url:
                found.drop(candidate.url, "exact_duplicate", kept[key].url)
        else:
            kept[key] = candidate
    return list(kept.values())


async def _read_all(
    topic: Topic, week: Week, candidates: Sequence[Candidate], tools: ResearchTools, found: _Found
) -> None:
    outlets = {host: OutletInfo(row.name, row.country, row.kind) for host, row in topic.outlets.items()}
    tools.progress.stage("research", len(candidates))
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(candidate: Candidate) -> Article | Gap:
        try:
            async with turns:
                return await _read(topic, week, candidate, tools, outlets)
        except SourceError as error:
            reason: GapReason = error.reason  # type: ignore[assignment]
            return Gap(stage="research", subject=candidate.url, reason=reason, detail=error.detail)
        finally:
            tools.progress.step("research", candidate.url)

    for result in await asyncio.gather(*(one(candidate) for candidate in candidates)):
        if isinstance(result, Gap):
            found.gaps.append(result)
        elif not any(url in tools.purged for url in (result.url, *result.other_urls)):
            found.articles.append(result)


async def _read(
    topic: Topic, week: Week, candidate: Candidate, tools: ResearchTools, outlets: Mapping[str, OutletInfo]
) -> Article:
    page = await _fetch(candidate, tools.fetcher)
    extracted = await tools.reader.extract(page, timezone=topic.timezone)
    if extracted.problem is not None:
        raise SourceError(extracted.problem, candidate.url, clean_line(extracted.title))
    published, precision = _published(extracted, candidate)
    if published is None:
        raise SourceError("no_date", candidate.url, candidate.published_text)
    if not week.holds(published):
        raise SourceError("outside_week", candidate.url, published.isoformat())
    url = extracted.canonical_url or page.final_url
    host = url.split("/", 3)[2] if url.startswith("http") else ""
    outlet = outlet_of(host, extracted.sitename, outlets, extracted.language)
    return Article(
        id=article_id(url),
        url=url,
        other_urls=tuple(sorted({candidate.url, page.final_url} - {url})),
        title=extracted.title or clean_line(candidate.title),
        text=extracted.text,
        language=extracted.language,
        published_at=published,
        published_precision=precision,
        outlet=outlet.name,
        outlet_class=outlet.outlet_class,
        country=outlet.country,
        author=extracted.author,
        image=extracted.image,
        source=candidate.source,
        fetched_at=page.fetched_at,
        suspicions=extracted.suspicions,
    )


async def _fetch(candidate: Candidate, fetcher: Fetcher) -> Fetched:
    stored = candidate.body
    if stored is not None and candidate.url.startswith("file:"):
        return _as_page(candidate, stored, datetime.now(UTC))
    try:
        return await fetcher.get(candidate.url)
    except SourceError:
        # A search service has the text of pages that refuse us; the record says where it comes from (`source`).
        if stored is None:
            raise
        return _as_page(candidate, stored, datetime.now(UTC))


def _as_page(candidate: Candidate, body: bytes, now: datetime) -> Fetched:
    return Fetched(
        url=candidate.url,
        final_url=candidate.url,
        status=200,
        content_type=candidate.content_type,
        body=body,
        fetched_at=now,
    )


def _published(extracted: Extracted, candidate: Candidate) -> tuple[datetime | None, Literal["time", "day"]]:
    page, feed = extracted.published, candidate.published
    # Words kept beside a feed's moment say that only its day is certain.
    exact = feed is not None and not candidate.published_text
    if page is None:
        return feed, "time" if exact else "day"
    if extracted.published_precision == "day" and exact and feed and abs((feed - page).total_seconds()) < 86_400:
        return feed, "time"
    return page, extracted.published_precision


def _one_per_page(found: _Found) -> list[Article]:
    kept: dict[str, Article] = {}
    for article in found.articles:
        first = kept.get(article.id)
        if first is None:
            kept[article.id] = article
            continue
        urls = {*first.other_urls, *article.other_urls, article.url} - {first.url}
        kept[article.id] = first.model_copy(update={"other_urls": tuple(sorted(urls))})
        for url in article.other_urls or (article.url,):
            found.drop(url, "exact_duplicate", first.url)
    return list(kept.values())


def _originals(
    articles: Sequence[Article],
    groups: Sequence[Sequence[int]],
    profile: Profile,
    filing: Filing,
    store: ArticleStore,
    found: _Found,
) -> tuple[list[Article], Vectors]:
    """Return each group's first article with its vector, both stored; a copy's addresses go to its original.

    Copies share the fate of their original: a group is on topic when one of them is.
    """
    with store:
        rows = store.vectors([articles[group[0]] for group in groups])
        on_topic = [
            place
            for place, group in enumerate(groups)
            if max(profile.relevance(articles[index], rows[place]) for index in group) >= ON_TOPIC
        ]
        for index in sorted({i for group in groups for i in group} - {i for place in on_topic for i in groups[place]}):
            found.drop(articles[index].url, "off_topic", articles[index].title)
        originals = [_with_addresses([articles[index] for index in groups[place]], found) for place in on_topic]
        store.put(originals, {article.id: filing for article in originals}, rows[on_topic])
    return originals, rows[on_topic]


def _with_addresses(group: Sequence[Article], found: _Found) -> Article:
    first, *copies = group
    for copy in copies:
        found.drop(copy.url, "near_duplicate", first.url)
    urls = {url for article in group for url in (*article.other_urls, article.url)} - {first.url}
    return first.model_copy(update={"other_urls": tuple(sorted(urls))})


def _event(ranked: Ranked, articles: Sequence[Article]) -> Event:
    ids = [articles[i].id for i in ranked.reports]
    return Event(id=f"e-{ids[0]}", article_id=ids[0], other_ids=tuple(ids[1:]))


def _counts(
    offered: Mapping[str, int], articles: Sequence[Article], gaps: Sequence[Gap], candidates: Sequence[Candidate]
) -> tuple[SourceCount, ...]:
    source_of = {c.url: c.source for c in candidates}
    kept = Counter(a.source for a in articles)
    failed = Counter(source_of.get(g.subject, g.subject) for g in gaps if g.reason in _FAILURES)
    return tuple(SourceCount(source=s, offered=n, kept=kept[s], failed=failed[s]) for s, n in offered.items())


_FAILURES = frozenset(
    {
        "unreachable", "http_error", "refused_address", "robots", "too_large", "bad_feed", "empty_source", "no_key",
        "undecodable", "parser_failed", "not_text",
    }
)  # fmt: skip

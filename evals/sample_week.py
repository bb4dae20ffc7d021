"""The sample week through the researcher, without a graph and without a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from agent.errors import SourceError
from agent.model import Article, Fetched, Plan
from agent.observability.progress import Silent
from agent.storage.embed import SentenceEncoder
from agent.topic import Topic, read_topic
from agent.week import Week, parse_week
from evals.dataset import used
from evals.expected import ExpectedWeek, read_expected
from evals.result import DatasetUsed


@dataclass(frozen=True)
class SampleWeek:
    """What the researcher made of the sample week; `articles` are those of the plan and their copies, by id."""

    topic: Topic
    week: Week
    plan: Plan
    articles: Mapping[str, Article]
    expected: ExpectedWeek
    encoder: SentenceEncoder
    dataset: DatasetUsed

    def by_url(self) -> Mapping[str, Article]:
        """Return the articles by every address they are known under."""
        return {url: a for a in self.articles.values() for url in (*a.other_urls, a.url)}


class Offline:
    """A fetcher for whatever the sample's folder does not hold."""

    async def get(self, url: str, *, limit_bytes: int | None = None) -> Fetched:
        """Refuse: an eval reads no network."""
        raise SourceError("unreachable", url, "an eval reads no network")


async def research_sample(folder: Path, work: Path) -> SampleWeek:
    """Research the week that lies in `folder` (topic.toml, web/, expected.json); record and store go to `work`."""
    from agent.extract import Extractor
    from agent.fetching.mirror import MirrorFetcher
    from agent.researcher import ResearchTools, research
    from agent.sources.gather import gather
    from agent.sources.of_topic import sources_of
    from agent.storage.record import Record
    from agent.storage.store import ArticleStore

    topic, expected = read_topic(folder / "topic.toml"), read_expected(folder / "expected.json")
    week, encoder = parse_week(expected.week, topic.timezone), SentenceEncoder()
    work.mkdir(parents=True, exist_ok=True)
    fetcher = MirrorFetcher(folder / topic.mirror, Offline())
    record, reader = Record(work / "record.sqlite"), Extractor()
    try:
        tools = ResearchTools(fetcher, reader, record, ArticleStore(work / "chroma", encoder), Silent())
        gathered = await gather(sources_of(topic), fetcher=fetcher, week=week)
        plan = await research(topic, week, gathered, tools, topic.language, topic.articles)
        articles = {article.id: article for article in record.articles()}
    finally:
        await reader.aclose()
        record.close()
    pages = [path for path in (folder / topic.mirror).rglob("*") if path.suffix in (".html", ".xml", ".json")]
    dataset = used("sample week", [folder / "expected.json", folder / "topic.toml", *pages], len(expected.pages))
    return SampleWeek(topic, week, plan, articles, expected, encoder, dataset)

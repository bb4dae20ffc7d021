"""Makes the parts of a run and puts them together."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agent.errors import SettingError
from agent.issue import IssueFolder
from agent.progress import Progress
from agent.record import Record
from agent.settings import Settings
from agent.topic import FeedSpec, FilesSpec, PagesSpec, Topic
from agent.week import Week
from shuho import __version__

if TYPE_CHECKING:
    from agent.engine import Engine
    from agent.fetch import Fetcher
    from agent.sources.gather import Gathered
    from graph.deps import Deps, ModelUse

PROGRAM = f"shuho {__version__}"


@dataclass(frozen=True)
class Chosen:
    """What is decided before the parts are made. An empty `model` is the topic's or the default one."""

    out: Path
    topic: Topic
    week: Week
    engine: Literal["model", "extractive"]
    model: str
    budget: int


def data_folder(out: Path) -> Path:
    """Return where record, ledger, checkpoints and vector store of an output folder lie."""
    return out / ".shuho"


@asynccontextmanager
async def put_together(
    chosen: Chosen, settings: Settings, record: Record, folder: IssueFolder, progress: Progress
) -> AsyncIterator[Deps]:
    """Yield everything that the weekly graph works with, and close it afterwards.

    Raises SettingError or ModelRefused when key or model are not good, before any article is fetched.
    """
    from agent.embed import SentenceEncoder
    from agent.extract import Extractor
    from agent.extractive.engine import ExtractiveEngine
    from agent.pictures import load_pictures
    from agent.researcher import ResearchTools
    from agent.store import ArticleStore
    from graph.deps import Deps, ModelUse

    topic, week = chosen.topic, chosen.week
    async with AsyncExitStack() as stack:
        extractor = Extractor()
        stack.push_async_callback(extractor.aclose)
        await extractor.start()
        encoder = SentenceEncoder()
        store = ArticleStore(data_folder(chosen.out) / "chroma", encoder)
        stack.callback(store.close)
        fetcher = await _fetcher(topic, record, stack)
        fallback = ExtractiveEngine(encoder)
        writer: Engine = fallback
        use = ModelUse()
        if chosen.engine == "model":
            writer, use = await _model_engine(chosen, settings, progress, stack)
        yield Deps(
            topic=topic,
            week=week,
            brief=topic.brief(week),
            budget=chosen.budget,
            engine=writer,
            fallback=fallback,
            gather=lambda: _gather(topic, week, fetcher, settings),
            load_pictures=lambda articles: load_pictures(articles, fetcher),
            tools=ResearchTools(fetcher, extractor, record, store, progress),
            record=record,
            store=store,
            folder=folder,
            last_report=IssueFolder(chosen.out, topic.slug, week.previous()).report(),
            progress=progress,
            now=lambda: datetime.now(UTC),
            clock=time.monotonic,
            program=PROGRAM,
            model=use,
        )


async def _fetcher(topic: Topic, record: Record, stack: AsyncExitStack) -> Fetcher:
    from agent.fetch import FetchLimits, HttpFetcher
    from agent.mirror import MirrorFetcher

    limits = FetchLimits(
        total_concurrency=topic.limits.fetch_concurrency,
        host_interval=topic.limits.host_interval,
        allow_private_addresses=topic.limits.allow_private_addresses,
    )
    web = HttpFetcher(limits, record)
    stack.push_async_callback(web.aclose)
    if not topic.mirror:
        return web
    root = topic.path.parent / topic.mirror
    if not root.is_dir():
        raise SettingError(f"{topic.path}: mirror {topic.mirror!r} is no folder beside the topic file")
    return MirrorFetcher(root, web)


async def _gather(topic: Topic, week: Week, fetcher: Fetcher, settings: Settings) -> Gathered:
    from agent.sources import FeedSource, FilesSource, PagesSource, Source, TavilySettings, TavilySource
    from agent.sources.gather import gather

    sources: list[Source] = []
    for spec in topic.sources:
        if isinstance(spec, FeedSpec):
            sources.append(FeedSource(spec.url))
        elif isinstance(spec, PagesSpec):
            sources.append(PagesSource(spec.urls, spec.links))
        elif isinstance(spec, FilesSpec):
            sources.append(FilesSource(spec.path, topic.path.parent))
        else:
            sources.append(TavilySource(spec.queries, spec.max_results))
    key = settings.tavily_api_key
    tavily = TavilySettings(key, settings.tavily_base_url) if key else None
    return await gather(sources, fetcher=fetcher, week=week, tavily=tavily)


async def _model_engine(
    chosen: Chosen, settings: Settings, progress: Progress, stack: AsyncExitStack
) -> tuple[Engine, ModelUse]:
    from agent.budget import Budget
    from agent.chat_model import chat_model
    from agent.ledger import Ledger
    from agent.llm import ModelClient, Rules
    from agent.model_engine import ModelEngine
    from agent.pace import Pace
    from agent.prices import Price, price_of
    from graph.deps import ModelUse

    topic, limits = chosen.topic, chosen.topic.limits
    model = settings.model_settings(chosen.model or topic.model)
    ledger = Ledger(data_folder(chosen.out) / "ledger.sqlite")
    stack.callback(ledger.close)
    price = Price(topic.prices.input, topic.prices.output) if topic.prices else price_of(model.name)
    client = ModelClient(
        chat_model(model.name, api_key=model.api_key, base_url=model.base_url, timeout=model.timeout),
        model.name,
        ledger,
        pace=Pace(
            requests_per_minute=limits.requests_per_minute or None, tokens_per_minute=limits.tokens_per_minute or None
        ),
        progress=progress,
        budget=Budget(limits.calls or None, limits.tokens or None, limits.cost or None),
        price=price,
        rules=Rules(limits.model_concurrency, model.timeout),
    )
    await client.probe()
    return ModelEngine(client), ModelUse(model.name, lambda: client.tally, lambda: client.prompts_used)

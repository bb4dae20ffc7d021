"""Makes the parts of a run and puts them together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from agent.errors import SettingError
from agent.issue import IssueFolder
from agent.observability.progress import Progress
from agent.settings import Settings
from agent.storage.record import Record
from agent.topic import Topic
from agent.week import Week
from shuho import __version__

if TYPE_CHECKING:
    from agent.calls.account import Account
    from agent.calls.llm import ModelClient
    from agent.engine import Engine, PackingEngine
    from agent.fetching.fetch import Fetcher
    from agent.fetching.pictures import PictureLoader
    from agent.grounding.verifier import Verifier
    from agent.model import Article
    from agent.researcher import ResearchTools
    from agent.sources.gather import Gathered
    from agent.storage.embed import Encoder, SentenceEncoder
    from agent.storage.store import ArticleStore
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
    economy: bool = False
    """Ask for several articles by one call, also where the day's calls would last."""


def data_folder(out: Path) -> Path:
    """Return where record, ledger, checkpoints and vector store of an output folder lie."""
    return out / ".shuho"


def open_store(out: Path, record: Record, encoder: Encoder | None = None, wait: float = 120.0) -> ArticleStore:
    """Return the vector store of an output folder, which fills itself from the record when it was lost.

    `wait` is how many seconds another process may hold it.
    """
    from agent.storage.embed import SentenceEncoder
    from agent.storage.refill import refill
    from agent.storage.store import ArticleStore

    path = data_folder(out) / "chroma"
    return ArticleStore(path, encoder or SentenceEncoder(), wait, lambda store: refill(store, record))


@asynccontextmanager
async def put_together(
    chosen: Chosen, settings: Settings, record: Record, folder: IssueFolder, progress: Progress, run: str = ""
) -> AsyncIterator[Deps]:
    """Yield everything that the weekly graph works with, and close it afterwards; `run` answers for the model calls.

    Raises SettingError or ModelRefused when key or model are not good, before any article is fetched.
    """
    from agent.extractive.engine import ExtractiveEngine
    from graph.deps import Deps, ModelUse

    topic, week = chosen.topic, chosen.week
    async with AsyncExitStack() as stack:
        encoder = _encoder(stack)
        store = open_store(chosen.out, record, encoder)
        stack.callback(store.close)
        tools = await _research_tools(topic, record, store, progress, stack)
        fallback = ExtractiveEngine(encoder)
        writer: Engine = fallback
        use = ModelUse()
        if chosen.engine == "model":
            writer, use = await _model_engine(chosen, settings, progress, encoder, stack, run)
        deps = Deps(
            topic=topic,
            week=week,
            brief=topic.brief(week),
            budget=chosen.budget,
            engine=writer,
            fallback=fallback,
            gather=lambda: _gather(topic, week, tools.fetcher, settings),
            load_pictures=_pictures(topic, tools, record).load,
            tools=tools,
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
        stack.push_async_callback(deps.ahead.aclose)
        yield deps


def _encoder(stack: AsyncExitStack) -> SentenceEncoder:
    """Return the encoder, loading: that takes a core for a second, and the other has the rest of the start-up to do."""
    from agent.storage.embed import SentenceEncoder

    encoder = SentenceEncoder()
    loading = asyncio.create_task(asyncio.to_thread(encoder.load))
    stack.push_async_callback(asyncio.wait, [loading])
    return encoder


async def _research_tools(
    topic: Topic, record: Record, store: ArticleStore, progress: Progress, stack: AsyncExitStack
) -> ResearchTools:
    from agent.extract import Extractor
    from agent.researcher import ResearchTools
    from agent.selection.purged import PurgedAddresses

    extractor = Extractor()
    stack.push_async_callback(extractor.aclose)
    await extractor.start()
    purged = PurgedAddresses(record.path.parent)
    return ResearchTools(await _fetcher(topic, record, stack), extractor, record, store, progress, purged)


async def _fetcher(topic: Topic, record: Record, stack: AsyncExitStack) -> Fetcher:
    from agent.fetching.fetch import FetchLimits, HttpFetcher
    from agent.fetching.mirror import MirrorFetcher

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
    from agent.sources import TavilySettings
    from agent.sources.gather import gather
    from agent.sources.of_topic import sources_of

    key = settings.tavily_api_key
    tavily = TavilySettings(key, settings.tavily_base_url) if key else None
    return await gather(sources_of(topic), fetcher=fetcher, week=week, tavily=tavily)


def _pictures(topic: Topic, tools: ResearchTools, record: Record) -> PictureLoader:
    """Return what loads pictures; a mirror keeps none by itself, and later renderings want them."""
    from agent.fetching.pictures import PictureLoader

    return PictureLoader(tools.fetcher, (lambda page: record.put_pages([page])) if topic.mirror else None)


async def _model_engine(
    chosen: Chosen, settings: Settings, progress: Progress, encoder: Encoder, stack: AsyncExitStack, run: str
) -> tuple[Engine, ModelUse]:
    from agent.calls.account import Account
    from agent.calls.call_log import CallLog, DayLimits
    from agent.grounding.admission import admitted
    from agent.grounding.verifier import Verifier
    from agent.model_engine.mending import ModelMender
    from graph.deps import ModelUse
    from graph.limited import LimitedEngine
    from graph.packs import PackedEngine

    limits = chosen.topic.limits
    log = CallLog(data_folder(chosen.out) / "calls.sqlite")
    stack.callback(log.close)
    account = Account(log, run or f"by hand/{uuid4().hex}", DayLimits(limits.calls_per_day, limits.tokens_per_day))
    client = _client(chosen, settings, progress, stack, account)
    stack.push_async_callback(client.aclose)
    await client.probe()
    used = log.sit_down(run) if run else 0.0
    clients = [client]
    if chosen.topic.second_model:
        second = _client(chosen, settings, progress, stack, account, client)
        stack.push_async_callback(second.aclose)
        await second.probe()
        clients.append(second)
    engine = LimitedEngine(_writer(clients, chosen, encoder), limits.wall_minutes, time.monotonic, used)
    mark = admitted(client.name, chosen.topic.language, data_folder(chosen.out)) if chosen.topic.verify else None
    mender = ModelMender(client, chosen.topic.brief(chosen.week))
    verifier = Verifier(client, encoder, engine.in_time, mender) if mark else None
    use = ModelUse(
        client.name,
        lambda: client.tally,
        lambda: tuple({prompt.name: prompt for one in clients for prompt in one.prompts_used}.values()),
        verifier,
        mark,
        stop_at_quota=engine.stop_at_quota,
        plan=lambda articles, note: _packs(articles, note, chosen, log.spent_today(client.name).calls, verifier),
        packed=lambda pack: PackedEngine(engine, pack),
        calls=account.calls,
    )
    return engine, use


def _writer(clients: Sequence[ModelClient], chosen: Chosen, encoder: Encoder) -> PackingEngine:
    """Return the engine of the topic's model, with the second one behind it where there is one."""
    from agent.model_engine import ModelEngine
    from graph.second_model import SecondModelEngine

    guarded = chosen.topic.synthesis == "guarded"
    first, *more = (ModelEngine(client, encoder=encoder, guarded=guarded) for client in clients)
    return SecondModelEngine(first, more[0], clients[1].name) if more else first


def _packs(
    articles: Sequence[Article],
    note: Callable[[str], None],
    chosen: Chosen,
    used_today: int,
    verifier: Verifier | None,
) -> Sequence[Sequence[Article]]:
    """Return which articles are asked for together; let the verifier rest where the day's calls do not last for it."""
    from agent.grounding.verifier import calls_to_verify
    from agent.model_engine.packing import SYNTHESIS_CALLS, Allowance, plan_packs
    from graph.packs import plan_in_words

    limit, synthesis = chosen.topic.limits.calls_per_day, SYNTHESIS_CALLS[chosen.topic.synthesis]
    allowance = Allowance(limit, used_today) if limit else None
    made = plan_packs(articles, economy=chosen.economy, allowance=allowance, synthesis=synthesis)
    if verifier and allowance:
        verifier.resting = made.calls + synthesis + calls_to_verify(len(articles)) > allowance.left
        if verifier.resting:
            note("few calls a day: the model writes, and verifies nothing")
    if said := plan_in_words(made, len(articles), allowance, economy=chosen.economy):
        note(said)
    return made.packs


def _client(
    chosen: Chosen,
    settings: Settings,
    progress: Progress,
    stack: AsyncExitStack,
    account: Account,
    first: ModelClient | None = None,
) -> ModelClient:
    """Return the client of the topic's model, or with `first` that of its second one, which shares the budget."""
    from agent.calls.budget import Budget
    from agent.calls.chat_model import chat_model
    from agent.calls.community import answer_cache
    from agent.calls.ledger import Ledger
    from agent.calls.llm import ModelClient, Rules
    from agent.calls.pace import Pace
    from agent.calls.prices import Price, price_of

    topic, limits = chosen.topic, chosen.topic.limits
    model = settings.model_settings(topic.second_model if first else chosen.model or topic.model)
    ledger = Ledger(data_folder(chosen.out) / "ledger.sqlite")
    stack.callback(ledger.close)
    chat = chat_model(model.name, api_key=model.api_key, base_url=model.base_url, timeout=model.timeout)
    if settings.answer_cache:
        chat.cache = answer_cache(Path(settings.answer_cache))
    return ModelClient(
        chat,
        model.name,
        ledger,
        pace=Pace(
            requests_per_minute=limits.requests_per_minute or None, tokens_per_minute=limits.tokens_per_minute or None
        ),
        progress=progress,
        budget=Budget(limits.calls or None, limits.tokens or None, limits.cost or None),
        price=price_of(model.name) if first or not topic.prices else Price(topic.prices.input, topic.prices.output),
        rules=Rules(limits.model_concurrency, model.timeout),
        account=account,
        meter=first.meter if first else None,
    )

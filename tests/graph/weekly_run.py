"""A weekly run over six made-up pages: real graph, record, store and folder; only the web and the encoder are not."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from langgraph.checkpoint.memory import InMemorySaver

from agent.engine import Engine
from agent.extractive.engine import ExtractiveEngine
from agent.issue import IssueFolder
from agent.model import Article, Candidate, Stage
from agent.observability.progress import Tally
from agent.researcher import ResearchTools
from agent.sources.gather import Gathered
from agent.storage.record import Record
from agent.storage.store import ArticleStore
from agent.topic import FeedSpec, Topic
from graph.deps import Deps
from graph.state import WeeklyState
from graph.weekly import build_weekly_graph
from tests.builders import MOMENT, WEEK, HashingEncoder, PagesByAddress, ReadingByAddress, extracted

FEED = "feed https://news.example/ai.xml"
STORIES = {
    "Northbridge opens a chip plant": (
        "Northbridge opened its second AI chip plant in Kumamoto on Wednesday. The site cost $2.5 billion and "
        "employs 1,700 people. Managers said that yields already match those of the older factory. Full output is "
        "planned for October 2026. Water for the clean rooms comes from a spring in the hills, which fishermen "
        "downstream watch with some concern."
    ),
    "Oslo court rules on trading agents": (
        "Judges in Oslo held on Thursday that a bank answers for what its AI agent buys. Lumen Bank must pay back "
        "41 million kroner to customers. The ruling takes effect in September 2026, and Lumen Bank expects to "
        "appeal. Lawyers called the verdict the first of its kind in Norway; consumer groups had waited four years "
        "for a clear word."
    ),
    "Hanseong publishes an open language model": (
        "Hanseong Institute released weights of a 32 billion parameter language model under a free licence. AI "
        "researchers praised its Korean. Training used 640 accelerators for eleven weeks. A larger sibling will "
        "follow in June 2026. Volunteers translated benchmark questions by hand, a task that took longer than the "
        "training itself."
    ),
    "Bavaria's grid strains under data centres": (
        "Grid operator Isarnetz warned that AI data centres near Munich draw 380 megawatts, twice last winter's "
        "load. Rheinwerk Energie plans to build a gas turbine by March 2027. Farmers oppose the new line, Mayor "
        "Anna Huber told reporters. Heat from the halls could warm greenhouses, a study by the district found."
    ),
    "Robots sort parcels in Taoyuan": (
        "Logistics firm Taiyuan put 90 AI robots to work in its Taoyuan warehouse this week. They handle 12,000 "
        "parcels a night. Unions fear for 250 jobs. Taiyuan aims to equip five more halls by December 2026. "
        "Visitors saw machines that stop when a person steps near, and cameras on every shelf of the building."
    ),
    "Schools in Osaka teach machine reading": (
        "Osaka starts an AI course at 130 secondary schools next term. Teachers train for 18 hours with material "
        "by Minamida Press. Parents asked for rules on homework. Governor Kenji Mori expects first results in "
        "February 2027. Pupils learn how to check what a chatbot claims against a library book, and why both may "
        "err."
    ),
}


class Listening:
    """A progress that remembers."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []
        self.steps: list[tuple[Stage, str]] = []

    def note(self, text: str) -> None:
        """Ignore it."""

    def stage(self, stage: Stage, total: int = 0) -> None:
        """Remember the stage."""
        self.stages.append(stage)

    def step(self, stage: Stage, subject: str) -> None:
        """Remember the step."""
        self.steps.append((stage, subject))

    def spent(self, tally: Tally) -> None:
        """Ignore it."""


class Counting(ExtractiveEngine):
    """An extractive engine that remembers what it was asked for and did, and breaks on some once it has done two."""

    def __init__(self, breaks: Mapping[str, Exception] | None = None) -> None:
        super().__init__(HashingEncoder())
        self.breaks = dict(breaks or {})
        self.asked: list[str] = []
        self.done: list[str] = []

    async def digest(self, article: Article, brief: Any) -> Any:
        """Digest the article, or break."""
        self.asked.append(article.title)
        if article.title in self.breaks:
            while len(self.done) < 2:
                await asyncio.sleep(0.01)
            raise self.breaks[article.title]
        written = await super().digest(article, brief)
        self.done.append(article.title)
        return written


class WeeklyRun:
    """One run of the graph that can be started again."""

    def __init__(
        self,
        folder: Path,
        count: int = 6,
        engine: Engine | None = None,
        budget: int = 26,
        also: Mapping[str, str] | None = None,
        language: str = "en",
        categories: tuple[str, ...] = (),
    ) -> None:
        self.record = Record(folder / "record.sqlite")
        self.store = ArticleStore(folder / "chroma", HashingEncoder())
        self.folder = IssueFolder(folder / "out", "ai", WEEK)
        self.engine = engine or Counting()
        self.progress = Listening()
        self.gathered = 0
        self.budget = budget
        self._language = language
        self._categories = categories
        self.saver = InMemorySaver()
        self._stories = [
            (f"https://n{n}.example/1", title, text)
            for n, (title, text) in enumerate([*list(STORIES.items())[:count], *(also or {}).items()])
        ]

    async def _gather(self) -> Gathered:
        self.gathered += 1
        offered = tuple(Candidate(url=url, source=FEED) for url, _, _ in self._stories)
        return Gathered(offered, (), {FEED: len(offered)})

    async def _no_pictures(self, articles: Sequence[Article]) -> Mapping[str, bytes]:
        return {}

    def deps(self) -> Deps:
        """Return everything that the nodes work with."""
        topic = Topic(
            title="AI",
            language=self._language,
            categories=self._categories,
            keywords=("AI",),
            path=Path("ai.toml"),
            sources=(FeedSpec(kind="feed", url="https://news.example/ai.xml"),),
        )
        pages = {url: extracted(url, title=title, text=text) for url, title, text in self._stories}
        reader = ReadingByAddress(pages)
        ticks = itertools.count()
        return Deps(
            topic=topic,
            week=WEEK,
            brief=topic.brief(WEEK),
            budget=self.budget,
            engine=self.engine,
            fallback=ExtractiveEngine(HashingEncoder()),
            gather=self._gather,
            load_pictures=self._no_pictures,
            tools=ResearchTools(
                PagesByAddress(dict.fromkeys(pages, b"x")), reader, self.record, self.store, self.progress
            ),
            record=self.record,
            store=self.store,
            folder=self.folder,
            last_report=None,
            progress=self.progress,
            now=lambda: MOMENT,
            clock=lambda: float(next(ticks)),
            program="shuho test",
        )

    async def go(self, run: str = "run", *, again: bool = False) -> list[tuple[str, dict[str, Any]]]:
        """Run the graph, or go on with it; return the updates: (node, update)."""
        app = build_weekly_graph().compile(checkpointer=self.saver)
        config: Any = {"configurable": {"thread_id": run}, "recursion_limit": 60}
        state: WeeklyState | None = None if again else {"run": run, "topic": "ai", "week": WEEK.iso}
        updates: list[tuple[str, dict[str, Any]]] = []
        async for chunk in app.astream(state, config, context=self.deps(), stream_mode="updates", durability="sync"):
            updates += [(node, update) for node, update in chunk.items() if isinstance(update, dict)]
        return updates

    def close(self) -> None:
        """Give everything back."""
        self.store.close()
        self.record.close()

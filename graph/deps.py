"""Everything external that the nodes work with: the graph's context."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from agent.calls.call_log import Call
from agent.engine import Brief, Engine
from agent.grounding.verifier import Verifier
from agent.issue import IssueFolder
from agent.method import PromptUsed, VerifierMark
from agent.model import Article, Gap
from agent.observability.progress import Progress, Tally
from agent.report import Report
from agent.researcher import ResearchTools
from agent.sources.gather import Gathered
from agent.storage.record import Record
from agent.storage.store import ArticleStore
from agent.topic import Topic
from agent.week import Week
from graph.ahead import Ahead

Gather = Callable[[], Awaitable[Gathered]]
LoadPictures = Callable[[Sequence[Article]], Awaitable[Mapping[str, bytes]]]


async def _never() -> None:
    """Go on: there is no quota."""


def _alone(articles: Sequence[Article], note: Callable[[str], None]) -> Sequence[Sequence[Article]]:
    """Ask for every article alone."""
    return ()


def _not_packed(pack: Sequence[Article]) -> Engine:
    raise LookupError("this run's engine asks for every article alone")


@dataclass(frozen=True)
class ModelUse:
    """What the model client knows after a run; an extractive run has used nothing."""

    name: str = ""
    tally: Callable[[], Tally] = Tally
    prompts: Callable[[], Sequence[PromptUsed]] = tuple
    verifier: Verifier | None = None
    """Judges what the model wrote; None when the model is not admitted for that."""
    mark: VerifierMark | None = None
    """What admitted the verifier."""
    stop_at_quota: Callable[[], Awaitable[None]] = _never
    """Raises QuotaReached once the provider's quota for the day is used up."""
    plan: Callable[[Sequence[Article], Callable[[str], None]], Sequence[Sequence[Article]]] = _alone
    """Returns which articles are asked for together, and tells how many calls that takes."""
    packed: Callable[[Sequence[Article]], Engine] = _not_packed
    """Returns the engine that asks for the articles of a pack together."""
    calls: Callable[[], Sequence[Call]] = tuple
    """Returns every model call of the run, over all its starts."""

    @property
    def judge(self) -> Verifier | None:
        """The verifier that is to judge this run; None also where the day has no calls for it."""
        return None if self.verifier is None or self.verifier.resting else self.verifier

    async def stop_for(self, gaps: Sequence[Gap]) -> None:
        """Stop the run rather than finish without the model, when it is the day's quota that a step lacked."""
        if any(gap.reason == "budget" for gap in gaps):
            await self.stop_at_quota()


@dataclass(frozen=True)
class Deps:
    """The parts that the composition root put together for one run."""

    topic: Topic
    week: Week
    brief: Brief
    budget: int
    """Articles to print at most."""
    engine: Engine
    fallback: Engine
    """Writes what the engine cannot."""
    gather: Gather
    load_pictures: LoadPictures
    """Asked a second time for an article, it gives what it has."""
    tools: ResearchTools
    record: Record
    store: ArticleStore
    folder: IssueFolder
    last_report: Report | None
    progress: Progress
    now: Callable[[], datetime]
    clock: Callable[[], float]
    """Monotonic seconds."""
    program: str
    model: ModelUse = field(default_factory=ModelUse)
    ahead: Ahead = field(default_factory=Ahead)

"""Which articles are asked together when calls are few, and an engine that does so."""

from __future__ import annotations

from collections.abc import Sequence

from agent.engine import Brief, Digested, PackingEngine
from agent.model import Article, CategoryDraft, Digest, EngineName, Synthesis
from agent.model_engine.packing import Allowance, PackPlan


class PackedEngine:
    """An engine that digests an article together with the others of its pack."""

    def __init__(self, engine: PackingEngine, pack: Sequence[Article]) -> None:
        self.name: EngineName = engine.name
        self._engine = engine
        self._pack = tuple(pack)

    async def digest(self, article: Article, brief: Brief) -> Digest:
        """Return the digest of an article of the pack. Raises as the engine does."""
        return await self._engine.digest_packed(article, self._pack, brief)

    async def categorize(self, items: Sequence[Digested], brief: Brief) -> tuple[CategoryDraft, ...]:
        """Put every item into exactly one category. Raises as the engine does."""
        return await self._engine.categorize(items, brief)

    async def edit(self, items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief) -> Synthesis:
        """Write the synthesis. Raises as the engine does."""
        return await self._engine.edit(items, categories, brief)


def plan_in_words(plan: PackPlan, articles: int, allowance: Allowance | None, *, economy: bool) -> str:
    """Say how many calls the articles will take, and how many the day has; nothing when neither is limited."""
    if not plan.packs and allowance is None and not economy:
        return ""
    why = "economy" if economy else "few calls a day" if plan.packs else "calls"
    calls = "1 call" if plan.calls == 1 else f"{plan.calls} calls"
    most = str(plan.synthesis) if plan.synthesis == 1 else f"up to {plan.synthesis}"
    said = f"{why}: {articles} articles in {calls}, {most} for the synthesis"
    if allowance is None:
        return said
    said += f", {allowance.limit} allowed today, {allowance.used} used"
    if plan.calls + plan.synthesis > allowance.left:
        said += "; the rest waits for the next day"
    return said

"""The categorizer: a partition of the week's articles, whoever sorts them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from agent.engine import Brief, Digested, Engine
from agent.errors import AnswerError, RetryError, StopError
from agent.model import CategoryDraft, Gap, GapReason


async def categorize(
    items: Sequence[Digested], brief: Brief, engine: Engine, fallback: Engine
) -> tuple[tuple[CategoryDraft, ...], tuple[Gap, ...]]:
    """Return categories in which every item stands exactly once, and gaps for what `fallback` had to sort.

    A model sorts into the brief's categories one article at a time: where it fails on one, or obeys one, the others
    stay where they are.
    """
    if engine.name == "model" and brief.categories:
        return await _each_alone(items, brief, engine, fallback)
    drafts, gap = await _sorted(items, brief, engine)
    return (drafts, ()) if gap is None else (await fallback.categorize(items, brief), (gap,))


async def _each_alone(
    items: Sequence[Digested], brief: Brief, engine: Engine, fallback: Engine
) -> tuple[tuple[CategoryDraft, ...], tuple[Gap, ...]]:
    found = await asyncio.gather(*(_sorted([item], brief, engine) for item in items))
    failed = [item for item, (_, gap) in zip(items, found, strict=True) if gap]
    drafts = [draft for sorted_alone, _ in found for draft in sorted_alone]
    if failed:
        # All are compared, since nearness is relative; only those that the model could not sort are moved by it.
        wanted = {item.article.id for item in failed}
        drafts += [
            CategoryDraft(name=draft.name, article_ids=tuple(i for i in draft.article_ids if i in wanted))
            for draft in await fallback.categorize(items, brief)
        ]
    gaps = dict.fromkeys(_of(item, gap) for item, (_, gap) in zip(items, found, strict=True) if gap)
    order = [item.article.id for item in items]
    return _joined(drafts, brief.categories, order), tuple(gaps)


def _of(item: Digested, gap: Gap) -> Gap:
    """Name the article in its gap; a budget that is used up is one gap for all."""
    return gap if gap.reason == "budget" else gap.model_copy(update={"subject": item.article.title})


def _joined(drafts: Sequence[CategoryDraft], names: Sequence[str], order: Sequence[str]) -> tuple[CategoryDraft, ...]:
    members = {name: {i for draft in drafts if draft.name == name for i in draft.article_ids} for name in names}
    return tuple(
        CategoryDraft(name=name, article_ids=tuple(i for i in order if i in ids))
        for name, ids in members.items()
        if ids
    )


async def _sorted(
    items: Sequence[Digested], brief: Brief, engine: Engine
) -> tuple[tuple[CategoryDraft, ...], Gap | None]:
    """Return what the engine makes of the items, or nothing and why."""
    reason: GapReason = "model_failed"
    try:
        drafts = await engine.categorize(items, brief)
        if is_partition(drafts, items):
            return drafts, None
        detail = "not every article in exactly one category"
    except StopError as error:
        reason, detail = "budget", str(error)
    except (AnswerError, RetryError) as error:
        detail = str(error)
    return (), Gap(stage="categorize", subject="categories", reason=reason, detail=detail)


def is_partition(drafts: Sequence[CategoryDraft], items: Sequence[Digested]) -> bool:
    """Tell whether every item stands in exactly one of the categories, and nothing else does."""
    placed = [article_id for draft in drafts for article_id in draft.article_ids]
    return sorted(placed) == sorted(item.article.id for item in items)

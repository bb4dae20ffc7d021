"""The categorizer: a partition of the week's articles, whoever sorts them."""

from __future__ import annotations

from collections.abc import Sequence

from agent.engine import Brief, Digested, Engine
from agent.errors import AnswerError, RetryError, StopError
from agent.model import CategoryDraft, Gap, GapReason


async def categorize(
    items: Sequence[Digested], brief: Brief, engine: Engine, fallback: Engine
) -> tuple[tuple[CategoryDraft, ...], tuple[Gap, ...]]:
    """Return categories in which every item stands exactly once, and a gap when `fallback` had to sort."""
    try:
        drafts = await engine.categorize(items, brief)
        if is_partition(drafts, items):
            return drafts, ()
        reason, detail = "model_failed", "not every article in exactly one category"
    except StopError as error:
        reason, detail = "budget", str(error)
    except (AnswerError, RetryError) as error:
        reason, detail = "model_failed", str(error)
    gap_reason: GapReason = "budget" if reason == "budget" else "model_failed"
    gap = Gap(stage="categorize", subject="categories", reason=gap_reason, detail=detail)
    return await fallback.categorize(items, brief), (gap,)


def is_partition(drafts: Sequence[CategoryDraft], items: Sequence[Digested]) -> bool:
    """Tell whether every item stands in exactly one of the categories, and nothing else does."""
    placed = [article_id for draft in drafts for article_id in draft.article_ids]
    return sorted(placed) == sorted(item.article.id for item in items)

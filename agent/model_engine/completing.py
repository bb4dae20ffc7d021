"""What a written synthesis lacks, taken from the digests' own sentences."""

from __future__ import annotations

from collections.abc import Sequence, Set

from agent.engine import Brief, Digested
from agent.model import CategoryDraft, Gap, Synthesis
from agent.model_engine.choosing import choose

_FIGURES_APART = 2
_STANDS = "sentences of the digests stand there"


def completed(
    written: Synthesis, items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief, apart: Set[str]
) -> Synthesis:
    """Return the synthesis with the places of the articles that it was written without, and its empty parts filled.

    `items` are in rank order; `apart` holds ids. A category without a written sentence, or no topic, is a gap.
    """
    own = choose(items, categories, brief, only=apart)
    joined = written.model_copy(
        update={
            "trends": (*written.trends, *own.trends),
            "topics": (*written.topics, *own.topics),
            "category_digests": {
                c.name: (*written.category_digests.get(c.name, ()), *own.category_digests[c.name]) for c in categories
            },
            "key_figures": (*written.key_figures, *own.key_figures[:_FIGURES_APART]),
            "outlook": (*written.outlook, *own.outlook),
        }
    )
    return _filled(joined, items, categories, brief)


def _filled(page: Synthesis, items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief) -> Synthesis:
    empty = [category for category in categories if not page.category_digests[category.name]]
    wanted = {"topics"} if not page.topics else set()
    if not page.outlook and any(gap.subject == "outlook" for gap in page.gaps):
        wanted.add("outlook")
    if not wanted and not empty:
        return page
    chosen = choose(items, empty, brief, wanted=wanted)
    filled: dict[str, Sequence[object]] = {f"category: {name}": held for name, held in chosen.category_digests.items()}
    if "topics" in wanted:
        filled["topics"] = chosen.topics
    gaps = [_gap(part, filled=bool(held)) for part, held in filled.items()]
    return page.model_copy(
        update={
            "topics": page.topics or chosen.topics,
            "category_digests": {**page.category_digests, **chosen.category_digests},
            "outlook": page.outlook or chosen.outlook,
            "gaps": (*page.gaps, *gaps),
        }
    )


def _gap(part: str, *, filled: bool) -> Gap:
    return Gap(stage="edit", subject=part, reason="not_written", detail=_STANDS if filled else "")

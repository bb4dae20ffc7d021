"""Putting every article into one category, in one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from agent.engine import Brief, Digested
from agent.llm import ModelClient
from agent.model import CategoryDraft
from agent.model_engine.desk import without_orders
from agent.model_engine.prose import quoted, title_fault
from agent.model_engine.readers import Readers
from agent.model_engine.schemas import CategoriesAnswer
from agent.model_engine.wording import render
from prompts import Rendered, fence_tag

FEWEST_CATEGORIES = 3
MOST_CATEGORIES = 6


async def categorize_items(
    items: Sequence[Digested], brief: Brief, client: ModelClient, readers: Readers
) -> tuple[CategoryDraft, ...]:
    """Return the categories that hold anything, in the brief's order or the order of their first article.

    Raises AnswerInvalid when two re-asks did not bring every item into exactly one category, or what `ask` raises.
    """
    if not items:
        return ()
    ids = {f"a{number}": item.article.id for number, item in enumerate(items, 1)}
    answer = await client.ask(_prompt(items, brief), CategoriesAnswer, _check(items, brief, readers))
    category_of = {placed.id: placed.category.strip() for placed in answer.items}
    names = brief.categories or tuple(dict.fromkeys(category_of[short] for short in ids))
    drafts = [
        CategoryDraft(name=name, article_ids=tuple(ids[short] for short in ids if category_of[short] == name))
        for name in names
    ]
    return tuple(draft for draft in drafts if draft.article_ids)


def _prompt(items: Sequence[Digested], brief: Brief) -> Rendered:
    shown = "\n".join(f"a{number} {_subject(item)}" for number, item in enumerate(items, 1))
    tag = fence_tag(shown)
    if not brief.categories:
        return render("name_categories", brief, tag=tag, topic=brief.title, articles=shown)
    lines = [f"{name}: {hint}" if (hint := brief.category_hints.get(name)) else name for name in brief.categories]
    return render("categorize", brief, tag=tag, categories="\n".join(lines), articles=shown)


def _subject(item: Digested) -> str:
    summary = " ".join(without_orders(item.digest.summary, item.digest.language).split())
    end = next((index + 1 for index, character in enumerate(summary) if character in "。！？"), len(summary))
    return f"{without_orders(item.digest.title, item.digest.language)}｜{summary[:end]}"


def _check(items: Sequence[Digested], brief: Brief, readers: Readers) -> Callable[[CategoriesAnswer], str | None]:
    by_short = {f"a{number}": item for number, item in enumerate(items, 1)}
    ids = set(by_short)

    def check(answer: CategoriesAnswer) -> str | None:
        counts = Counter(placed.id for placed in answer.items)
        names = {placed.category.strip() for placed in answer.items}
        faults = [
            _listed("unknown ids", set(counts) - ids),
            _listed("ids without a category", ids - set(counts)),
            _listed("ids placed more than once", {short for short, count in counts.items() if count > 1}),
        ]
        if brief.categories:
            faults.append(_listed("unknown categories", names - set(brief.categories)))
        elif not min(FEWEST_CATEGORIES, len(ids)) <= len(names) <= MOST_CATEGORIES or "" in names:
            faults.append(f"{len(names)} categories; name {FEWEST_CATEGORIES} to {MOST_CATEGORIES}")
        else:
            faults.append(_listed("category names that say more than their articles", _inventive(answer)))
        return "; ".join(fault for fault in faults if fault) or None

    def _inventive(answer: CategoriesAnswer) -> set[str]:
        members: dict[str, list[Digested]] = {}
        for placed in answer.items:
            if placed.id in ids:
                members.setdefault(placed.category.strip(), []).append(by_short[placed.id])
        return {
            name
            for name, placed_items in members.items()
            if title_fault(name) or readers.unsupported(name, brief.language, [i.article for i in placed_items], ())
        }

    return check


def _listed(what: str, found: set[str]) -> str:
    return f"{what}: {', '.join(quoted(name) for name in sorted(found))}" if found else ""

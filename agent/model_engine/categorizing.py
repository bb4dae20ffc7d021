"""Putting every article into one category, in one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from agent.engine import Brief, Digested
from agent.llm import ModelClient
from agent.model import CategoryDraft
from agent.model_engine.schemas import CategoriesAnswer
from agent.model_engine.wording import render
from prompts import Rendered, fence_tag

FEWEST_CATEGORIES = 3
MOST_CATEGORIES = 6


async def categorize_items(items: Sequence[Digested], brief: Brief, client: ModelClient) -> tuple[CategoryDraft, ...]:
    """Return the categories that hold anything, in the brief's order or the order of their first article.

    Raises AnswerInvalid when two re-asks did not bring every item into exactly one category, or what `ask` raises.
    """
    if not items:
        return ()
    ids = {f"a{number}": item.article.id for number, item in enumerate(items, 1)}
    answer = await client.ask(_prompt(items, brief), CategoriesAnswer, _check(set(ids), brief))
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
    summary = " ".join(item.digest.summary.split())
    end = next((index + 1 for index, character in enumerate(summary) if character in "。！？"), len(summary))
    return f"{item.digest.title}｜{summary[:end]}"


def _check(ids: set[str], brief: Brief) -> Callable[[CategoriesAnswer], str | None]:
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
        return "; ".join(fault for fault in faults if fault) or None

    return check


def _listed(what: str, found: set[str]) -> str:
    return f"{what}: {', '.join(sorted(found))}" if found else ""

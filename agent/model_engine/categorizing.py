"""Putting each article into a category by a question about it alone: no words of one can move another."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from agent.calls.llm import ModelClient
from agent.engine import Brief, Digested
from agent.extractive.categorize import categorize
from agent.model import CategoryDraft
from agent.model_engine.prose import quoted
from agent.model_engine.schemas import CategoryAnswer
from agent.model_engine.wording import category_lines, render
from agent.storage.embed import Encoder
from prompts import fence_tag


async def categorize_items(
    items: Sequence[Digested], brief: Brief, client: ModelClient, encoder: Encoder
) -> tuple[CategoryDraft, ...]:
    """Return the categories that hold anything, in the brief's order.

    The model chose with the digest, or is asked for an article whose digest names no category. Where the brief has
    none, the articles are clustered without the model: a prompt with all of them would let one name the others'.
    Raises AnswerInvalid when two re-asks brought no category of the brief, or what `ask` raises.
    """
    if not brief.categories:
        return await asyncio.to_thread(categorize, items, brief, encoder)
    chosen = await asyncio.gather(*(_category(item, brief, client) for item in items))
    category_of = {item.article.id: name for item, name in zip(items, chosen, strict=True)}
    return _partition(brief.categories, category_of)


def _partition(names: Sequence[str], category_of: Mapping[str, str]) -> tuple[CategoryDraft, ...]:
    drafts = [
        CategoryDraft(name=name, article_ids=tuple(i for i, chosen in category_of.items() if chosen == name))
        for name in names
    ]
    return tuple(draft for draft in drafts if draft.article_ids)


async def _category(item: Digested, brief: Brief, client: ModelClient) -> str:
    if item.digest.category in brief.categories:
        return item.digest.category
    shown = f"{item.digest.title}\n{item.digest.summary}"
    prompt = render("categorize", brief, tag=fence_tag(shown), categories=category_lines(brief), article=shown)

    def check(answer: CategoryAnswer) -> str | None:
        known = answer.category.strip() in brief.categories
        return None if known else f"there is no category {quoted(answer.category)}"

    return (await client.ask(prompt, CategoryAnswer, check)).category.strip()

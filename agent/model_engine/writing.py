"""The synthesis of the week as the model writes it: in one call that shows it all digests, by short ids alone.

The model reads what several articles led it to write, so that one of them might act on what is said of the others. An
article that reads like orders is therefore never among them, nor, in a second question, one whose words were found
where others are cited. What is said of those is put together from their own digests, as in `editing`.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from agent.calls.llm import CheckFailed, ModelClient
from agent.engine import Brief, Digested
from agent.errors import AnswerError, BudgetReached, RetryError
from agent.model import CategoryDraft, Gap, Synthesis
from agent.model_engine.choosing import choose
from agent.model_engine.completing import completed
from agent.model_engine.desk import lay_out
from agent.model_engine.packing import is_suspect
from agent.model_engine.readers import Readers
from agent.model_engine.reviewing import MOST_NAMED, Review
from agent.model_engine.schemas import EditAnswer
from agent.model_engine.wording import render
from prompts import fence_tag


@dataclass(frozen=True)
class _Draft:
    """An answer and what it is held against."""

    review: Review
    answer: EditAnswer


async def write_issue(
    items: Sequence[Digested],
    categories: Sequence[CategoryDraft],
    brief: Brief,
    client: ModelClient,
    readers: Readers,
) -> Synthesis:
    """Return the synthesis. What is wrong is named to the model twice; what stays wrong is left out, each with a gap.

    `items` are in rank order. Articles whose words stray are left out of a second question. Raises AnswerInvalid when
    no trend at all can be used, or what `ask` raises.
    """
    apart: Set[str] = {item.article.id for item in items if is_suspect(item.article)}
    if len(apart) == len(items):
        return choose(items, categories, brief)
    draft = await _ask(items, categories, brief, client, readers, apart)
    blamed = draft.review.strayed_from(draft.answer)
    if blamed:
        try:
            left = MOST_NAMED - draft.review.named
            draft = await _ask(items, categories, brief, client, readers, apart | blamed, left)
            apart |= blamed
        except (AnswerError, RetryError, BudgetReached):
            # What is sound of the first answer is no worse for that.
            blamed = frozenset()
    if hopeless := draft.review.hopeless(draft.answer):
        raise CheckFailed(hopeless, draft.answer)
    written = completed(draft.review.synthesis(draft.answer), items, categories, brief, apart)
    gaps = [_strayed(item) for item in items if item.article.id in blamed]
    return written.model_copy(update={"gaps": (*written.gaps, *gaps)})


async def _ask(
    items: Sequence[Digested],
    categories: Sequence[CategoryDraft],
    brief: Brief,
    client: ModelClient,
    readers: Readers,
    apart: Set[str],
    named: int = MOST_NAMED,
) -> _Draft:
    """Ask for a synthesis of the articles that are not `apart`; faults are named to the model at most `named` times."""
    shown = [item for item in items if item.article.id not in apart]
    ids = {item.article.id for item in shown}
    drafts = [
        CategoryDraft(name=c.name, article_ids=tuple(i for i in c.article_ids if i in ids))
        for c in categories
        if not ids.isdisjoint(c.article_ids)
    ]
    desk = lay_out(shown, drafts, brief.language, readers)
    window = f"{brief.week.first_day.isoformat()} – {brief.week.last_day.isoformat()}"
    prompt = render("edit", brief, tag=fence_tag(desk.text), topic=brief.title, window=window, articles=desk.text)
    review = Review(desk, drafts, brief, readers)
    try:
        return _Draft(review, await client.ask(prompt, EditAnswer, review.check(named)))
    except CheckFailed as error:
        # Retries have used up the requests that faults would have been named by.
        if not isinstance(error.answer, EditAnswer):
            raise
        return _Draft(review, error.answer)


def _strayed(item: Digested) -> Gap:
    detail = "its words stood where others are cited, or it alone was written of: the synthesis was written without it"
    # By its address: the title may be the order.
    return Gap(stage="edit", subject=item.article.url, reason="unsupported", detail=detail)

"""The synthesis of the week: sentences of the digests, and what the model says a few articles have in common.

A digest is written from one article alone. Here the model reads several, so one article's words might steer what it
says of another: such a sentence must cite every article that was read for it, and say what two of them bear out.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from agent.calls.llm import CheckFailed, ModelClient
from agent.engine import Brief, Digested
from agent.errors import AnswerError, RetryError, ShuhoError, StopError
from agent.model import CategoryDraft, Gap, GapReason, Statement, Synthesis
from agent.model_engine.choosing import choose, groups_of
from agent.model_engine.prose import language_fault, quoted, sentence_fault, without_quotes
from agent.model_engine.readers import Readers
from agent.model_engine.schemas import CommonAnswer
from agent.model_engine.wording import render
from agent.names import known_forms
from agent.storage.embed import Encoder
from prompts import fence_tag

_MOST_GROUPS = 4
_NEAR = 0.2
"""Least cosine of a sentence to each digest that it speaks of."""

Group = Sequence[Digested]


async def edit_issue(
    items: Sequence[Digested],
    categories: Sequence[CategoryDraft],
    brief: Brief,
    client: ModelClient,
    readers: Readers,
    encoder: Encoder,
) -> Synthesis:
    """Return the synthesis. What the model says of a group and its articles do not bear out is left out, with a gap.

    Raises ModelRefused.
    """
    groups = await asyncio.to_thread(groups_of, items, encoder)
    chosen = await asyncio.to_thread(choose, items, categories, brief)
    said = await asyncio.gather(
        *(_in_common(group, brief, client, readers, encoder) for group in groups[:_MOST_GROUPS])
    )
    shared = tuple(one for one in said if isinstance(one, Statement))
    gaps = tuple(one for one in said if isinstance(one, Gap))
    return chosen.model_copy(update={"trends": (*shared, *chosen.trends), "gaps": (*chosen.gaps, *gaps)})


async def _in_common(
    group: Group, brief: Brief, client: ModelClient, readers: Readers, encoder: Encoder
) -> Statement | Gap | None:
    """Return a sentence on what a group has in common, a gap when it could not be had, None when that is nothing."""
    shown = "\n\n".join(f"{item.digest.title}\n{item.digest.summary}\n{item.digest.detail.main}" for item in group)
    prompt = render("common", brief, tag=fence_tag(shown), articles=shown)

    def check(answer: CommonAnswer) -> str | None:
        return _fault(answer.text, group, brief, readers, encoder) if answer.text else None

    try:
        answer = await client.ask(prompt, CommonAnswer, check)
    except (AnswerError, RetryError, StopError) as error:
        # The issue is whole without it: neither a day's quota nor a bad answer is worth stopping for.
        reason, why = _why(error)
        detail = f"what {len(group)} articles have in common: {why}"
        return Gap(stage="edit", subject="trends", reason=reason, detail=detail)
    ids = tuple(item.article.id for item in group)
    return Statement(text=answer.text, article_ids=ids, language=brief.language) if answer.text else None


def _why(error: ShuhoError) -> tuple[GapReason, str]:
    """Return why there is no sentence, without a word of the model's own."""
    if isinstance(error, CheckFailed):
        return "unsupported", without_quotes(str(error))
    if isinstance(error, AnswerError):
        return "model_failed", "no answer of the form that was asked for"
    return ("not_written" if isinstance(error, StopError) else "model_failed"), str(error)


def _fault(text: str, group: Group, brief: Brief, readers: Readers, encoder: Encoder) -> str | None:
    """Return why a sentence cannot stand for its group: no sentence, another language, off, or one article's alone."""
    fault = sentence_fault("text", text) or language_fault(text, brief.language)
    if fault is not None:
        return fault
    alone = Counter(stretch for item in group for stretch in set(_missing(text, item, brief, readers)))
    # What all but one of the articles lack is the word of one alone.
    if single := [stretch for stretch, lacking in alone.items() if lacking > len(group) - 2]:
        return f"fewer than two articles say: {quoted(', '.join(single))}"
    vectors = encoder.encode([text, *(f"{item.digest.title}\n{item.digest.summary}" for item in group)])
    far = int((vectors[1:] @ vectors[0] < _NEAR).sum())
    return f"{far} of the articles have little to do with it" if far else None


def _missing(text: str, item: Digested, brief: Brief, readers: Readers) -> Sequence[str]:
    article = item.article
    source = f"{article.title}\n{article.text}"
    names = known_forms(item.digest.entities, brief.glossary, source, article.language)
    return readers.unsupported(text, brief.language, [article], names)

"""The editor: the synthesis of the week, of which only what the cited articles bear out is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from agent.engine import Brief, Digested, Engine
from agent.errors import AnswerError, RetryError, StopError
from agent.grounding.evidence import softened
from agent.grounding.second_look import look_at_issue
from agent.grounding.unsupported import Source, unsupported
from agent.model import CategoryDraft, Gap, GapReason, Statement, Synthesis, TopicDraft
from agent.names import known_forms
from agent.storage.store import Hit

if TYPE_CHECKING:
    from agent.grounding.verifier import Verifier

_NEAREST = 3
"""Passages of each cited article that a claim is held against: a number that stands somewhere else in a long page says
nothing about the claim."""


class EvidenceFinder(Protocol):
    """Finds the passages of stored articles that are nearest to a claim; the vector store does."""

    def evidence(self, claim: str, article_ids: Sequence[str], limit: int = 3) -> list[Hit]:
        """Return at most `limit` passages, nearest first."""
        ...


async def edit(
    items: Sequence[Digested],
    categories: Sequence[CategoryDraft],
    brief: Brief,
    engine: Engine,
    fallback: Engine,
    finder: EvidenceFinder | None = None,
    verifier: Verifier | None = None,
) -> Synthesis:
    """Return the synthesis with only supported statements; its gaps say what was left out and what failed.

    Claims are held against the passages that `finder` gives, or against whole articles without one, and last by
    `verifier`.
    """
    try:
        draft = await engine.edit(items, categories, brief)
    except StopError as error:
        draft = _noted(await fallback.edit(items, categories, brief), "budget", str(error))
    except (AnswerError, RetryError) as error:
        draft = _noted(await fallback.edit(items, categories, brief), "model_failed", str(error))
    synthesis = await asyncio.to_thread(verified, draft, items, finder, brief.glossary)
    if verifier is None:
        return synthesis
    looked = await look_at_issue(synthesis, items, verifier, brief.language)
    # What was written again is looked up like the rest.
    return looked if looked is synthesis else await asyncio.to_thread(verified, looked, items, finder, brief.glossary)


def _noted(draft: Synthesis, reason: GapReason, detail: str) -> Synthesis:
    gap = Gap(stage="edit", subject="synthesis", reason=reason, detail=detail)
    return draft.model_copy(update={"gaps": (*draft.gaps, gap)})


def verified(
    draft: Synthesis,
    items: Sequence[Digested],
    finder: EvidenceFinder | None = None,
    glossary: Mapping[str, str] | None = None,
) -> Synthesis:
    """Drop statements that cite nothing known or state what no cited article says, or none so firmly; each with a gap.

    A gap names the place and does not quote: what is not borne out is printed nowhere.
    """
    desk = _Desk(items, finder, glossary or {})
    gaps: list[Gap] = list(draft.gaps)

    def kept(statements: Sequence[Statement], part: str) -> tuple[Statement, ...]:
        result = []
        for number, statement in enumerate(statements, 1):
            if fault := desk.fault(statement):
                detail = f"sentence {number}: {fault}"
                gaps.append(Gap(stage="edit", subject=part, reason="unsupported", detail=detail))
            else:
                result.append(statement)
        return tuple(result)

    topics = [
        desk.titled(topic, statements)
        for number, topic in enumerate(draft.topics, 1)
        if (statements := kept(topic.statements, f"topic {number}"))
    ]
    digests = {name: kept(statements, f"category: {name}") for name, statements in draft.category_digests.items()}
    trends, outlook = kept(draft.trends, "trends"), kept(draft.outlook, "outlook")
    for ref in draft.key_figures:
        if not desk.has_figure(ref.article_id, ref.index):
            detail = f"no figure {ref.index} of {ref.article_id}"
            gaps.append(Gap(stage="edit", subject="key figures", reason="unsupported", detail=detail))
    return Synthesis(
        trends=trends,
        topics=tuple(topics),
        category_digests=digests,
        key_figures=tuple(ref for ref in draft.key_figures if desk.has_figure(ref.article_id, ref.index)),
        outlook=outlook,
        gaps=tuple(gaps),
    )


class _Desk:
    """The articles at hand, and what of a claim they do not bear out."""

    def __init__(self, items: Sequence[Digested], finder: EvidenceFinder | None, glossary: Mapping[str, str]) -> None:
        self._by_id = {item.article.id: item for item in items}
        self._finder = finder
        self._glossary = glossary

    def has_figure(self, article_id: str, index: int) -> bool:
        return article_id in self._by_id and index < len(self._by_id[article_id].digest.figures)

    def fault(self, statement: Statement) -> str | None:
        """Return why the statement cannot be printed, None when its articles bear out all of it."""
        if any(i not in self._by_id for i in statement.article_ids):
            return "it cites an article that there is not"
        if self._unsupported(statement.text, statement.language, statement.article_ids):
            return "its articles do not bear it out"
        return None

    def titled(self, topic: TopicDraft, statements: tuple[Statement, ...]) -> TopicDraft:
        """Return the topic with its statements, under its first article's title if its own says more than they bear."""
        ids = tuple(dict.fromkeys(i for statement in statements for i in statement.article_ids))
        first = self._by_id[ids[0]].digest
        if topic.title == first.title or not self._unsupported(topic.title, topic.language, ids):
            return TopicDraft(title=topic.title, language=topic.language, statements=statements)
        return TopicDraft(title=first.title, language=first.language, statements=statements)

    def _unsupported(self, text: str, language: str, article_ids: Sequence[str]) -> list[str]:
        cited = [self._by_id[i] for i in article_ids]
        if self._verbatim(text, language, cited):
            return []
        pages = [self._source(f"{item.article.title}\n{item.article.text}", item) for item in cited]
        passages = [self._source(self._text(text, item), item) for item in cited]
        names = [
            form
            for item, page in zip(cited, pages, strict=True)
            for form in known_forms(item.digest.entities, self._glossary, page.text, page.language)
        ]
        return [*unsupported(text, language, passages, names, pages), *softened(text, language, pages)]

    def _verbatim(self, text: str, language: str, cited: Sequence[Digested]) -> bool:
        """Tell whether an article says just this, as all that the extractive engine chooses."""
        return any(
            language == c.article.language and (text in c.article.text or text == c.article.title) for c in cited
        )

    def _source(self, text: str, item: Digested) -> Source:
        return Source(text, item.article.language, item.article.published_at.date())

    def _text(self, claim: str, item: Digested) -> str:
        """Return the title and the passages of an article that are nearest to a claim."""
        article = item.article
        hits = self._finder.evidence(claim, [article.id], _NEAREST) if self._finder else []
        return "\n".join([article.title, *(hit.text for hit in hits)]) if hits else f"{article.title}\n{article.text}"

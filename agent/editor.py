"""The editor: the synthesis of the week, of which only what the cited articles bear out is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.engine import Brief, Digested, Engine
from agent.errors import AnswerError, RetryError, StopError
from agent.grounding import Source, unsupported
from agent.model import CategoryDraft, Gap, GapReason, Statement, Synthesis, TopicDraft


async def edit(
    items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief, engine: Engine, fallback: Engine
) -> Synthesis:
    """Return the synthesis with only supported statements; its gaps say what was left out and what failed."""
    try:
        draft = await engine.edit(items, categories, brief)
    except StopError as error:
        draft = _noted(await fallback.edit(items, categories, brief), "budget", str(error))
    except (AnswerError, RetryError) as error:
        draft = _noted(await fallback.edit(items, categories, brief), "model_failed", str(error))
    return verified(draft, items)


def _noted(draft: Synthesis, reason: GapReason, detail: str) -> Synthesis:
    gap = Gap(stage="edit", subject="synthesis", reason=reason, detail=detail)
    return draft.model_copy(update={"gaps": (*draft.gaps, gap)})


def verified(draft: Synthesis, items: Sequence[Digested]) -> Synthesis:
    """Drop statements that cite nothing known or state what no cited article says; each with a gap."""
    by_id = {item.article.id: item for item in items}
    gaps: list[Gap] = list(draft.gaps)

    def kept(statements: Sequence[Statement], part: str) -> tuple[Statement, ...]:
        result = []
        for statement in statements:
            missing = _missing(statement, by_id)
            if missing:
                gaps.append(
                    Gap(stage="edit", subject=part, reason="unsupported", detail=f"{missing}: {statement.text}")
                )
            else:
                result.append(statement)
        return tuple(result)

    topics = [
        TopicDraft(title=t.title, language=t.language, statements=statements)
        for t in draft.topics
        if (statements := kept(t.statements, f"topic: {t.title}"))
    ]
    digests = {name: kept(statements, f"category: {name}") for name, statements in draft.category_digests.items()}
    trends, outlook = kept(draft.trends, "trends"), kept(draft.outlook, "outlook")
    refs = [r for r in draft.key_figures if r.article_id in by_id and r.index < len(by_id[r.article_id].digest.figures)]
    return Synthesis(
        trends=trends,
        topics=tuple(topics),
        category_digests=digests,
        key_figures=tuple(refs),
        outlook=outlook,
        gaps=tuple(gaps),
    )


def _missing(statement: Statement, by_id: Mapping[str, Digested]) -> str:
    """Return what the statement's articles do not bear out, empty when they bear out all of it."""
    unknown = [i for i in statement.article_ids if i not in by_id]
    if unknown:
        return ", ".join(unknown)
    cited = [by_id[i] for i in statement.article_ids]
    sources = [
        Source(f"{c.article.title}\n{c.article.text}", c.article.language, c.article.published_at.date()) for c in cited
    ]
    names = [form for c in cited for entity in c.digest.entities for form in (entity.name, entity.source_form)]
    return ", ".join(unsupported(statement.text, statement.language, sources, names))

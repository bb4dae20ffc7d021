"""The steps of the weekly run. Each reads the state, calls one agent, and returns an update."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from langgraph.runtime import Runtime

from agent import categorizer, editor, researcher, translator
from agent.engine import Digested
from agent.errors import QuotaReached, UserError
from agent.grounding.unsupported import prepare
from agent.model import Article, CategoryDraft, Gap, Synthesis
from agent.storage.chroma_client import load_chroma
from agent.storage.store import ArticleStore, Filing
from graph.deps import Deps
from graph.publishing import CONTRADICTIONS, find_contradictions, publish_issue
from graph.state import ArticleTask, WeeklyState
from graph.steps import step, to_its_end
from templates.loading import warm_up


@step("research")
async def research(state: WeeklyState, runtime: Runtime[Deps]) -> WeeklyState:
    """Gather, read and choose the week's articles; the plan goes into the record."""
    deps = runtime.context
    deps.progress.stage("research")
    plan = deps.record.plan(state["run"])
    if plan is None:
        deps.ahead.begin(asyncio.to_thread(load_chroma))
        gathered = await deps.gather()
        # Without a translator the reader is served best by the report of an event in the reader's language.
        prefer = deps.brief.language if deps.engine.name == "extractive" else ""
        plan = await researcher.research(deps.topic, deps.week, gathered, deps.tools, prefer, deps.budget)
        deps.record.put_plan(state["run"], plan)
    ids = [event.article_id for event in plan.events]
    packs = deps.model.plan([deps.record.article(article_id) for article_id in ids], deps.progress.note)
    deps.progress.stage("translate", len(ids))
    return {"article_ids": ids, "packs": [[article.id for article in pack] for pack in packs]}


@step("index")
async def index(state: WeeklyState, runtime: Runtime[Deps]) -> WeeklyState:
    """Do now, while the model writes, what would hold up the run later: read pages, store passages."""
    deps = runtime.context
    articles = [deps.record.article(article_id) for article_id in state["article_ids"]]
    filing = {article.id: Filing(deps.topic.slug, deps.week.iso) for article in articles}
    await asyncio.to_thread(_prepare, articles, deps)
    await to_its_end(partial(_put_passages, deps.store, articles, filing))
    return {}


def _prepare(articles: Sequence[Article], deps: Deps) -> None:
    # The extractive engine's own sentences need no look-up.
    if deps.engine.name == "model":
        for article in articles:
            prepare(article, deps.brief.language)


@step("translate")
async def translate(state: ArticleTask, runtime: Runtime[Deps]) -> WeeklyState:
    """Digest one article; the digest goes into the record. An article on which the translator breaks becomes a gap."""
    deps = runtime.context
    article = deps.record.article(state["article_id"])
    # Its gaps lie beside the digest: a kill may come between the record and the checkpoint.
    gaps = deps.record.digest_gaps(state["run"], article.id)
    digested = [article.id]
    if deps.record.digest(state["run"], article.id) is None:
        try:
            pack = [deps.record.article(article_id) for article_id in state.get("pack", [])]
            engine = deps.model.packed(pack) if pack else deps.engine
            digest, gaps = await translator.translate(article, deps.brief, engine, deps.fallback, deps.model.judge)
            await deps.model.stop_for(gaps)
            deps.record.note_prompts(state["run"], deps.model.prompts())
            deps.record.put_digest(state["run"], digest, gaps)
        except (UserError, QuotaReached):
            raise
        # LangGraph's error_handler cannot do this: one that raises lets the run go on and publish without the article.
        except Exception as error:  # noqa: BLE001  (one bad article never ends the run)
            digested = []
            gaps = (Gap(stage="translate", subject=article.title, reason="model_failed", detail=repr(error)),)
    deps.progress.step("translate", article.title)
    return {"digested": digested, "gaps": _plain(gaps)}


@step("categorize")
async def categorize(state: WeeklyState, runtime: Runtime[Deps]) -> WeeklyState:
    """Put every digested article into one category."""
    deps = runtime.context
    deps.progress.stage("categorize")
    items = _items(state, deps)
    # The model's next two answers leave the time for it.
    deps.ahead.begin(asyncio.to_thread(warm_up, deps.brief.language))
    deps.ahead.begin(find_contradictions(deps, state["run"], items), CONTRADICTIONS)
    deps.ahead.begin(deps.load_pictures([item.article for item in items]))
    drafts, gaps = await categorizer.categorize(items, deps.brief, deps.engine, deps.fallback)
    await deps.model.stop_for(gaps)
    deps.record.note_prompts(state["run"], deps.model.prompts())
    return {
        "categories": [draft.model_dump(mode="json") for draft in drafts],
        "gaps": _plain(gaps),
    }


@step("edit")
async def edit(state: WeeklyState, runtime: Runtime[Deps]) -> WeeklyState:
    """Write the synthesis and keep what the articles bear out."""
    deps = runtime.context
    deps.progress.stage("edit")
    items, drafts = _items(state, deps), _drafts(state)
    try:
        synthesis = await editor.edit(
            items, drafts, deps.brief, deps.engine, deps.fallback, deps.store, deps.model.judge
        )
    finally:
        # Between the stages the store is free for other topics' runs.
        await asyncio.to_thread(deps.store.close)
    await deps.model.stop_for(synthesis.gaps)
    deps.record.note_prompts(state["run"], deps.model.prompts())
    return {"synthesis": synthesis.model_dump(mode="json")}


@step("publish")
async def publish(state: WeeklyState, runtime: Runtime[Deps]) -> WeeklyState:
    """Assemble, check, render and write the report."""
    deps = runtime.context
    deps.progress.stage("publish")
    outcome = await publish_issue(
        deps,
        run=state["run"],
        items=_items(state, deps),
        categories=_drafts(state),
        synthesis=Synthesis.model_validate(state["synthesis"]),
        gaps=[Gap.model_validate(gap) for gap in state.get("gaps", [])],
        timings=state.get("timings", []),
        begun=(deps.clock(), deps.now().timestamp()),
    )
    return {"outcome": outcome}


def _put_passages(store: ArticleStore, articles: Sequence[Article], filing: Mapping[str, Filing]) -> None:
    with store:
        store.put_passages(articles, filing)


def _items(state: WeeklyState, deps: Deps) -> list[Digested]:
    items = []
    for article_id in state["article_ids"]:
        digest = deps.record.digest(state["run"], article_id)
        if digest is not None:
            items.append(Digested(deps.record.article(article_id), digest))
    return items


def _drafts(state: WeeklyState) -> list[CategoryDraft]:
    return [CategoryDraft.model_validate(draft) for draft in state["categories"]]


def _plain(gaps: Sequence[Gap]) -> list[dict[str, Any]]:
    return [gap.model_dump(mode="json") for gap in gaps]

"""The steps of the weekly run. Each reads the state, calls one agent, and returns an update."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langgraph.runtime import Runtime

from agent import categorizer, editor, researcher, translator
from agent.engine import Digested
from agent.model import CategoryDraft, Gap, Stage, Synthesis
from graph.deps import Deps
from graph.publishing import publish_issue
from graph.state import ArticleTask, WeeklyState


async def research(state: WeeklyState, runtime: Runtime[Deps]) -> WeeklyState:
    """Gather, read and choose the week's articles; the plan goes into the record."""
    deps = runtime.context
    begun = deps.clock()
    deps.progress.stage("research")
    plan = deps.record.plan(state["run"])
    if plan is None:
        gathered = await deps.gather()
        prefer = deps.brief.language
        plan = await researcher.research(deps.topic, deps.week, gathered, deps.tools, prefer, deps.budget)
        deps.record.put_plan(state["run"], plan)
    ids = [event.article_id for event in plan.events]
    deps.progress.stage("translate", len(ids))
    return {"article_ids": ids, "timings": [_timing(deps, "research", begun)]}


async def translate(state: ArticleTask, runtime: Runtime[Deps]) -> WeeklyState:
    """Digest one article; the digest goes into the record."""
    deps = runtime.context
    begun = deps.clock()
    article = deps.record.article(state["article_id"])
    gaps: tuple[Gap, ...] = ()
    if deps.record.digest(state["run"], article.id) is None:
        digest, gaps = await translator.translate(article, deps.brief, deps.engine, deps.fallback)
        deps.record.put_digest(state["run"], digest)
    deps.progress.step("translate", article.title)
    return {"digested": [article.id], "gaps": _plain(gaps), "timings": [_timing(deps, "translate", begun)]}


async def categorize(state: WeeklyState, runtime: Runtime[Deps]) -> WeeklyState:
    """Put every digested article into one category."""
    deps = runtime.context
    begun = deps.clock()
    deps.progress.stage("categorize")
    drafts, gaps = await categorizer.categorize(_items(state, deps), deps.brief, deps.engine, deps.fallback)
    return {
        "categories": [draft.model_dump(mode="json") for draft in drafts],
        "gaps": _plain(gaps),
        "timings": [_timing(deps, "categorize", begun)],
    }


async def edit(state: WeeklyState, runtime: Runtime[Deps]) -> WeeklyState:
    """Write the synthesis and keep what the articles bear out."""
    deps = runtime.context
    begun = deps.clock()
    deps.progress.stage("edit")
    synthesis = await editor.edit(_items(state, deps), _drafts(state), deps.brief, deps.engine, deps.fallback)
    return {"synthesis": synthesis.model_dump(mode="json"), "timings": [_timing(deps, "edit", begun)]}


async def publish(state: WeeklyState, runtime: Runtime[Deps]) -> WeeklyState:
    """Assemble, check, render and write the report."""
    deps = runtime.context
    begun = deps.clock()
    deps.progress.stage("publish")
    outcome = await publish_issue(
        deps,
        run=state["run"],
        items=_items(state, deps),
        categories=_drafts(state),
        synthesis=Synthesis.model_validate(state["synthesis"]),
        gaps=[Gap.model_validate(gap) for gap in state.get("gaps", [])],
        timings=state.get("timings", []),
        begun=begun,
    )
    return {"outcome": outcome, "timings": [_timing(deps, "publish", begun)]}


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


def _timing(deps: Deps, stage: Stage, begun: float) -> dict[str, Any]:
    return {"stage": stage, "begun": round(begun, 4), "seconds": round(deps.clock() - begun, 4)}

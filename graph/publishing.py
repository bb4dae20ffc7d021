"""From the agents' parts to files: assemble, check, render, write, file."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from agent.assemble import Draft, assemble, number_articles
from agent.contradictions import Contradiction, event_contradictions, printed_contradictions
from agent.engine import Digested
from agent.errors import NothingPublishable
from agent.issue import RUN
from agent.language.notation import in_one_notation
from agent.method import Method
from agent.model import Article, CategoryDraft, Gap, Plan, SourceCount, Synthesis
from agent.report import Report, ReportContradiction, Version
from agent.selection.continuity import continuity
from agent.spelling import Unified, unify
from agent.storage.record import Record, engine_of
from agent.storage.store import Filing
from graph.completeness import EXPECTED, is_complete
from graph.deps import Deps
from graph.rendering import check_and_render
from graph.run_page import run_page
from graph.steps import timing

Found = Mapping[str, Sequence[Contradiction]]
CONTRADICTIONS = "contradictions"
FEWEST_ARTICLES = 5
_LEAST_SHARE = 0.8
_TOLD = 5  # what went wrong, of each refusal to publish


async def find_contradictions(deps: Deps, run: str, items: Sequence[Digested]) -> Found:
    """Return what the reports of each printed event contradict one another in, by the printed article's id."""
    plan = deps.record.plan(run)
    assert plan is not None
    events = {event.article_id: event for event in plan.events}

    def find() -> Found:
        ids = [item.article.id for item in items]
        return {i: event_contradictions(events[i], deps.record, deps.store.encoder) for i in ids}

    return await asyncio.to_thread(find)


async def publish_issue(
    deps: Deps,
    *,
    run: str,
    items: Sequence[Digested],
    categories: Sequence[CategoryDraft],
    synthesis: Synthesis,
    gaps: Sequence[Gap],
    timings: Sequence[Mapping[str, Any]],
    begun: tuple[float, float],
) -> dict[str, Any]:
    """Write the report in every format and return `{complete, version, gaps, failed}`.

    Raises NothingPublishable when fewer than 80 % of the chosen articles, or fewer than 5, came through.
    """
    plan = deps.record.plan(run)
    assert plan is not None
    _gate(plan, items, deps)
    version = deps.folder.version_of(deps.record.reserved_version(run))
    deps.record.reserve_version(run, version)
    order = list(number_articles(categories))
    written = in_one_notation(items, synthesis, deps.brief.language)
    unified = await asyncio.to_thread(unify, *written, order, deps.brief.glossary, deps.brief.language)
    report, sources = await _report(deps, run, plan, unified, categories, gaps, version)
    await deps.ahead.done()
    pictures = await deps.load_pictures([item.article for item in items])
    report, files = await check_and_render(report, sources, pictures)
    times = [*timings, timing(deps, "publish", *begun)]
    page = run_page(deps, run, report, times, complete=is_complete(report))
    others = {name: body for name, body in files.items() if name != "report.json"}
    deps.folder.write({**others, RUN: page}, files["report.json"], version)
    await asyncio.to_thread(_file, deps, plan, report)
    deps.record.finish_run(run)
    return {
        "complete": is_complete(report),
        "version": version,
        "gaps": len(report.gaps),
        "failed": [failed.model_dump() for failed in report.checks.failed],
    }


def _gate(plan: Plan, items: Sequence[Digested], deps: Deps) -> None:
    fewest = min(FEWEST_ARTICLES, deps.budget)
    if len(items) >= max(fewest, _LEAST_SHARE * len(plan.events)):
        return
    wrong = [f"{gap.reason}: {gap.subject} ({gap.detail})" for gap in plan.gaps if gap.reason not in EXPECTED]
    more = [f"and {len(wrong) - _TOLD} more"] if len(wrong) > _TOLD else []
    last = _last_weeks(deps)
    raise NothingPublishable(
        f"{deps.week.iso}: {len(items)} of {len(plan.events)} articles came through, at least {fewest} are needed; "
        f"sources asked: {', '.join(_fared(source, last) for source in plan.asked) or 'none'}"
        + (f"; what went wrong: {'; '.join([*wrong[:_TOLD], *more])}" if wrong else "")
    )


def _last_weeks(deps: Deps) -> dict[str, str]:
    """Return for each source of the topic the last other week that it gave an article for."""
    weeks: dict[str, str] = {}
    for topic, week, plan in deps.record.plans():
        if topic == deps.topic.slug and week != deps.week.iso:
            weeks |= {s.source: max(week, weeks.get(s.source, "")) for s in plan.asked if s.kept}
    return weeks


def _fared(source: SourceCount, last: Mapping[str, str]) -> str:
    since = "" if source.kept else f", the last in {last[source.source]}" if source.source in last else ", none ever"
    return f"{source.source} ({source.offered} offered, {source.kept} kept{since})"


async def _report(
    deps: Deps,
    run: str,
    plan: Plan,
    unified: Unified,
    categories: Sequence[CategoryDraft],
    gaps: Sequence[Gap],
    version: int,
) -> tuple[Report, Mapping[str, Article]]:
    """Return the report, not yet checked, and the articles that it must bear comparison with, by id."""
    items, numbers = unified.items, number_articles(categories)
    engine = engine_of([item.digest for item in items])
    found = await deps.ahead.result(CONTRADICTIONS, partial(find_contradictions, deps, run, items))
    differing = await asyncio.to_thread(_printed, found, items, deps.record, deps.brief.language)
    compared = await asyncio.to_thread(continuity, items, numbers, deps.last_report, deps.store)
    now = deps.now()
    draft = Draft(
        topic=deps.topic.slug,
        brief=deps.brief,
        plan=plan,
        items=items,
        categories=categories,
        synthesis=unified.synthesis,
        gaps=gaps,
        engine=engine,
        model=deps.model.name if engine == "model" else "",
        collected_at=max((item.article.fetched_at for item in items), default=now),
        method=_method(deps, run, plan),
        version=Version(version=version, at=now, section="all", instruction="", author=deps.program),
        continuity=compared,
        contradictions=differing,
        spellings=unified.changed,
    )
    sources = {item.article.id: item.article for item in items} | _told_too(plan, differing, deps.record)
    return assemble(draft, deps.record), sources


def _method(deps: Deps, run: str, plan: Plan) -> Method:
    tally = deps.model.tally()
    return Method(
        program=deps.program,
        encoder=deps.store.encoder.name,
        sources=plan.asked,
        candidates=sum(source.offered for source in plan.asked),
        events=len(plan.events),
        model_calls=tally.calls,
        cached_calls=tally.cached,
        input_tokens=tally.input_tokens,
        output_tokens=tally.output_tokens,
        cost=tally.cost,
        currency=tally.currency,
        prompts=deps.record.prompts(run),
        verifier=deps.model.mark if deps.model.judge else None,
    )


def _printed(
    found: Found, items: Sequence[Digested], record: Record, language: str
) -> dict[str, tuple[ReportContradiction, ...]]:
    told = {i.article.id: printed_contradictions(found[i.article.id], i, record, language) for i in items}
    return {article_id: contradictions for article_id, contradictions in told.items() if contradictions}


def _told_too(plan: Plan, differing: Collection[str], record: Record) -> dict[str, Article]:
    """Return the reports that are not printed, of the events whose reports differ."""
    others = (i for event in plan.events if event.article_id in differing for i in event.other_ids)
    return {article_id: record.article(article_id) for article_id in others}


def _file(deps: Deps, plan: Plan, report: Report) -> None:
    """Note in record and store which week, category and number every article of the report has."""
    events = {event.article_id: event for event in plan.events}
    rows: list[tuple[str, int | None, str, str]] = []
    filing: dict[str, Filing] = {}
    for article in report.articles:
        event = events[article.id]
        for article_id, number in [(article.id, article.number), *((i, None) for i in event.other_ids)]:
            rows.append((article_id, number, article.category, event.id))
            filing[article_id] = Filing(report.topic, report.week.iso, article.category, number or 0)
    deps.record.file_articles(report.topic, report.week.iso, rows)
    stored = [deps.record.article(article_id) for article_id, *_ in rows]
    with deps.store as store:
        store.refile(stored, filing)

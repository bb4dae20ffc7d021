"""The composition root: settings and a topic become one run of the weekly graph."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from agent.calls.quota_day import has_known_reset, next_reset
from agent.errors import DayLimitReached, NothingPublishable, QuotaReached, SettingError
from agent.issue import REPORT, IssueFolder
from agent.observability.observing import observed
from agent.observability.progress import Progress
from agent.settings import Settings, harden_environment
from agent.storage.record import Record, RunRow
from agent.topic import Topic, read_topic
from agent.week import chosen_week
from shuho import __version__
from shuho.collecting import let_collector_go
from shuho.parts import Chosen, data_folder, put_together

if TYPE_CHECKING:
    from graph.deps import Deps

EngineChoice = Literal["auto", "model", "extractive"]


@dataclass(frozen=True)
class RunOptions:
    """What the command line says of a run. `agent.week.chosen_week` says what a week may be."""

    topic: Path
    out: Path
    week: str = ""
    engine: EngineChoice = "auto"
    model: str = ""
    limit: int | None = None
    fresh: bool = False
    economy: bool = False


@dataclass(frozen=True)
class RunOutcome:
    """How a run ended: `gaps` and `failed` checks are the report's.

    `repeated` tells that the week was finished before and nothing was asked again.
    """

    folder: Path
    complete: bool
    gaps: int
    failed: int
    engine: str
    repeated: bool = False


async def run_week(options: RunOptions, settings: Settings, progress: Progress) -> RunOutcome:
    """Write the report of one week. Raises the errors of `agent.errors`."""
    harden_environment()
    topic = read_topic(options.topic)
    week = chosen_week(options.week, datetime.now(UTC), topic.timezone)
    engine = choose_engine(options, topic, settings)
    progress.note(f"{topic.title} · {week.iso} · {_engine_in_words(engine, options, topic, settings)}")
    folder = IssueFolder(options.out, topic.slug, week)
    with folder.held():
        record = Record(data_folder(options.out) / "record.sqlite")
        try:
            fingerprint = _fingerprint(topic, options, engine, settings)
            runs = record.runs(topic.slug, week.iso)
            done = _finished(runs, fingerprint, folder)
            if done and not options.fresh:
                return _outcome(folder, engine, repeated=True)
            begun = "" if options.fresh else _run_to_go_on_with(runs, fingerprint)
            run = begun or f"{topic.slug}/{week.iso}/{fingerprint}-{len(runs) + 1}"
            record.start_run(run, topic.slug, week.iso, fingerprint)
            budget = topic.articles if options.limit is None else min(topic.articles, options.limit)
            chosen = Chosen(options.out, topic, week, engine, options.model, budget, options.economy)
            async with put_together(chosen, settings, record, folder, progress, run) as deps:
                await _invoke(run, deps, data_folder(options.out) / "checkpoints.sqlite", settings.checkpoints)
        except NothingPublishable:
            # Going on with the same plan would come to the same nothing, whatever the sources offer by then.
            record.give_up_run(run)
            raise
        finally:
            record.close()
    return _outcome(folder, engine)


def choose_engine(options: RunOptions, topic: Topic, settings: Settings) -> Literal["model", "extractive"]:
    """Return the engine: the model's where a key is set, unless the options say which."""
    if options.engine != "auto":
        return options.engine
    return "model" if settings.has_model(options.model or topic.model) else "extractive"


def _engine_in_words(engine: str, options: RunOptions, topic: Topic, settings: Settings) -> str:
    if engine == "model":
        return f"model engine: {settings.model_settings(options.model or topic.model).name}"
    if options.engine == "extractive":
        return "extractive engine, as asked"
    return "extractive engine: no key is set (GOOGLE_API_KEY brings translation and synthesis)"


def _fingerprint(topic: Topic, options: RunOptions, engine: str, settings: Settings) -> str:
    model = settings.model_settings(options.model or topic.model).name if engine == "model" else ""
    parts = (topic.model_dump_json(), engine, model, str(options.limit), __version__)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _finished(runs: list[RunRow], fingerprint: str, folder: IssueFolder) -> bool:
    return bool(runs) and runs[-1].fingerprint == fingerprint and runs[-1].finished and folder.report() is not None


def _run_to_go_on_with(runs: list[RunRow], fingerprint: str) -> str:
    return runs[-1].run if runs and runs[-1].fingerprint == fingerprint and not runs[-1].finished else ""


def _outcome(folder: IssueFolder, engine: str, *, repeated: bool = False) -> RunOutcome:
    from graph.completeness import is_complete

    report = folder.report()
    if report is None:
        raise SettingError(f"{folder.path / REPORT}: was not written")
    return RunOutcome(
        folder.path,
        is_complete(report),
        len(report.gaps),
        len(report.checks.failed),
        report.engine or engine,
        repeated,
    )


async def _invoke(run: str, deps: Deps, checkpoints: Path, address: str) -> None:
    """Run the graph, or go on with it where a killed run left it."""
    from graph.checkpoints import open_checkpoints
    from graph.weekly import build_weekly_graph

    async with open_checkpoints(checkpoints, address) as saver:
        app = build_weekly_graph().compile(checkpointer=saver)
        # LangGraph's own max_concurrency would hold back checkpoint writes; the engines limit themselves.
        config: Any = {"configurable": {"thread_id": run}, "recursion_limit": 60}
        begun = (await app.aget_state(config)).created_at is not None
        state: Any = None if begun else {"run": run, "topic": deps.topic.slug, "week": deps.week.iso}
        let_collector_go()
        try:
            with observed("run", run=run, topic=deps.topic.slug, week=deps.week.iso, engine=deps.engine.name):
                await app.ainvoke(state, config, context=deps, durability="sync")
        except QuotaReached as error:
            raise QuotaReached(f"{error}. {_when_to_go_on(deps, run, error)}") from None
        # A finished run is never gone on with.
        await saver.adelete_thread(run)


def _when_to_go_on(deps: Deps, run: str, error: QuotaReached) -> str:
    plan = deps.record.plan(run)
    events = plan.events if plan else ()
    done = sum(deps.record.digest(run, event.article_id) is not None for event in events)
    when = "after the provider's next reset"
    if isinstance(error, DayLimitReached) or has_known_reset(deps.model.name):
        reset = next_reset(deps.model.name, deps.now()).astimezone(ZoneInfo(deps.topic.timezone))
        when = f"from {reset:%Y-%m-%d %H:%M} {deps.topic.timezone}"
    return f"{done} of {len(events)} articles are done and kept; the same command goes on {when} and asks only the rest"

"""The composition root: settings and a topic become one run of the weekly graph."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from agent.errors import SettingError
from agent.issue import REPORT, IssueFolder
from agent.progress import Progress
from agent.record import Record, RunRow
from agent.settings import Settings, harden_environment
from agent.topic import Topic, read_topic
from agent.week import parse_week, week_of
from shuho import __version__
from shuho.parts import Chosen, data_folder, put_together

if TYPE_CHECKING:
    from graph.deps import Deps

EngineChoice = Literal["auto", "model", "extractive"]


@dataclass(frozen=True)
class RunOptions:
    """What the command line says of a run. An empty week is the one that `now` falls in."""

    topic: Path
    out: Path
    week: str = ""
    engine: EngineChoice = "auto"
    model: str = ""
    limit: int | None = None
    fresh: bool = False


@dataclass(frozen=True)
class RunOutcome:
    """How a run ended. `repeated` tells that the week was finished before and nothing was asked again."""

    folder: Path
    complete: bool
    gaps: int
    engine: str
    repeated: bool = False


async def run_week(options: RunOptions, settings: Settings, progress: Progress) -> RunOutcome:
    """Write the report of one week. Raises the errors of `agent.errors`."""
    harden_environment()
    topic = read_topic(options.topic)
    week = parse_week(options.week, topic.timezone) if options.week else week_of(datetime.now(UTC), topic.timezone)
    engine = choose_engine(options, topic, settings)
    folder = IssueFolder(options.out, topic.slug, week)
    with folder.held():
        record = Record(data_folder(options.out) / "record.sqlite")
        try:
            fingerprint = _fingerprint(topic, options, engine, settings)
            runs = record.runs(topic.slug, week.iso)
            done = _finished(runs, fingerprint, folder)
            if done and not options.fresh:
                return _outcome(folder, engine, repeated=True)
            run = _run_to_go_on_with(runs, fingerprint) or f"{topic.slug}/{week.iso}/{fingerprint}-{len(runs) + 1}"
            record.start_run(run, topic.slug, week.iso, fingerprint)
            budget = topic.articles if options.limit is None else min(topic.articles, options.limit)
            chosen = Chosen(options.out, topic, week, engine, options.model, budget)
            async with put_together(chosen, settings, record, folder, progress) as deps:
                await _invoke(run, deps, data_folder(options.out) / "checkpoints.sqlite")
        finally:
            record.close()
    return _outcome(folder, engine)


def choose_engine(options: RunOptions, topic: Topic, settings: Settings) -> Literal["model", "extractive"]:
    """Return the engine: the model's where a key is set, unless the options say which."""
    if options.engine != "auto":
        return options.engine
    return "model" if settings.has_model(options.model or topic.model) else "extractive"


def _fingerprint(topic: Topic, options: RunOptions, engine: str, settings: Settings) -> str:
    model = settings.model_settings(options.model or topic.model).name if engine == "model" else ""
    parts = (topic.model_dump_json(), engine, model, str(options.limit), __version__)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _finished(runs: list[RunRow], fingerprint: str, folder: IssueFolder) -> bool:
    return bool(runs) and runs[-1].fingerprint == fingerprint and runs[-1].finished and folder.report() is not None


def _run_to_go_on_with(runs: list[RunRow], fingerprint: str) -> str:
    return runs[-1].run if runs and runs[-1].fingerprint == fingerprint and not runs[-1].finished else ""


def _outcome(folder: IssueFolder, engine: str, *, repeated: bool = False) -> RunOutcome:
    from graph.publishing import is_complete

    report = folder.report()
    if report is None:
        raise SettingError(f"{folder.path / REPORT}: was not written")
    return RunOutcome(folder.path, is_complete(report), len(report.gaps), report.engine or engine, repeated)


async def _invoke(run: str, deps: Deps, checkpoints: Path) -> None:
    """Run the graph, or go on with it where a killed run left it."""
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from graph.weekly import build_weekly_graph

    async with AsyncSqliteSaver.from_conn_string(str(checkpoints)) as saver:
        app = build_weekly_graph().compile(checkpointer=saver)
        # LangGraph's own max_concurrency would hold back checkpoint writes; the engines limit themselves.
        config: Any = {"configurable": {"thread_id": run}, "recursion_limit": 60}
        begun = (await app.aget_state(config)).created_at is not None
        state: Any = None if begun else {"run": run, "topic": deps.topic.slug, "week": deps.week.iso}
        await app.ainvoke(state, config, context=deps, durability="sync")

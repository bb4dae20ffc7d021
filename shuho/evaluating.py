"""The evals with the whole program behind them: they can run a week."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from agent.settings import Settings

if TYPE_CHECKING:
    from evals.baseline import Comparison
    from evals.result import Evaluation, SuiteResult
    from evals.session import EvalOptions


async def evaluate_program(
    options: EvalOptions, settings: Settings, done: Callable[[SuiteResult], None] | None = None
) -> tuple[Evaluation, list[Comparison]]:
    """Run the suites and compare them with the committed baselines. Raises what `evals.session` raises."""
    from evals.session import evaluate_with

    return await evaluate_with(options, settings, _run_week, done)


async def _run_week(topic: Path, out: Path, week: str) -> Path:
    from agent.observability.progress import Silent
    from shuho.app import RunOptions, run_week

    outcome = await run_week(RunOptions(topic, out, week, "extractive"), Settings(), Silent())
    return outcome.folder

"""One evaluation from its options: the bench is set up, the model reached, the results compared with the baselines."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import SettingError
from agent.grounding.admission import FILE as MARKS
from agent.settings import Settings, harden_environment
from evals.baseline import Comparison, compare, write_baselines
from evals.bench import DATA, Bench, WeekRunner
from evals.result import Evaluation, SuiteResult
from evals.running import evaluate
from evals.table import render_table

if TYPE_CHECKING:
    from agent.calls.llm import ModelClient


@dataclass(frozen=True)
class EvalOptions:
    """What the command line says of an evaluation. Empty `suites` means all; an empty `model` means none."""

    suites: tuple[str, ...]
    out: Path
    report: Path | None = None
    against: Path | None = None
    model: str = ""
    data: Path | None = None
    small: bool = False


async def evaluate_with(
    options: EvalOptions,
    settings: Settings,
    run_week: WeekRunner | None = None,
    done: Callable[[SuiteResult], None] | None = None,
) -> tuple[Evaluation, list[Comparison]]:
    """Run the suites and compare them with the committed baselines; `done` gets each result as it comes.

    `run_week` writes the sample week's report for the suites that need one; they are skipped without it. Model answers
    are kept in the ledger of `out`: the same evaluation again costs nothing. Raises SettingError for an unknown suite
    or a report that is not there, ModelRefused and RetryError for a model that cannot be reached.
    """
    harden_environment()
    for path in (options.report, options.against):
        if path is not None and not path.is_file():
            raise SettingError(f"{path}: there is no such report")
    if options.data is not None and not options.data.is_dir():
        raise SettingError(f"{options.data}: there is no such folder")
    data = options.data or (DATA if DATA.is_dir() else None)
    with tempfile.TemporaryDirectory(prefix="shuho-eval-") as work:
        async with _client(options, settings) as client:
            bench = Bench(
                work=Path(work),
                data=data,
                small=options.small,
                report=options.report,
                against=options.against,
                client=client,
                run_week=run_week,
                marks=options.out / ".shuho" / MARKS,
            )
            evaluation = await evaluate(options.suites, bench, done)
    return evaluation, compare(evaluation)


@asynccontextmanager
async def _client(options: EvalOptions, settings: Settings) -> AsyncIterator[ModelClient | None]:
    if not options.model:
        yield None
        return
    from agent.calls.chat_model import chat_model
    from agent.calls.ledger import Ledger
    from agent.calls.llm import ModelClient
    from agent.calls.pace import Pace
    from agent.calls.prices import price_of
    from agent.observability.progress import Silent

    model = settings.model_settings(options.model)
    async with AsyncExitStack() as stack:
        folder = options.out / ".shuho"
        folder.mkdir(parents=True, exist_ok=True)
        ledger = stack.enter_context(contextlib.closing(Ledger(folder / "ledger.sqlite")))
        chat = chat_model(model.name, api_key=model.api_key, base_url=model.base_url, timeout=model.timeout)
        price = price_of(model.name)
        client = ModelClient(chat, model.name, ledger, pace=Pace(), progress=Silent(), price=price)
        stack.push_async_callback(client.aclose)
        await client.probe()
        yield client


def conclude(
    evaluation: Evaluation, comparisons: Sequence[Comparison], *, as_json: bool, baseline: bool, update: bool
) -> tuple[str, int]:
    """Return what to print, a table or JSON, and the exit code.

    The code is 1 when a suite failed, or when `baseline` holds and a metric is worse than its mark or the mark is of
    another version of its dataset. With `update`, the results become the baselines and only failures count.
    """
    failed = any(result.status == "failed" for result in evaluation.suites)
    setback = baseline and not update and any(comparison.is_setback for comparison in comparisons)
    if update:
        write_baselines(evaluation)
    if as_json:
        rows = [asdict(comparison) for comparison in comparisons]
        text = json.dumps({**evaluation.model_dump(mode="json"), "baseline": rows}, ensure_ascii=False, indent=2)
    else:
        text = render_table(evaluation, comparisons)
    return text, int(failed or setback)

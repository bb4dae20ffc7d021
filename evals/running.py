"""The harness: which suites there are, and one evaluation of some of them."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec

from agent.errors import SettingError, ShuhoError
from evals.bench import REPOSITORY, Bench, Skip
from evals.result import Evaluation, Measured, SuiteResult

SUITES = {
    "extraction": "what a page's text is: first and last paragraph, title",
    "dates": "when a page or feed item was published",
    "language_id": "which language a text is in",
    "quantities": "numbers, percentages, money and dates in a text",
    "research": "which pages become articles of the week",
    "dedupe": "copies, and no false ones",
    "events": "reports of one event, across languages (B-cubed)",
    "contradictions": "reports of one event that differ in a number, date, name or denial, and none where they agree",
    "categorization": "articles in the category that a careful editor chose",
    "grounding": "true and false claims told apart, by number, date, name, source",
    "translation": "chrF, BLEU, numbers and names kept, script pure (--model; the human references without one)",
    "clean": "the checks of `shuho check` on clean reports of real news: false alarms",
    "planted": "the checks of `shuho check` against planted defects",
    "injection": "hostile articles that changed anything outside their own digest",
    "end_to_end": "the sample week as a whole, or the report given by --report",
    "verify": "planted swaps and negations caught by a model, which admits it as verifier (--model)",
    "judge": "a report read by a model, and that model itself on planted pairs (--model)",
}
"""Name -> what it measures. Each is the module `evals.<name>` with `async measure(bench) -> Measured`."""

_MISTAKES = 40


async def evaluate(names: Sequence[str], bench: Bench, done: Callable[[SuiteResult], None] | None = None) -> Evaluation:
    """Run the suites named, all when none is; `done` gets each result as it comes. Raises SettingError for others."""
    if unknown := [name for name in names if name not in SUITES]:
        raise SettingError(f"no suite {', '.join(unknown)}; there are {', '.join(SUITES)}")
    results = []
    for name in names or SUITES:
        results.append(await _run(name, bench))
        if done:
            done(results[-1])
    return Evaluation(
        revision=revision(),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        size="small" if bench.small else "full",
        model=bench.client.name if bench.client else "",
        suites=tuple(results),
    )


async def _run(name: str, bench: Bench) -> SuiteResult:
    started = time.monotonic()
    before = set(bench.client.prompts_used) if bench.client else set()
    calls = bench.client.tally.calls + bench.client.tally.cached if bench.client else 0
    try:
        measured = await _suite(name)(bench)
    except Skip as reason:
        return SuiteResult(suite=name, status="skipped", note=str(reason))
    except ShuhoError as error:
        seconds = round(time.monotonic() - started, 2)
        return SuiteResult(suite=name, status="failed", note=f"{type(error).__name__}: {error}", seconds=seconds)
    asked = bench.client is not None and bench.client.tally.calls + bench.client.tally.cached > calls
    return SuiteResult(
        suite=name,
        status="measured",
        note=measured.note,
        model=bench.client.name if bench.client and asked else "",
        metrics=measured.metrics,
        datasets=measured.datasets,
        prompts=tuple(p for p in bench.client.prompts_used if p not in before) if bench.client else (),
        mistakes=measured.mistakes[:_MISTAKES],
        seconds=round(time.monotonic() - started, 2),
    )


def _suite(name: str) -> Callable[[Bench], Awaitable[Measured]]:
    if find_spec(f"evals.{name}") is None:
        raise Skip("not part of this version")
    measure: Callable[[Bench], Awaitable[Measured]] = import_module(f"evals.{name}").measure
    return measure


def revision() -> str:
    """Return git's short revision of the program, `+` behind it when files differ from it, `?` outside a checkout."""
    if not (REPOSITORY / ".git").exists():
        return "?"

    def git(*words: str) -> str:
        command = ["git", "-C", str(REPOSITORY), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout.strip()  # noqa: S603

    try:
        return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain") else "")
    except (OSError, subprocess.SubprocessError):
        return "?"

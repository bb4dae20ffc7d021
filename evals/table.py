"""An evaluation as a table of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.baseline import Comparison
from evals.result import Evaluation, Metric, SuiteResult

_MARK = {"same": "=", "better": "better", "worse": "WORSE", "new": "new", "stale": "STALE", "lost": "not measured"}


def render_table(evaluation: Evaluation, comparisons: Sequence[Comparison], mistakes: int = 3) -> str:
    """Return the table: a block a suite, a line a metric with its 95 % interval and its baseline; some mistakes."""
    known = {(c.suite, c.metric): c for c in comparisons}
    lines = [f"shuho evaluation, {evaluation.size}, revision {evaluation.revision}, {evaluation.at}"]
    for result in evaluation.suites:
        lines += _suite(result, known, mistakes)
    setbacks = [c for c in comparisons if c.is_setback]
    failed = [r.suite for r in evaluation.suites if r.status == "failed"]
    counts = [sum(r.status == status for r in evaluation.suites) for status in ("measured", "skipped", "failed")]
    lines.append(f"\n{counts[0]} suites measured, {counts[1]} skipped, {counts[2]} failed; {len(setbacks)} setbacks")
    lines += [f"  {c.suite}/{c.metric}: {_MARK[c.state]}" for c in setbacks] + [f"  {name}: failed" for name in failed]
    return "\n".join(lines)


def _suite(result: SuiteResult, known: dict[tuple[str, str], Comparison], mistakes: int) -> Iterator[str]:
    model = f", {result.model}" if result.model else ""
    note = f": {result.note}" if result.note else ""
    state = "" if result.status == "measured" else f" {result.status}"
    yield (
        f"\n{result.suite}{state} ({result.seconds:.1f} s{model}){note}"
        if not state
        else f"\n{result.suite}{state}{note}"
    )
    for metric in result.metrics:
        yield _line(metric, known.get((result.suite, metric.name)))
    yield from (f"    {mistake}" for mistake in result.mistakes[:mistakes])
    if len(result.mistakes) > mistakes:
        yield f"    and {len(result.mistakes) - mistakes} more (--json lists them)"


def _line(metric: Metric, comparison: Comparison | None) -> str:
    interval = f"{_plain(metric.low)}–{_plain(metric.high)}" if metric.low != metric.high else ""
    was = f"{_plain(comparison.was)} {_MARK[comparison.state]}" if comparison and comparison.was is not None else "new"
    return f"  {metric.name:<42} {_plain(metric.value):>8}  {interval:<15} n={metric.n:<6} {was}"


def _plain(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"

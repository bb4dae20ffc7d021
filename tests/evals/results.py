"""Small evaluations for tests."""

from __future__ import annotations

from typing import Any

from evals.result import DatasetUsed, Evaluation, Metric, SuiteResult
from evals.scores import number


def metric(value: float, name: str = "right", **changes: Any) -> Metric:
    return number(name, value, 10, "set").model_copy(update=changes)


def evaluation(*metrics: Metric, version: str = "aaa", **changes: Any) -> Evaluation:
    """Return an evaluation of one suite, `dates`, measured on version `aaa` of `set`."""
    fields: dict[str, Any] = {"suite": "dates", "status": "measured", "metrics": metrics}
    fields["datasets"] = (DatasetUsed(name="set", version=version, rows=10),)
    result = SuiteResult(**{**fields, **changes})
    return Evaluation(revision="abc", at="2026-04-12T00:00:00+00:00", size="small", model="", suites=(result,))

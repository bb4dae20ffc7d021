"""Baselines: the committed results that a change must not fall behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from agent.model import Value
from evals.result import Evaluation, Metric, SuiteResult

FOLDER = Path(__file__).resolve().parent / "baselines"

State = Literal["same", "better", "worse", "new", "stale", "lost"]


class Mark(Value):
    """What a metric was, on which version of its dataset."""

    value: float
    n: int
    dataset: str
    version: str


class Baseline(Value):
    """One suite's marks: `small`, `full` or `full PROVIDER:NAME` -> metric -> mark."""

    revision: str
    marks: dict[str, dict[str, Mark]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """A metric against its mark. `stale`: the dataset is another now; `lost`: a mark whose metric was not measured."""

    suite: str
    metric: str
    state: State
    was: float | None
    now: float | None

    @property
    def is_setback(self) -> bool:
        """Tell whether this must not pass: it got worse, or a new baseline is due."""
        return self.state in ("worse", "stale")


def compare(evaluation: Evaluation, folder: Path = FOLDER) -> list[Comparison]:
    """Compare every measured suite with its baseline in `folder`. A suite that was skipped is not compared."""
    found: list[Comparison] = []
    for result in evaluation.suites:
        if result.status == "measured":
            baseline = read_baseline(result.suite, folder)
            marks = baseline.marks.get(_key(evaluation, result), {}) if baseline else {}
            found += _suite(result, marks)
    return found


def _suite(result: SuiteResult, marks: dict[str, Mark]) -> Iterator[Comparison]:
    versions = {dataset.name: dataset.version for dataset in result.datasets}
    measured = {metric.name for metric in result.metrics}
    for metric in result.metrics:
        mark = marks.get(metric.name)
        if mark is None:
            yield Comparison(result.suite, metric.name, "new", None, metric.value)
        elif versions.get(metric.dataset) != mark.version:
            yield Comparison(result.suite, metric.name, "stale", mark.value, metric.value)
        else:
            yield Comparison(result.suite, metric.name, _state(metric, mark), mark.value, metric.value)
    for name, mark in marks.items():
        if name not in measured:
            yield Comparison(result.suite, name, "lost", mark.value, None)


def _state(metric: Metric, mark: Mark) -> State:
    gain = metric.value - mark.value if metric.better == "higher" else mark.value - metric.value
    if metric.better == "neither" or abs(gain) <= metric.tolerance:
        return "same"
    return "better" if gain > 0 else "worse"


def read_baseline(suite: str, folder: Path = FOLDER) -> Baseline | None:
    """Return a suite's baseline, None when there is none. Raises pydantic's ValidationError for a bad file."""
    path = folder / f"{suite}.json"
    return Baseline.model_validate_json(path.read_bytes()) if path.is_file() else None


def write_baselines(evaluation: Evaluation, folder: Path = FOLDER) -> list[Path]:
    """Make what was measured the baseline; marks of other sizes, models and unmeasured metrics stay."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for result in evaluation.suites:
        if result.status != "measured" or not result.metrics:
            continue
        old = read_baseline(result.suite, folder)
        marks = {key: dict(value) for key, value in old.marks.items()} if old else {}
        versions = {dataset.name: dataset.version for dataset in result.datasets}
        marks.setdefault(_key(evaluation, result), {}).update(
            {
                m.name: Mark(value=round(m.value, 6), n=m.n, dataset=m.dataset, version=versions[m.dataset])
                for m in result.metrics
            }
        )
        path = folder / f"{result.suite}.json"
        document = Baseline(revision=evaluation.revision, marks=marks).model_dump(mode="json")
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
        written.append(path)
    return written


def _key(evaluation: Evaluation, result: SuiteResult) -> str:
    return f"{evaluation.size} {result.model}".strip()

from __future__ import annotations

from pathlib import Path

import pytest

from evals.baseline import FOLDER, Comparison, State, compare, read_baseline, write_baselines
from evals.result import Evaluation, Metric
from evals.running import SUITES
from evals.session import conclude
from evals.table import render_table
from tests.evals.results import evaluation, metric


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (metric(0.9), "same"),
        (metric(0.896), "same"),
        (metric(0.894), "worse"),
        (metric(0.92), "better"),
        (metric(0.894, better="lower"), "better"),
        (metric(0.92, better="lower"), "worse"),
        (metric(0.1, better="neither"), "same"),
        (metric(0.8, tolerance=0.2), "same"),
    ],
)
def test_a_metric_is_held_against_its_mark(tmp_path: Path, now: Metric, state: State) -> None:
    write_baselines(evaluation(metric(0.9)), tmp_path)
    assert compare(evaluation(now), tmp_path) == [Comparison("dates", "right", state, 0.9, now.value)]


@pytest.mark.parametrize(
    ("later", "states"),
    [
        (evaluation(metric(0.9), metric(0.5, "more")), {"right": "same", "more": "new"}),
        (evaluation(metric(0.9), version="bbb"), {"right": "stale"}),
        (evaluation(metric(0.5, "more")), {"more": "new", "right": "lost"}),
        (evaluation(metric(0.1), model="fake:model"), {"right": "new"}),
        (evaluation(metric(0.1)).model_copy(update={"size": "full"}), {"right": "new"}),
        (evaluation(metric(0.1), status="skipped"), {}),
    ],
)
def test_what_cannot_be_compared_is_said(tmp_path: Path, later: Evaluation, states: dict[str, State]) -> None:
    write_baselines(evaluation(metric(0.9)), tmp_path)
    assert {c.metric: c.state for c in compare(later, tmp_path)} == states


def test_marks_of_other_sizes_stay(tmp_path: Path) -> None:
    small, full = evaluation(metric(0.9)), evaluation(metric(0.7)).model_copy(update={"size": "full"})
    write_baselines(small, tmp_path)
    write_baselines(full, tmp_path)
    assert {c.state for one in (small, full) for c in compare(one, tmp_path)} == {"same"}


@pytest.mark.parametrize(
    ("now", "baseline", "code"),
    [
        (evaluation(metric(0.9)), True, 0),
        (evaluation(metric(0.5)), True, 1),
        (evaluation(metric(0.5)), False, 0),
        (evaluation(metric(0.9), version="bbb"), True, 1),
        (evaluation(status="failed"), False, 1),
        (evaluation(status="skipped"), True, 0),
    ],
)
def test_setbacks_and_failures_decide_the_exit_code(tmp_path: Path, now: Evaluation, baseline: bool, code: int) -> None:
    write_baselines(evaluation(metric(0.9)), tmp_path)
    found = compare(now, tmp_path)
    assert conclude(now, found, as_json=True, baseline=baseline, update=False)[1] == code


def test_the_table_tells_everything(tmp_path: Path) -> None:
    write_baselines(evaluation(metric(0.9)), tmp_path)
    now = evaluation(metric(0.5, low=0.4, high=0.6), mistakes=("one", "two"), seconds=1.25, note="half of it")
    assert render_table(now, compare(now, tmp_path), mistakes=1).splitlines() == [
        "shuho evaluation, small, revision abc, 2026-04-12T00:00:00+00:00",
        "",
        "dates (1.2 s): half of it",
        "  right                                         0.500  0.400–0.600     n=10     0.900 WORSE",
        "    one",
        "    and 1 more (--json lists them)",
        "",
        "1 suites measured, 0 skipped, 0 failed; 1 setbacks",
        "  dates/right: WORSE",
    ]


def test_committed_baselines_belong_to_suites() -> None:
    names = {path.stem for path in FOLDER.glob("*.json")}
    assert names <= set(SUITES)
    assert all(read_baseline(name) is not None for name in names)
    assert len(names) >= 10

"""The small form of every suite that needs neither a model nor data of others, against the committed baselines."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import SettingError
from agent.settings import Settings
from evals.baseline import compare
from evals.bench import DATA, Bench
from evals.running import evaluate
from evals.session import EvalOptions, evaluate_with

QUICK = ("extraction", "dates", "language_id", "quantities", "research", "dedupe", "events", "categorization")
QUICK += ("contradictions", "grounding", "translation", "injection", "clean")


@pytest.mark.timeout(600)
async def test_nothing_is_worse_than_its_baseline(tmp_path: Path) -> None:
    bench = Bench(work=tmp_path, data=DATA if DATA.is_dir() else None, small=True)
    found = await evaluate(QUICK, bench)
    assert {r.suite: (r.status, r.note) for r in found.suites if r.status != "measured"} == {}
    assert [c for c in compare(found) if c.is_setback] == []
    assert {r.suite for r in found.suites if not r.metrics} == set()


async def test_what_is_absent_is_skipped_and_never_zero(tmp_path: Path) -> None:
    bench = Bench(work=tmp_path, sample_folder=tmp_path)
    names = ("extraction", "research", "dedupe", "events", "categorization", "grounding", "end_to_end", "judge")
    found = await evaluate(names, bench)
    notes = {result.suite: (result.status, result.note) for result in found.suites}
    absent = ("skipped", "the sample week (examples/ai) is absent")
    grounding = "the sample week (examples/ai) is absent; data absent: altered NTREX sentences not measured"
    assert notes == {
        **dict.fromkeys(names[:5], absent),
        "grounding": ("skipped", grounding),
        "end_to_end": ("skipped", "needs the whole program: use `shuho eval`"),
        "judge": ("skipped", "needs a model: --model PROVIDER:NAME"),
    }
    assert all(result.metrics == () for result in found.suites)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"suites": ("dates", "tides")}, "no suite tides; there are extraction, dates,"),
        ({"report": Path("absent.json")}, "absent.json: there is no such report"),
        ({"data": Path("absent")}, "absent: there is no such folder"),
        ({"model": "no-colon"}, "write PROVIDER:NAME"),
    ],
)
async def test_bad_options_are_refused(tmp_path: Path, options: dict[str, object], message: str) -> None:
    given = EvalOptions(**{"suites": ("dates",), "out": tmp_path, **options})  # type: ignore[arg-type]
    with pytest.raises(SettingError, match=message):
        await evaluate_with(given, Settings())

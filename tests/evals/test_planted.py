from pathlib import Path

import pytest

from evals.bench import Bench
from evals.planted import clean_report, false_alarms, measure, plant_all
from evals.planting import replaced

WEAKEST = 0.95


def test_every_plant_is_found_and_a_clean_report_raises_no_alarm() -> None:
    clean = clean_report()
    assert false_alarms([clean]) == []
    outcomes = plant_all(clean, [1])
    for half in ("held", "tuned"):
        found = [o for o in outcomes if o.half == half]
        missed = [f"{o.plant.check}/{o.plant.name}" for o in found if not o.found]
        assert len(missed) <= (1 - WEAKEST) * len(found), missed
    assert len({o.plant.check for o in outcomes}) >= 30


async def test_the_suite_measures_recall_precision_and_false_alarms_of_every_check(tmp_path: Path) -> None:
    measured = await measure(Bench(work=tmp_path, small=True))
    values = {metric.name: metric for metric in measured.metrics}
    assert values["false alarms a clean report"].value == 0
    assert values["partition: recall, held"].value == 1
    assert values["partition: precision"].better == "higher"
    assert measured.datasets[0].name == "planted"


def test_a_plant_that_changes_nothing_is_refused() -> None:
    from random import Random

    with pytest.raises(ValueError, match="nothing to plant in"):
        replaced("absent", "x")("body", Random(1))

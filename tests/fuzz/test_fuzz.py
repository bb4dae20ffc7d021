import pytest

from tests.fuzz.running import fuzz
from tests.fuzz.targets import TARGETS

FEW = {"pages": 40, "feeds": 60, "topics": 60, "answers": 80, "figures": 80, "reports": 12}


@pytest.mark.parametrize("target", TARGETS)
def test_damaged_input_raises_only_what_is_promised(target: str) -> None:
    found = fuzz(target, FEW[target])
    assert (dict(found.faults), found.seeds) == ({}, {})


@pytest.mark.parametrize(("target", "seed"), [("pages", 11190), ("reports", 886), ("reports", 8064)])
def test_what_once_broke_something_stays_mended(target: str, seed: int) -> None:
    assert dict(fuzz(target, 1, seed).faults) == {}


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("target", TARGETS)
def test_much_damaged_input_raises_only_what_is_promised(target: str) -> None:
    found = fuzz(target, FEW[target] * 50, first=100_000)
    assert (dict(found.faults), found.seeds) == ({}, {})

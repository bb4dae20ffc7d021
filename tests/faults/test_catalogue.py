"""docs/faults.md names a test for every fault; here it is held to that."""

from __future__ import annotations

import re

import pytest

from tests.faults.child import ROOT

_ROW = re.compile(r"^\| (?!fault|---)(.+?) \| .+ \| (.+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/\S+\.py)::(test_\w+)`")
ROWS = _ROW.findall((ROOT / "docs" / "faults.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("fault", "tests"), ROWS, ids=[fault for fault, _ in ROWS])
def test_every_fault_has_a_test_that_exists(fault: str, tests: str) -> None:
    named = _TEST.findall(tests)
    assert named, fault
    absent = [f"{path}::{name}" for path, name in named if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
    assert absent == []


def test_the_catalogue_is_not_empty() -> None:
    assert len(ROWS) > 40

from __future__ import annotations

import pytest

from evals.scores import b_cubed, macro_f1, mean, number, share


@pytest.mark.parametrize(
    ("verdicts", "value", "low", "high"),
    [
        ([True] * 10, 1.0, 0.722, 1.0),
        ([False] * 10, 0.0, 0.0, 0.278),
        ([True] * 5 + [False] * 5, 0.5, 0.237, 0.763),
    ],
)
def test_a_share_has_wilsons_interval(verdicts: list[bool], value: float, low: float, high: float) -> None:
    metric = share("x", verdicts, "d")
    assert (metric.value, round(metric.low, 3), round(metric.high, 3), metric.n) == (value, low, high, 10)


def test_a_share_of_nothing_is_no_number() -> None:
    with pytest.raises(ValueError, match="x: no case"):
        share("x", [], "d")
    with pytest.raises(ValueError, match="x: no case"):
        mean("x", [], "d")


def test_a_mean_lies_in_its_interval_and_is_the_same_each_time() -> None:
    metric = mean("x", [1.0, 2.0, 3.0, 4.0], "d")
    assert metric == mean("x", [1.0, 2.0, 3.0, 4.0], "d")
    assert metric.low < metric.value == 2.5 < metric.high
    assert number("x", 7, 1, "d").high == 7


@pytest.mark.parametrize(
    ("gold", "found", "score"),
    [
        ("aabb", "1122", 1.0),
        ("aabb", "1111", 2 / 3),
        ("aabb", "1234", 2 / 3),
        ("aabb", "1212", 0.5),
        ("", "", 0.0),
    ],
)
def test_b_cubed(gold: str, found: str, score: float) -> None:
    assert b_cubed(dict(enumerate(gold)), dict(enumerate(found))) == pytest.approx(score)


@pytest.mark.parametrize(("gold", "found", "score"), [("aab", "aab", 1.0), ("aab", "aaa", 0.4), ("ab", "ba", 0.0)])
def test_macro_f1(gold: str, found: str, score: float) -> None:
    assert macro_f1(list(gold), list(found)) == pytest.approx(score)

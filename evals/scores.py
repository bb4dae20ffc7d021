"""The measures: shares and means with their 95 % intervals, B-cubed, macro F1."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from evals.result import Better, Metric

K = TypeVar("K", bound=Hashable)

_Z = 1.96
_RESAMPLES = 500


def share(
    name: str, verdicts: Sequence[bool], dataset: str, *, better: Better = "higher", tolerance: float = 0.005
) -> Metric:
    """Return the share of true verdicts, 0 to 1, with Wilson's interval (1927). Raises ValueError without verdicts."""
    n = len(verdicts)
    if not n:
        raise ValueError(f"{name}: no case")
    p = sum(verdicts) / n
    middle = (p + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
    half = _Z * math.sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n)) / (1 + _Z * _Z / n)
    return Metric(
        name=name,
        value=p,
        n=n,
        low=max(0.0, middle - half),
        high=min(1.0, middle + half),
        better=better,
        tolerance=tolerance,
        dataset=dataset,
    )


def mean(
    name: str, values: Sequence[float], dataset: str, *, better: Better = "higher", tolerance: float = 0.005
) -> Metric:
    """Return the mean with its bootstrap interval (Efron 1979; percentiles, fixed seed). Raises ValueError for none."""
    if not values:
        raise ValueError(f"{name}: no case")
    row = np.asarray(values, dtype=float)
    draws = np.random.default_rng(7).choice(row, size=(_RESAMPLES, len(row))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return Metric(
        name=name,
        value=float(row.mean()),
        n=len(row),
        low=float(low),
        high=float(high),
        better=better,
        tolerance=tolerance,
        dataset=dataset,
    )


def number(
    name: str, value: float, n: int, dataset: str, *, better: Better = "higher", tolerance: float = 0.005
) -> Metric:
    """Return a number that has no interval of its own: its low and high are itself."""
    return Metric(
        name=name, value=value, n=n, low=value, high=value, better=better, tolerance=tolerance, dataset=dataset
    )


def b_cubed(gold: Mapping[K, Hashable], found: Mapping[K, Hashable]) -> float:
    """Return the F1 of a grouping, 0 to 1 (Bagga and Baldwin 1998); both map the same members to their group."""
    if not gold:
        return 0.0
    precision = recall = 0.0
    for member in gold:
        together = {other for other in gold if found[other] == found[member]}
        belong = {other for other in gold if gold[other] == gold[member]}
        precision += len(together & belong) / len(together)
        recall += len(together & belong) / len(belong)
    precision, recall = precision / len(gold), recall / len(gold)
    return 2 * precision * recall / (precision + recall)


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the mean of the F1 of every class that occurs in `gold`, 0 to 1."""
    scores = []
    for label in set(gold):
        hits = sum(g == f == label for g, f in zip(gold, found, strict=True))
        scores.append(2 * hits / (gold.count(label) + found.count(label)))
    return sum(scores) / len(scores) if scores else 0.0

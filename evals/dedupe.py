"""Copies found, and nothing taken for a copy that is none."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from agent.language.sentences import split
from agent.selection.dedupe import Shingles, is_copy, shingles
from evals.bench import Bench
from evals.dataset import read_jsonl, used
from evals.result import DatasetUsed, Measured, Metric
from evals.sample_week import SampleWeek
from evals.scores import share

_DROPPED = (0.0, 0.1, 0.25, 0.4)
_PREFIX = "【配信】編集部より:"


async def measure(bench: Bench) -> Measured:
    """Score the sample week's copies by what its expectations say and, where the data is, altered Japanese news.

    An altered copy has a line before it and a share of its sentences dropped at random (fixed seed).
    """
    week = await bench.sample()
    metrics, mistakes = _sample(week)
    datasets: list[DatasetUsed] = [week.dataset]
    note = ""
    if bench.has("jawikinews"):
        path = bench.real("jawikinews") / "jawikinews_300.jsonl"
        found, dataset = _altered(path, bench.few(60, 300))
        metrics += found
        datasets.append(dataset)
    else:
        note = "data absent: altered copies of Japanese news not measured"
    return Measured(metrics=tuple(metrics), datasets=tuple(datasets), mistakes=tuple(mistakes), note=note)


def _sample(week: SampleWeek) -> tuple[list[Metric], list[str]]:
    dropped = {gap.subject: gap for gap in week.plan.gaps if gap.reason in ("near_duplicate", "exact_duplicate")}
    copies = [page for page in week.expected.pages if page.duplicate_of is not None]
    right = [page.url in dropped for page in copies]
    others = [page.url not in dropped for page in week.expected.pages if page.duplicate_of is None]
    mistakes = [f"copy kept: {page.url}" for page, found in zip(copies, right, strict=True) if not found]
    name = week.dataset.name
    metrics = [share("copies found sample week", right, name), share("originals kept sample week", others, name)]
    return metrics, mistakes


def _altered(path: Path, count: int) -> tuple[list[Metric], DatasetUsed]:
    texts = [str(row["article"]) for row in read_jsonl(path)[:count]]
    dataset = used("jawikinews", [path], len(texts))
    plain = [shingles(text) for text in texts]
    metrics = []
    for dropped in _DROPPED:
        draw = random.Random(11)  # noqa: S311
        found = [is_copy(plain[i], shingles(_alter(text, dropped, draw))) for i, text in enumerate(texts)]
        metrics.append(share(f"copies found, {dropped:.0%} dropped", found, dataset.name))
    metrics.append(share("different texts kept apart", _apart(plain), dataset.name))
    return metrics, dataset


def _alter(text: str, dropped: float, draw: random.Random) -> str:
    sentences = [span.text for span in split(text, "ja")]
    kept = [sentence for sentence in sentences if draw.random() >= dropped]
    return _PREFIX + "".join(kept or sentences)


def _apart(texts: Sequence[Shingles]) -> list[bool]:
    return [not is_copy(first, second) for i, first in enumerate(texts) for second in texts[i + 1 :]]

"""What is found where reports of one event differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from agent.model import Article, Bound, Difference, Number, Precision, Span, Value


class OfArticle(Protocol):
    """What an article tells."""

    @property
    def article(self) -> Article:
        """The article."""
        ...


T = TypeVar("T", bound=OfArticle)


class Side(Value):
    """What one report states, and the sentence that states it, verbatim."""

    article_id: str
    evidence: Span
    value: Number | None = None
    """A quantity in whole units; None unless the reports differ in one."""
    unit: str = ""
    bound: Bound = "exact"
    day: date | None = None
    """The first day of the period of `precision`; None unless the reports differ in when."""
    precision: Precision | None = None
    said: str = ""
    """The name that stands in the sentence; empty unless the reports differ in one."""
    denied: bool | None = None
    """Whether the sentence says that it is not so; None unless the reports differ in that."""


class Contradiction(Value):
    """Two or more reports of one event that differ; one side a report, in the order of the reports."""

    kind: Difference
    sides: tuple[Side, ...]
    measures: tuple[str, ...] = ()
    """What is measured, as in `agent.contradictions.measures`, as far as every side says it."""


def gathered(pairs: Sequence[tuple[int, int]], told: Sequence[T], reports: Sequence[Article]) -> list[list[T]]:
    """Join pairs (given by their places in `told`) that share one, in the order of their first pair.

    Of each group one a report is returned, the first that it tells, in the order of the reports.
    """
    order = {report.id: place for place, report in enumerate(reports)}
    groups = []
    for places in _joined(pairs):
        by_report = {told[place].article.id: told[place] for place in reversed(places)}
        groups.append(sorted(by_report.values(), key=lambda one: order[one.article.id]))
    return groups


def _joined(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Join pairs that share a claim, in the order of their first pair."""
    groups: list[set[int]] = []
    for pair in pairs:
        met = [group for group in groups if group & set(pair)]
        if met:
            met[0].update(pair, *met[1:])
            groups = [group for group in groups if group not in met[1:]]
        else:
            groups.append(set(pair))
    return [sorted(group) for group in groups]

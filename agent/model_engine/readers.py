"""What the engine needs from the grounding code, gathered so that a test can stand in for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from agent.model import Article, Bound, Figure, Precision


class ReadQuantity(Protocol):
    """A quantity read off a text: offsets cover number, unit and bound word."""

    @property
    def value(self) -> Decimal: ...  # noqa: D102
    @property
    def upper(self) -> Decimal | None: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def bound(self) -> Bound: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


class ReadMoment(Protocol):
    """A date read off a text; `date` is the first day of the period that `precision` names."""

    @property
    def date(self) -> date: ...  # noqa: D102
    @property
    def precision(self) -> Precision: ...  # noqa: D102


@dataclass(frozen=True)
class Readers:
    """Reads and prints quantities and dates, and finds what a text says without a source."""

    quantities: Callable[[str, str], Sequence[ReadQuantity]]
    """(text, language)"""
    moments: Callable[[str, str, date], Sequence[ReadMoment]]
    """(text, language, the day that relative dates count from)"""
    display: Callable[[Figure, str], str]
    """(figure, language of the report)"""
    unsupported: Callable[[str, str, Sequence[Article], Sequence[str]], Sequence[str]]
    """(text, its language, articles, names): what of the text no article bears out, or none so firmly."""


def grounded_readers() -> Readers:
    """Return the readers of the grounding code."""
    from agent.grounding.evidence import softened
    from agent.grounding.unsupported import page_of, unsupported
    from agent.language.sentences import split
    from agent.moments import parse_moments
    from agent.quantities import display, parse_quantities

    def missing(text: str, language: str, articles: Sequence[Article], names: Sequence[str]) -> Sequence[str]:
        sources = [page_of(article) for article in articles]
        firm = [stretch for span in split(text, language) for stretch in softened(span.text, language, sources)]
        return [*unsupported(text, language, sources, names), *firm]

    def shown(figure: Figure, language: str) -> str:
        return display(figure.value, figure.upper, figure.unit, figure.bound, language)

    return Readers(parse_quantities, parse_moments, shown, missing)

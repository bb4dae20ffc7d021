"""The figures and dated events that an article's own sentences state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from agent.extractive.salience import Sentence
from agent.model import Article, DatedEvent, Figure
from agent.moments import Moment, parse_moments
from agent.quantities import Quantity, parse_quantities, same_quantity
from agent.quantities.currencies import CODES
from agent.quantities.measures import FACTORS

_MOST_FIGURES = 6
_MOST_PER_SENTENCE = 3
_SAME_KIND = 0.35
"""What each further figure of one unit loses, so that shares and counts stand beside the money."""
_HANGING = 0.4
_MOST_EVENTS = 6
_MOST_PAST = 1
_RECENT = timedelta(days=31)
_DURATIONS = frozenset({"time", "months"})


def figures(article: Article, sentences: Sequence[Sentence]) -> tuple[Figure, ...]:
    """Return up to six figures, the most telling first: money, shares, large counts, measures, then multiples.

    The label is the sentence that states the figure, and so is the evidence; whose it is stays open.
    """
    found: list[tuple[float, Sentence, Quantity]] = []
    for sentence in sentences:
        for quantity in parse_quantities(sentence.span.text, article.language):
            if (weight := _weight(quantity)) > 0:
                hanging = _HANGING if sentence.hanging else 0.0
                found.append((weight - hanging + sentence.salience * 0.5, sentence, quantity))
    kept: list[tuple[Sentence, Quantity]] = []
    while found and len(kept) < _MOST_FIGURES:
        best = max(found, key=lambda f: f[0] - _SAME_KIND * sum(1 for _, q in kept if q.unit == f[2].unit))
        found.remove(best)
        _, sentence, quantity = best
        repeated = any(same_quantity(quantity, other).equal for _, other in kept)
        if not repeated and sum(1 for other, _ in kept if other is sentence) < _MOST_PER_SENTENCE:
            kept.append((sentence, quantity))
    return tuple(_figure(sentence, quantity) for sentence, quantity in kept)


def _figure(sentence: Sentence, quantity: Quantity) -> Figure:
    return Figure(
        value=quantity.value, upper=quantity.upper, unit=quantity.unit, bound=quantity.bound,
        label=sentence.span.text, evidence=sentence.span,
    )  # fmt: skip


def _weight(quantity: Quantity) -> float:
    """Rank the kinds of figure; 0 keeps one out: small counts, durations in passing, bare numbers."""
    unit, value = quantity.unit, quantity.value
    if unit in CODES:
        return 3.0 if value >= 10**6 else 1.2 if value >= 1000 else 0.0
    if unit in ("%", "percentage_point"):
        return 2.5
    if unit == "times":
        return 1.8 if value > 1 else 0.0
    if unit in FACTORS:
        return 0.0 if FACTORS[unit][0] in _DURATIONS else 2.0
    if unit.startswith("count:") and unit != "count:items":
        return _count_weight(value)
    if value >= 10**6:
        return 1.5
    return 0.6 if not unit and value != value.to_integral() and value >= 10 else 0.0


def _count_weight(value: Decimal) -> float:
    return 2.3 if value >= 10**4 else 1.6 if value >= 100 else 1.1 if value > 12 else 0.0


def events(article: Article, sentences: Sequence[Sentence]) -> tuple[DatedEvent, ...]:
    """Return the dated events that lie after the article's own date, and at most one recent day before it.

    One event for each date and precision, the soonest first. A year that has begun is no event.
    """
    day = article.published_at.date()
    ahead: dict[tuple[date, str], tuple[float, DatedEvent]] = {}
    past: list[tuple[float, DatedEvent]] = []
    for sentence in sentences:
        for moment in parse_moments(sentence.span.text, article.language, day):
            event = DatedEvent(
                date=moment.date, precision=moment.precision, what=sentence.span.text, evidence=sentence.span
            )
            if moment.date > day:
                key = (moment.date, moment.precision)
                if key not in ahead or ahead[key][0] < sentence.salience:
                    ahead[key] = sentence.salience, event
            elif _recent(moment, day):
                past.append((sentence.salience, event))
    future = sorted((event for _, event in ahead.values()), key=lambda e: (e.date, e.precision))
    recent = [event for _, event in sorted(past, key=lambda p: -p[0])[:_MOST_PAST]]
    return (*recent, *future[:_MOST_EVENTS])


def _recent(moment: Moment, day: date) -> bool:
    return moment.precision == "day" and day - _RECENT <= moment.date < day

"""From the model's figures, events and names to typed facts that the article itself bears out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from agent.model import Article, DatedEvent, Entity, Figure, Precision, Span
from agent.model_engine.evidence import SourceText
from agent.model_engine.readers import Readers, ReadMoment, ReadQuantity
from agent.model_engine.schemas import EventAnswer, FigureAnswer
from agent.names import is_plausible

MOST_FIGURES = 8
_MOST_EVENTS = 8
_MOST_ENTITIES = 30
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-Q([1-4])|-H([12]))?")


def figures_of(
    answers: Iterable[FigureAnswer], article: Article, source: SourceText, readers: Readers
) -> tuple[Figure, ...]:
    """Return the figures whose evidence stands in the article; value and unit are read off the source, not believed."""
    figures: dict[tuple[object, ...], Figure] = {}
    for answer in answers:
        span = source.find(answer.evidence)
        quantity = span and _quantity(answer.value, span, article.language, readers)
        if not span or not quantity or not answer.label.strip():
            continue
        figure = Figure(
            value=quantity.value,
            upper=quantity.upper,
            unit=quantity.unit,
            bound=quantity.bound,
            label=answer.label.strip(),
            holder=answer.holder.strip(),
            evidence=span,
        )
        figures.setdefault((figure.value, figure.upper, figure.unit), figure)
    return tuple(figures.values())[:MOST_FIGURES]


def _quantity(value: str, span: Span, language: str, readers: Readers) -> ReadQuantity | None:
    """Return the quantity of the evidence that `value` means, None when that cannot be told."""
    found = list(readers.quantities(span.text, language))
    place = _whole_number(span.text, value) or SourceText(span.text).find(value)
    if place is None:
        return None
    meant = [quantity for quantity in found if quantity.start < place.end and place.start < quantity.end]
    return meant[0] if len(meant) == 1 else None


def _whole_number(text: str, value: str) -> Span | None:
    """Find a value such as `35%` where it is no part of a longer number."""
    wanted = value.strip()
    match = re.search(rf"(?<![\d.,]){re.escape(wanted)}(?!\d)", text) if wanted else None
    return Span(text=match[0], start=match.start(), end=match.end()) if match else None


def events_of(
    answers: Iterable[EventAnswer], article: Article, source: SourceText, readers: Readers
) -> tuple[DatedEvent, ...]:
    """Return the events whose evidence stands in the article and dates them as the model does."""
    events: dict[tuple[object, ...], DatedEvent] = {}
    for answer in answers:
        span, claimed = source.find(answer.evidence), parse_date(answer.date)
        if span is None or claimed is None or not answer.what.strip():
            continue
        said = readers.moments(span.text, article.language, article.published_at.date())
        dated = _agreed(claimed, said)
        if dated is None:
            continue
        day, precision = dated
        event = DatedEvent(date=day, precision=precision, what=answer.what.strip(), evidence=span)
        events.setdefault((day, precision, event.what), event)
    return tuple(events.values())[:_MOST_EVENTS]


def _agreed(claimed: tuple[date, Precision], said: Sequence[ReadMoment]) -> tuple[date, Precision] | None:
    """Return the claimed date where the evidence says it, or the evidence's own where the claim only lies around it."""
    if any((moment.date, moment.precision) == claimed for moment in said):
        return claimed
    start, end = _period(*claimed)
    for moment in said:
        other_start, other_end = _period(moment.date, moment.precision)
        if start < other_end and other_start < end:
            return moment.date, moment.precision
    return None


_MONTHS: dict[Precision, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def _period(day: date, precision: Precision) -> tuple[date, date]:
    if precision == "day":
        return day, date.fromordinal(day.toordinal() + 1)
    months = day.year * 12 + day.month - 1 + _MONTHS[precision]
    return day, date(months // 12, months % 12 + 1, 1)


def parse_date(text: str) -> tuple[date, Precision] | None:
    """Read 2026-08-02, 2026-08, 2026-Q3, 2026-H2 or 2027 as first day and precision; None for anything else."""
    match = _DATE.fullmatch(text.strip())
    if match is None or not 1900 <= int(match[1]) <= 2200:
        return None
    year, month, day, quarter, half = match.groups()
    if quarter:
        return date(int(year), 3 * int(quarter) - 2, 1), "quarter"
    if half:
        return date(int(year), 6 * int(half) - 5, 1), "half"
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return first, "day" if day else "month" if month else "year"


def entities_of(answers: Iterable[str], article: Article) -> tuple[Entity, ...]:
    """Return the names whose source form stands in the article and may well be written so."""
    text = f"{article.title}\n{article.text}"
    entities: dict[str, Entity] = {}
    for answer in answers:
        name, form = (part.strip() for part in answer.partition("=")[::2])
        if name and form and form in text and is_plausible(name, form):
            entities.setdefault(form, Entity(name=name, source_form=form))
    return tuple(entities.values())[:_MOST_ENTITIES]

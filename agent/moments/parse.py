"""Reading the dates of a text against the date of its article."""

from __future__ import annotations

from datetime import date, timedelta

from agent.language.scripts import fold, is_cjk
from agent.model import Precision
from agent.moments import east, west
from agent.moments.model import Moment, Named


def parse_moments(text: str, language: str, reference: date) -> list[Moment]:
    """Return the dates and periods that a text names, in order, with offsets into it.

    `reference` is the article's date: what the text leaves out is taken from it. A month or day without a year is
    the one nearest to it, or the next one when the text looks ahead (by August, 8月までに). Impossible dates
    (31 April) are left out.
    """
    moments = [_resolve(named, reference) for named in _named(text, language)]
    return [moment for moment in moments if moment is not None]


def calendar_stretches(text: str, language: str) -> list[tuple[int, int]]:
    """Return where a text names dates, as (start, end): digits in there are no quantities."""
    return [(named.start, named.end) for named in _named(text, language)]


def _named(text: str, language: str) -> list[Named]:
    plain = fold(text)
    named_dates = east.name_dates(plain) if is_cjk(language) else west.name_dates(plain, language)
    found = sorted(named_dates, key=lambda n: (n.start, -n.end))
    kept: list[Named] = []
    for named in found:
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept


def _resolve(named: Named, reference: date) -> Moment | None:
    try:
        found, precision = _date(named, reference)
    except ValueError:
        return None
    relative = named.year is None
    return Moment(found, precision, named.start, named.end, relative)


def _date(named: Named, reference: date) -> tuple[date, Precision]:
    if named.day_shift is not None:
        return reference + timedelta(days=named.day_shift), "day"
    if named.weekday is not None:
        back = (reference.weekday() - named.weekday) % 7
        return reference + timedelta(days=(7 - back if named.lean > 0 else -back)), "day"
    if named.month_shift is not None:
        index = reference.year * 12 + reference.month - 1 + named.month_shift
        return date(index // 12, index % 12 + 1, named.day or 1), "day" if named.day else "month"
    year = named.year
    if named.year_shift is not None:
        year = reference.year + named.year_shift
    if named.month is None and named.day is not None:
        return _nearest_day(named.day, reference, named.lean), "day"
    return _within(named, year, reference)


def _within(named: Named, year: int | None, reference: date) -> tuple[date, Precision]:
    if named.month is not None:
        month, day = named.month, named.day or 1
        precision: Precision = "day" if named.day else "month"
        if year is None:
            width = 1 if named.day else 31
            year = _nearest_year(month, day, reference, named.lean, width)
        return date(year, month, day), precision
    if named.quarter is not None or named.half is not None:
        year = reference.year if year is None else year
        return east.first_day(named.quarter, named.half, year), "quarter" if named.quarter else "half"
    return date(reference.year if year is None else year, 1, 1), "year"


def _nearest_year(month: int, day: int, reference: date, lean: int, width: int) -> int:
    found = [date(y, month, min(day, 28)) for y in (reference.year - 1, reference.year, reference.year + 1)]
    if lean > 0:
        found = [d for d in found if d + timedelta(days=width) > reference]
    if lean < 0:
        found = [d for d in found if d <= reference]
    return min(found, key=lambda d: (abs((d - reference).days), d < reference)).year


def _nearest_day(day: int, reference: date, lean: int) -> date:
    found = []
    for shift in (-1, 0, 1):
        index = reference.year * 12 + reference.month - 1 + shift
        try:
            found.append(date(index // 12, index % 12 + 1, day))
        except ValueError:
            continue
    if lean > 0:
        found = [d for d in found if d >= reference] or found
    if not found:
        raise ValueError(day)
    return min(found, key=lambda d: (abs((d - reference).days), d > reference))

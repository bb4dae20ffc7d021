"""Whether a figure or a date of a claim stands among those that its sources state."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agent.language.scripts import fold
from agent.moments import Moment, parse_moments
from agent.quantities import Quantity, parse_quantities, same_quantity
from agent.quantities.compare import precision
from agent.quantities.counters import ITEMS

SMALL = 12
"""Whole numbers up to here need no source when they stand alone: two points, 三つ."""
_SPANS = frozenset({"min", "h", "day", "week", "month", "year"})
_IN_ORDER = frozenset({"", "min", "count:occasions", "count:years old"})
"""What a language without an ordinal for it counts: the 29th minute is 29分, the 17th district 17번."""
_PERIOD = {"day": 0, "month": 1, "quarter": 2, "half": 3, "year": 4}
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_CLOCK = re.compile(r"(?<![\d.,])([0-2]?\d)[.:]([0-5]\d)(?= ?[aApP]\.?[mM]\b)")
_YEAR = re.compile(r"(?<![\d.,$€£¥/-])(?:19|20)\d{2}(?![\d%]|[.,]\d)")
_ORDINAL = re.compile(r"(?<![\d.,])(\d{1,3})(?:st|nd|rd|th)\b|[第제] ?(\d{1,3})(?!\d)")
_UNSAID = re.compile(r"(?P<number>\d{1,2}) ?(?:(?P<day>[日일])|(?P<year>[年년])|[号號])")
_SAID = re.compile(r" ?(?:[に、，,。）)の]|午[前後后]|[早朝夜夕晩][^く]|[上下]午|오[전후]|[월月]|付|까지|부터|에)")


@dataclass(frozen=True, slots=True)
class Stated:
    """The figures, dates and digits of some sources."""

    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    published: frozenset[date]
    digits: frozenset[str]
    years: frozenset[int]
    ordinals: frozenset[int]


def stated_in(text: str, language: str, published: date) -> Stated:
    """Return what a text that was published on a day states; relative dates count from that day."""
    plain = fold(text)
    digits = {plain_digits(match.group()) for match in _DIGITS.finditer(plain)}
    digits |= {str(int(part)) for match in _CLOCK.finditer(plain) for part in match.groups()}
    return Stated(
        tuple(parse_quantities(text, language)),
        tuple(parse_moments(text, language, published)),
        frozenset({published}),
        frozenset(digits),
        frozenset(int(match.group()) for match in _YEAR.finditer(plain)),
        frozenset(int(match[1] or match[2]) for match in _ORDINAL.finditer(plain)),
    )


def together(parts: Iterable[Stated]) -> Stated:
    """Return what several sources state between them."""
    stated = tuple(parts)
    return Stated(
        tuple(q for part in stated for q in part.quantities),
        tuple(m for part in stated for m in part.moments),
        frozenset().union(*(part.published for part in stated)),
        frozenset().union(*(part.digits for part in stated)),
        frozenset().union(*(part.years for part in stated)),
        frozenset().union(*(part.ordinals for part in stated)),
    )


def plain_digits(body: str) -> str:
    """Return digits without the commas that group them."""
    return re.sub(r",(?=\d{3})", "", body)


def states_quantity(stated: Stated, claim: Quantity) -> bool:
    """Tell whether the sources state a quantity, as `agent.grounding.unsupported` says."""
    whole = claim.value == claim.value.to_integral() and claim.upper is None
    if claim.unit in ("", ITEMS) and whole and abs(claim.value) <= SMALL:
        return True
    if (claim.unit.startswith("count:") or claim.unit in _SPANS) and claim.value == 1 and claim.upper is None:
        return True
    if claim.unit in _IN_ORDER and whole and int(claim.value) in stated.ordinals:
        return True
    # A number beside a name (Magnitude 7.6, log 247) is no quantity in some languages, and one in others.
    if not claim.unit and claim.upper is None and claim.bound == "exact" and f"{claim.value:f}" in stated.digits:
        return True
    return any(_bears_out(source, claim, stated) for source in stated.quantities)


def _bears_out(source: Quantity, claim: Quantity, stated: Stated) -> bool:
    if same_quantity(source, claim).equal:
        return (
            claim.step >= precision(source)
            or claim.bound == "about"
            or _same_value(source, claim)
            or source.unit != claim.unit
        )
    if claim.upper is None and source.upper is not None:
        ends = [_single(source, number) for number in source.numbers]
        return any(same_quantity(end, claim).equal for end in ends)
    if not claim.unit:
        bare = same_quantity(_with_unit(source, ""), claim).equal
        return bare and (claim.step >= source.step or _same_value(source, claim))
    return not source.unit and _elliptic(source, claim, stated)


def _with_unit(quantity: Quantity, unit: str) -> Quantity:
    return Quantity(
        quantity.value, quantity.upper, unit, quantity.bound, quantity.step, quantity.start, quantity.end
    )  # fmt: skip


def _single(quantity: Quantity, number: Decimal) -> Quantity:
    return Quantity(number, None, quantity.unit, quantity.bound, quantity.step, quantity.start, quantity.end)


def _same_value(a: Quantity, b: Quantity) -> bool:
    return a.numbers == b.numbers


def _elliptic(source: Quantity, claim: Quantity, stated: Stated) -> bool:
    """Allow for a source that leaves the unit out: 4,195 billion kWh, rising to 4,244 billion; Ms Jones, 37, said."""
    age = claim.unit in ("year", "count:years old") and SMALL < source.value < 120
    named = source.value >= 1000 and any(q.unit == claim.unit for q in stated.quantities)
    if not age and not named:
        return False
    found = same_quantity(_with_unit(source, claim.unit), claim)
    return found.equal and (claim.step >= source.step or _same_value(source, claim))


def states_moment(stated: Stated, claim: Moment, text: str) -> bool:
    """Tell whether the sources name the date or period that `text` names, as `agent.grounding.unsupported` says."""
    if claim.precision == "day" and claim.date in stated.published:
        return True
    if claim.precision == "year" and claim.date.year in stated.years and not claim.relative:
        return True
    if any(_covers(source, claim) for source in stated.moments):
        return True
    return _read_otherwise(stated, claim, text)


def _covers(source: Moment, claim: Moment) -> bool:
    if _PERIOD[source.precision] > _PERIOD[claim.precision]:
        return False
    # Figures of a quarter are no matter of one day in it.
    if source.precision == "day" and claim.precision in ("quarter", "half"):
        return False
    if source.relative and claim.relative and source.precision == claim.precision == "day":
        # Neither says the year, and each language has other words for which one is meant.
        return (source.date.month, source.date.day) == (claim.date.month, claim.date.day)
    return _within(source.date, claim)


def _within(day: date, period: Moment) -> bool:
    if period.precision == "day":
        return day == period.date
    if day.year != period.date.year:
        return False
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[period.precision]
    return period.date.month <= day.month < period.date.month + length


def _read_otherwise(stated: Stated, claim: Moment, text: str) -> bool:
    """Read 4日 and 10年 as a span of time, and 17号 as a number in a row, where nothing says that they are dates."""
    plain = fold(text)
    found = _UNSAID.fullmatch(plain, claim.start, claim.end)
    if found is None or _SAID.match(plain, claim.end):
        return False
    unit = "day" if found["day"] else "year" if found["year"] else ""
    number = Decimal(found["number"])
    if unit and number > 1:
        return states_quantity(stated, Quantity(number, None, unit, "exact", Decimal(1), claim.start, claim.end))
    return not unit and found["number"] in stated.digits

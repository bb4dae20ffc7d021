"""Comparing two quantities across notations, languages, units of one dimension, and roundings."""

from __future__ import annotations

from decimal import Decimal

from agent.model import Bound
from agent.quantities.counters import ITEMS
from agent.quantities.measures import FACTORS
from agent.quantities.model import Comparison, Quantity

_LOWER: tuple[Bound, ...] = ("at_least", "more_than")
_UPPER: tuple[Bound, ...] = ("at_most", "less_than")
_ROUNDING = Decimal("0.05")
"""A rounding may move a number by one part in twenty at most: 1.4 trillion is not 1 trillion."""
_SAME_WORD = (
    frozenset({"kilo", "kg"}),
    frozenset({"kilo", "km"}),
    frozenset({"km", "km/h"}),
    frozenset({"mile", "mph"}),
    frozenset({"year", "count:years old"}),
    frozenset({"times", "count:occasions"}),
    frozenset({"percentage_point", "count:points"}),
    frozenset({"count:people", "count:cases"}),
    frozenset({"count:countries", "count:regions", "count:places"}),
    frozenset({"count:kinds", "count:models", "count:languages"}),
    frozenset({"count:units", "count:sheets", "count:pieces"}),
    frozenset({"count:places", "count:sites", "count:shops"}),
    frozenset({"count:companies", "count:organisations"}),
)


def same_quantity(a: Quantity, b: Quantity) -> Comparison:
    """Tell whether two quantities state the same amount, and why or why not.

    Numbers are equal when they agree at the precision of the one stated more coarsely, within 5 %; behind
    "about" closing zeros count as rounded. Units of one
    dimension are converted (4.2 TWh is 4,200,000,000 kWh). Counters must name the same thing, unless one is a bare
    number or 個. Bounds that point in opposite directions (at least, at most) make them differ.
    """
    factors = unit_factors(a.unit, b.unit)
    if factors is None:
        return Comparison(False, f"unit: {a.unit or 'none'} against {b.unit or 'none'}")
    if (a.bound in _LOWER and b.bound in _UPPER) or (a.bound in _UPPER and b.bound in _LOWER):
        return Comparison(False, f"bound: {a.bound} against {b.bound}")
    return _numbers(a, b, factors)


def unit_factors(a: str, b: str) -> tuple[Decimal, Decimal] | None:
    """Return what to multiply the two numbers by to compare them, or None when the units do not go together."""
    one = Decimal(1)
    if a == b:
        return one, one
    if a in FACTORS and b in FACTORS and FACTORS[a][0] == FACTORS[b][0]:
        return FACTORS[a][1], FACTORS[b][1]
    counted = [u for u in (a, b) if u.startswith("count:") or not u]
    if len(counted) == 2 and ("" in counted or ITEMS in counted):
        return one, one
    return (one, one) if any({a, b} <= group for group in _SAME_WORD) else None


def _numbers(a: Quantity, b: Quantity, factors: tuple[Decimal, Decimal]) -> Comparison:
    left = [n * factors[0] for n in a.numbers]
    right = [n * factors[1] for n in b.numbers]
    if len(left) != len(right):
        return Comparison(False, "range against a single number")
    step = max(precision(a) * factors[0], precision(b) * factors[1])
    if left == right:
        bounded = "" if a.bound == b.bound else f", bound {a.bound} against {b.bound}"
        return Comparison(True, "same number" + bounded)
    if all(_close(x, y, step) for x, y in zip(left, right, strict=True)):
        return Comparison(True, f"same number to {step:f}")
    return Comparison(False, f"number: {' to '.join(map(_plain, left))} against {' to '.join(map(_plain, right))}")


_DIGITS = 27
"""More digits cannot be divided in Decimal's usual context, and no quantity in the news has them."""


def precision(quantity: Quantity) -> Decimal:
    """Return the size of the last digit that means something: 約2,530億 is stated to ten 億, not to the 億."""
    step = quantity.step
    if quantity.value.adjusted() - step.adjusted() >= _DIGITS:
        return step
    while quantity.bound == "about" and quantity.value and quantity.value % (step * 10) == 0:
        step *= 10
    return step


def _close(x: Decimal, y: Decimal, step: Decimal) -> bool:
    difference = abs(x - y)
    return difference <= step / 2 and difference <= max(abs(x), abs(y)) * _ROUNDING


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"

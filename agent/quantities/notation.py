"""How a language writes a quantity: its scales, units, bounds and signs, and how they are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from agent.model import Bound

_FINEST = 3
"""Decimals that a number of millions or 億 may have; one with more is printed with all its digits."""


@dataclass(frozen=True)
class Notation:
    """The notation of one language. Units are `form` or `one|many`, with the space that stands before them."""

    units: Mapping[str, str]
    scales: tuple[tuple[int, str], ...]
    bounds: Mapping[Bound, str]
    between: str
    point: str = "."
    group: str = ","
    fewest_grouped: int = 4
    """Digits from which a number is set in groups of three."""
    minus: str = "-"
    unknown: str = "{}"
    """A unit without a name of its own."""
    joint: str = ""
    """What stands between a scale's word and the unit after it: `de` in French."""
    vowel_joint: str = ""
    singular_below: int = 0
    """Numbers below it take the singular as 1 does: two in French."""
    stacked: bool = False
    """Whether the scales of one number follow one another, as in 1조 1300억."""


def write(value: Decimal, upper: Decimal | None, unit: str, bound: Bound, notation: Notation) -> str:
    """Return the quantity in the notation, exact: a scale is used only where it rounds nothing."""
    number, scaled = _number(value, notation)
    if upper is not None:
        last, scaled = _number(upper, notation)
        number += notation.between + last
    name = _unit(unit, value if upper is None else upper, notation)
    if scaled and name.strip() and (notation.joint or notation.vowel_joint):
        name = name.strip()
        name = (notation.vowel_joint if name[0] in "aeiouhéAEIOU" else notation.joint) + name
    return notation.bounds.get(bound, "{}").format(number + name)


def _unit(unit: str, value: Decimal, notation: Notation) -> str:
    if not unit:
        return ""
    known = notation.units.get(unit)
    if known is None:
        return notation.unknown.format(unit.removeprefix("count:"))
    one, _, many = known.partition("|")
    if not many:
        return one
    return one if _is_one(value, notation) else one[: len(one) - len(one.lstrip())] + many


def _is_one(value: Decimal, notation: Notation) -> bool:
    return abs(value) == 1 or abs(value) < notation.singular_below


def _number(value: Decimal, notation: Notation) -> tuple[str, bool]:
    """Return the number, and whether it ends with a scale's word."""
    if value < 0:
        number, scaled = _number(-value, notation)
        return notation.minus + number, scaled
    if notation.stacked and value == value.to_integral():
        return _stacked(int(value), notation)
    for size, names in notation.scales:
        short = value / size
        digits = short.normalize().as_tuple().exponent
        if value >= size and isinstance(digits, int) and -digits <= _FINEST:
            one, _, many = names.partition("|")
            return _digits(short, notation) + (one if not many or _is_one(short, notation) else many), True
    if value == value.to_integral() and notation.scales[-1][0] == 10**4:
        return _stacked(int(value), notation)
    return _digits(value, notation), False


def _stacked(value: int, notation: Notation) -> tuple[str, bool]:
    parts, rest = [], value
    for size, name in notation.scales:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{name}")
    if rest or not parts:
        parts.append(str(rest))
    return (" " if notation.stacked else "").join(parts), not rest and value > 0


def _digits(value: Decimal, notation: Notation) -> str:
    whole, _, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(whole) >= notation.fewest_grouped:
        whole = f"{int(whole):,}".replace(",", notation.group)
    return whole + (notation.point + decimals if decimals else "")

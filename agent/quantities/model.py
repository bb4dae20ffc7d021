"""What a quantity is, and how two of them compare."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from agent.model import Bound


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as a text states it; `text[start:end]` covers number, unit and bound word.

    `value` and `upper` are in whole units (2,210億ドル is 221000000000 USD). `unit` is an ISO 4217 code, `%`,
    `percentage_point`, `times` (a multiple), a unit symbol (kWh, nm, GB, s, min, h, day, week, month, year),
    `count:<plural English noun>` for a counter (count:companies; count:items is the counter without a meaning
    of its own, as 個, 개, つ) or empty for a bare number. `step` is the size of one unit in the last digit that
    is stated (1億 in 2,210億, 10 billion in 1.13 trillion): the precision of the statement.
    """

    value: Decimal
    upper: Decimal | None
    unit: str
    bound: Bound
    step: Decimal
    start: int
    end: int

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Return the one or two numbers of the statement."""
        return (self.value,) if self.upper is None else (self.value, self.upper)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two quantities say the same, and why: `reason` is one English phrase."""

    equal: bool
    reason: str

"""Sums that are written in two units: 149円35銭, $3 and 50 cents, 1달러 20센트."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from agent.quantities.currencies import CODES
from agent.quantities.model import Quantity

_BEHIND = re.compile(
    r"\s?(?:と|and |et |und |y |, )?(\d{1,2}) ?"
    r"(?:セント|銭|센트|전(?![가-힣])|美分|cents?\b|Cent\b|centimes?\b|c[eé]ntimos?\b|centavos?\b|pence\b|ペンス)"
)
_HUNDREDTH = Decimal("0.01")


def with_hundredths(found: Sequence[Quantity], text: str) -> list[Quantity]:
    """Return the quantities with a sum in whole units and the hundredths behind it as one; `text` is folded.

    The hundredths are at most 99, in digits, and nothing but a word for `and` stands between.
    """
    joined: list[Quantity] = []
    taken = 0
    for quantity in found:
        if quantity.start < taken:
            continue
        whole = quantity.unit in CODES and quantity.upper is None and quantity.step == 1
        if whole and (match := _BEHIND.match(text, quantity.end)):
            value = quantity.value + int(match[1]) * _HUNDREDTH
            quantity = replace(quantity, value=value, step=_HUNDREDTH, end=match.end())
            taken = match.end()
        joined.append(quantity)
    return joined

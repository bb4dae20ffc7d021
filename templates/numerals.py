"""Numbers of the run (counts, shares, costs) as a language writes them."""

from __future__ import annotations

from decimal import localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_DIGITS = 5000
"""More than JSON's numbers have: Babel raises where a number has more digits than the decimal context."""


def whole(number: int, language: str) -> str:
    """Return a whole number with its thousands grouped: 184,220; 184.220 in German."""
    from babel.numbers import format_decimal

    with localcontext(prec=_DIGITS):
        return format_decimal(number, locale=_locale(language))


def cost(amount: float, language: str) -> str:
    """Return a sum of money with four decimals."""
    from babel.numbers import format_decimal

    with localcontext(prec=_DIGITS):
        return format_decimal(amount, format="#,##0.0000", locale=_locale(language))


def share(part: float, decimals: int, language: str) -> str:
    """Return a share of 0 to 1 in per cent: 81.0%; 81,0 % in German."""
    from babel.numbers import format_percent

    pattern = _locale(language).percent_formats[None].pattern
    exact = pattern.replace("##0", "##0." + "0" * decimals) if decimals else pattern
    with localcontext(prec=_DIGITS):
        return format_percent(part, format=exact, locale=_locale(language))


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language, sep="-")

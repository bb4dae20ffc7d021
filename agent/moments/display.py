"""Printing a date or period with the precision that its source has."""

from __future__ import annotations

from datetime import date

from agent.model import Precision

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def display_moment(moment: date, precision: Precision, language: str) -> str:
    """Print a date: 2026年8月, 2026年第3四半期; August 2026, third quarter as Q3 2026 for any language but ja."""
    if language.lower().startswith("ja"):
        return _japanese(moment, precision)
    if precision == "day":
        return f"{_MONTHS[moment.month - 1]} {moment.day}, {moment.year}"
    if precision == "month":
        return f"{_MONTHS[moment.month - 1]} {moment.year}"
    if precision == "quarter":
        return f"Q{(moment.month + 2) // 3} {moment.year}"
    if precision == "half":
        return f"{'first' if moment.month < 7 else 'second'} half of {moment.year}"
    return str(moment.year)


def _japanese(moment: date, precision: Precision) -> str:
    if precision == "day":
        return f"{moment.year}年{moment.month}月{moment.day}日"
    if precision == "month":
        return f"{moment.year}年{moment.month}月"
    if precision == "quarter":
        return f"{moment.year}年第{(moment.month + 2) // 3}四半期"
    if precision == "half":
        return f"{moment.year}年{'上' if moment.month < 7 else '下'}半期"
    return f"{moment.year}年"

"""True sentences made false in one number or one date."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import date

from agent.moments import parse_moments
from agent.quantities import parse_quantities

_SMALLEST = 13
"""Small whole numbers are not looked up, as a translator may write two points where there is 2."""
_REFERENCE = date(2018, 10, 1)


def figures_in(sentence: str, language: str) -> bool:
    """Tell whether a sentence states a number above 12, a decimal, or a date with digits."""
    return bool(_numbers(sentence, language) or _dates(sentence, language))


def altered(sentence: str, language: str) -> Mapping[str, str]:
    """Return the sentence with one digit of a number changed and with one digit of a date changed, where it has them.

    The choice is drawn from the sentence itself, so that it stays the same from run to run.
    """
    draw = random.Random(sentence)  # noqa: S311
    found = {}
    for kind, spans in (("number", _numbers(sentence, language)), ("date", _dates(sentence, language))):
        if spans:
            start, end = draw.choice(spans)
            place = draw.choice([i for i in range(start, end) if sentence[i].isdecimal()][:2])
            digit = draw.choice([d for d in "123456789" if d != sentence[place]])
            changed = sentence[:place] + digit + sentence[place + 1 :]
            if kind == "number" or _readable(changed, language) == _readable(sentence, language):
                found[kind] = changed
    return found


def _readable(sentence: str, language: str) -> int:
    """Count the dates: 41 October is none, and nobody would write it."""
    return len(parse_moments(sentence, language, _REFERENCE))


def _numbers(sentence: str, language: str) -> list[tuple[int, int]]:
    return [
        (q.start, q.end)
        for q in parse_quantities(sentence, language)
        if (q.value >= _SMALLEST or q.value != q.value.to_integral()) and re.search(r"\d", sentence[q.start : q.end])
    ]


def _dates(sentence: str, language: str) -> list[tuple[int, int]]:
    moments = parse_moments(sentence, language, _REFERENCE)
    return [(m.start, m.end) for m in moments if re.search(r"\d", sentence[m.start : m.end])]

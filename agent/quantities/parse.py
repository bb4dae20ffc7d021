"""Reading the quantities of a text in eight languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from agent.language.scripts import Rules, fold, is_cjk, rules_of
from agent.model import Bound
from agent.moments import calendar_stretches
from agent.quantities.bounds import bound_after, bound_before
from agent.quantities.context import is_quantity
from agent.quantities.hundredths import with_hundredths
from agent.quantities.model import Quantity
from agent.quantities.numerals import Numeral, find_numbers
from agent.quantities.units import currency_before, percent_before, unit_after


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with its unit, before ranges and bound words are read."""

    number: Numeral
    unit: str
    start: int
    end: int
    over: bool = False
    """A word for a surplus stands between number and unit: 100여 개국, 十餘家."""


def parse_quantities(text: str, language: str) -> list[Quantity]:
    """Return the quantities that a text states, in order, with offsets into it.

    Dates, years, times of day, ordinals, versions and model names are no quantities. `language` is a BCP 47 tag;
    ja, ko, zh-Hant, zh-Hans, en, de, fr and es have rules of their own, any other language follows English.
    """
    rules = rules_of(language)
    plain = fold(text)
    calendar = calendar_stretches(text, language)
    found: list[_Found] = []
    for number in _with_fractions(plain, rules):
        if found and number.start < found[-1].end:
            continue
        if any(start < number.end and number.start < end for start, end in calendar):
            continue
        if (read := _read_unit(plain, number, rules)) is not None:
            found.append(read)
    stated = [_bounded(plain, first, last, rules) for first, last in _ranges(plain, found, rules)]
    joined = with_hundredths(sorted(stated, key=lambda q: q.start), plain)
    return sorted([*joined, *_multiples(plain, rules)], key=lambda q: q.start)


_MULTIPLES: dict[str, tuple[tuple[int, str], ...]] = {
    "ja": ((2, "(?<![0-9〇一二三四五六七八九十])倍増"),),
    "en": (
        (2, r"\b(?:doubl(?:e[sd]?|ing)|twice)\b(?!-)"),
        (3, r"\b(?:tripl(?:e[sd]?|ing)|thrice)\b"),
        (4, r"\bquadrupl\w+"),
    ),
    "de": ((2, r"\b[Vv]erdoppel\w+|\b[Dd]oppelt\w*"), (3, r"\b[Vv]erdreifach\w+"), (4, r"\b[Vv]ervierfach\w+")),
    "fr": ((2, r"\bdoubl(?:e|er|é|ée|ent|ement)\b"), (3, r"\btripl(?:e|er|é|ée|ent|ement)\b")),
    "es": ((2, r"\b(?:doble|duplic\w+)\b"), (3, r"\b(?:triple|triplic\w+)\b")),
}


def _multiples(text: str, rules: Rules) -> list[Quantity]:
    """Read the multiples that are verbs and adjectives: doubled, verdreifacht, 倍増."""
    return [
        Quantity(Decimal(times), None, "times", "exact", Decimal(1), match.start(), match.end())
        for times, pattern in _MULTIPLES.get(rules, ())
        for match in re.finditer(pattern, text)
    ]


_FRACTION = re.compile(r"(\d+) ?(?:分の|分之|분의) ?(\d+)|(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_HAN_FRACTION = re.compile(r"([二三四五六七八九十])分[の之]([一二三四五六七八九])")
_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九十")}


def _with_fractions(text: str, rules: Rules) -> list[Numeral]:
    """Return numbers in order, fractions (7분의 1, 三分之一) in the place of their parts."""
    fractions: list[Numeral] = []
    if is_cjk(rules):
        for match in _FRACTION.finditer(text):
            if match[1]:
                fractions.append(_fraction(int(match[2]), int(match[1]), match.start(), match.end()))
        for match in _HAN_FRACTION.finditer(text):
            fractions.append(_fraction(_HAN[match[2]], _HAN[match[1]], match.start(), match.end()))
    fractions = [f for f in fractions if f.value]
    numbers = [n for n in find_numbers(text, rules) if not any(n.start < f.end and f.start < n.end for f in fractions)]
    return sorted([*numbers, *fractions], key=lambda n: n.start)


def _fraction(numerator: int, denominator: int, start: int, end: int) -> Numeral:
    value = round(Decimal(numerator) / Decimal(denominator), 4) if denominator else Decimal(0)
    return Numeral(value, Decimal("0.001"), start, end)


def _read_unit(text: str, number: Numeral, rules: Rules) -> _Found | None:
    start, unit, end = number.start, "", number.end
    if (percent := percent_before(text, start)) is not None:
        return _Found(number, "%", percent, end)
    before = currency_before(text, start, rules)
    if number.letter and text[end - 1] == "m" and before is None:
        number = _without_letter(number)
        end = number.end
    over = _OVER.match(text, end) if is_cjk(rules) else None
    after = unit_after(text, over.end() if over else end, rules)
    if before is not None:
        unit, start = before
        end = after.end if after and not after.loose and after.symbol in (unit, "USD", "TWD", "HKD") else end
    elif after is not None:
        unit, end = after.symbol, after.end
        number = replace(number, value=number.value * after.factor, step=number.step * after.factor)
    if not is_quantity(text, number, unit, rules):
        return None
    if unit == "%" and after is not None and after.factor == 10:
        number, end = _add_hundredths(text, number, end)
    return _Found(number, unit, start, end, over=over is not None and after is not None)


_OVER = re.compile(r"여(?= ?[개명건곳종가])|[多餘余](?=[個个家名人種种款萬万億亿年天次項项元])")


def _without_letter(number: Numeral) -> Numeral:
    """Read the m of 5m as the unit that it is where no currency is named."""
    million = Decimal(10**6)
    return replace(
        number, value=number.value / million, step=number.step / million, end=number.end - 1, scaled=False, letter=False
    )


def _add_hundredths(text: str, number: Numeral, end: int) -> tuple[Numeral, int]:
    """Read the 5分 of 3割5分."""
    match = re.compile(r"([1-9一二三四五六七八九])分(?!の)").match(text, end)
    if match is None:
        return number, end
    hundredths = _HAN.get(match[1]) or int(match[1])
    return replace(number, value=number.value + hundredths, step=Decimal(1)), match.end()


_JOINT = re.compile(r" ?(?:~|-|to|and|bis|und|à|et|a|y|至|到|乃至|ないし) ?")
_BETWEEN = re.compile(r"(?:between|entre|zwischen)(?: [a-z]{2,4})? ?\Z", re.IGNORECASE)
_CHANGE = re.compile(r"(?:from|von|de|desde|由|从|從)(?: [a-z]{2,4})? ?\Z", re.IGNORECASE)
_AND = ("and", "und", "et", "y")


def _ranges(text: str, found: Sequence[_Found], rules: Rules) -> list[tuple[_Found, _Found]]:
    """Join the two ends of a range: 2〜3億ドル, 10 to 15 percent. A change (from 12 to 15) stays two quantities."""
    joined: list[tuple[_Found, _Found]] = []
    position = 0
    while position < len(found):
        first = found[position]
        last = found[position + 1] if position + 1 < len(found) else None
        joint = _JOINT.fullmatch(text, first.end, last.start) if last else None
        if last is None or joint is None or not _compatible(first, last):
            joined.append((first, first))
            position += 1
            continue
        opened = _inherit(first, last)
        position += 2
        if _is_range(text, opened, last, joint.group().strip()):
            joined.append((opened, last))
        else:
            joined += [(opened, opened), (last, last)]
    return joined


def _compatible(first: _Found, last: _Found) -> bool:
    return first.unit in ("", last.unit)


def _inherit(first: _Found, last: _Found) -> _Found:
    """Give the first end of a range the unit, and where it has none the magnitude, of the second."""
    number, scale = first.number, last.number.scale
    if not number.scaled and scale > 1 and number.value < last.number.value / scale:
        number = replace(number, value=number.value * scale, step=number.step * scale, scaled=True)
    return replace(first, number=number, unit=last.unit or first.unit)


def _is_range(text: str, first: _Found, last: _Found, joint: str) -> bool:
    if first.number.value >= last.number.value:
        return False
    before = text[max(0, first.start - 16) : first.start]
    if joint in _AND:
        return _BETWEEN.search(before) is not None
    if joint in ("to", "a", "à", "bis", "至", "到") and _CHANGE.search(before):
        return False
    return joint != "-" or bool(last.unit or last.number.scaled)


def _bounded(text: str, first: _Found, last: _Found, rules: Rules) -> Quantity:
    bound: Bound = "exact"
    start, end = first.start, last.end
    before, after = bound_before(text, start, rules), bound_after(text, end, rules)
    if before is not None:
        bound, start = before
    if last.over:
        bound = "more_than"
    if after is not None and (before is None or bound == "about"):
        bound, end = after
    upper = None if first is last else _whole(last.number.value)
    step = max(first.number.step, last.number.step)
    return Quantity(_whole(first.number.value), upper, last.unit, bound, _whole(step), start, end)


def _whole(number: Decimal) -> Decimal:
    """Write 1130000000000.00 without the zeros that its notation left behind."""
    return Decimal(int(number)) if number == number.to_integral() else number.normalize()

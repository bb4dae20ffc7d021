"""Finding the unit that stands before or behind a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from agent.language.scripts import Rules
from agent.quantities import counters, currencies, measures

_PERCENT: dict[str, str] = {
    "ja": r"%|パーセント", "ko": r"%|퍼센트|프로(?![그젝세필])", "zh": r"%|[個个]?百分比",
    "latin": r"%|percent|per ?cent|pct\.?|Prozent|pour ?cents?|por ciento",
}  # fmt: skip
_POINT: dict[str, str] = {
    "ja": r"(?:パーセント|%) ?ポイント", "ko": r"(?:퍼센트|%) ?(?:포인트|p(?![a-z]))", "zh": r"[個个]?百分[點点]",
    "latin": r"(?:percentage|percent)[ -]points?|(?:%|pp) ?points?|pp|Prozentpunkten?|points? de pourcentage"
        r"|puntos? porcentual(?:es)?",
}  # fmt: skip
_TENTHS: dict[str, str] = {
    "ja": r"割(?![合引当安高りれら])",
    "ko": r"할(?=[이을의 대가])",
    "zh": r"成(?![為为長长本功立員员果年人熟就])",
}
_TIMES: dict[str, str] = {
    "ja": r"倍", "ko": r"배(?![터포경출치])", "zh": r"倍",
    "latin": r"times(?! a)|-?fold|x(?![A-Za-z0-9])|×|-?fach(?:e[nrs]?)?|-?mal|fois|veces",
}  # fmt: skip
_DECADES = r"decades?|Jahrzehnte?n?|décennies?|décadas?"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found in a text: the number is to be multiplied by `factor`; `loose` marks a mere counted noun."""

    symbol: str
    factor: Decimal
    end: int
    loose: bool = False


def _script(rules: Rules) -> str:
    return rules if rules in ("ja", "ko") else "zh" if rules.startswith("zh") else "latin"


@lru_cache(maxsize=16)
def _rows(rules: Rules) -> tuple[tuple[re.Pattern[str], str, Decimal, bool], ...]:
    script = _script(rules)
    one = Decimal(1)
    rows: list[tuple[str, str, Decimal, bool]] = [
        (_POINT[script], "percentage_point", one, False),
        (_PERCENT[script], "%", one, False),
        (_TIMES[script], "times", one, False),
    ]
    if script == "latin":
        rows.append((_DECADES, "year", Decimal(10), False))
    if script in _TENTHS:
        rows.append((_TENTHS[script], "%", Decimal(10), False))
    rows += [(p, code, one, False) for p, code in currencies.NAMES[script]]
    if script == "zh":
        rows.append(
            (r"(?:多|餘|余)?元(?![素首氣气宵旦])|[块塊](?:錢|钱)", currencies.YUAN.get(rules, "CNY"), one, False)
        )
    rows += [(re.escape(code), code, one, False) for code in currencies.CODES]
    rows += [(r"[$]", "USD", one, False), ("€", "EUR", one, False), ("£", "GBP", one, False)]
    rows += [(p, symbol, one, False) for p, symbol in measures.NAMES[script]]
    rows += [(p, symbol, one, False) for p, symbol in measures.SYMBOLS]
    rows += [(p, f"count:{noun}", one, True) for p, noun in counters.NAMES[script]]
    return tuple((_compile(p, script, symbol), symbol, factor, loose) for p, symbol, factor, loose in rows)


def _compile(pattern: str, script: str, symbol: str) -> re.Pattern[str]:
    edge = r"(?![A-Za-zÀ-ÿ])" if re.search(r"[A-Za-z]", pattern) else ""
    named = script == "latin" and re.search(r"[a-z]{3}", pattern) is not None and symbol not in pattern
    return re.compile(rf"(?:{pattern}){edge}", re.IGNORECASE if named else 0)


def unit_after(text: str, position: int, rules: Rules, attached_only: bool = False) -> Unit | None:
    """Return the longest unit that begins at `position`, one space, hyphen or article word apart at most."""
    script = _script(rules)
    gap = r"" if attached_only else r"[ -]?(?:(?:de |d')|(?:US-(?=Dollar)))?" if script == "latin" else r" ?"
    skipped = re.compile(gap).match(text, position)
    start = skipped.end() if skipped else position
    best: Unit | None = None
    for begin in {start, position}:
        for pattern, symbol, factor, loose in _rows(rules):
            match = pattern.match(text, begin)
            if match and match.end() > begin and (best is None or match.end() > best.end):
                best = Unit(symbol, factor, match.end(), loose)
    if best is None and script != "latin":
        match = re.compile(r" ?(?:percent|USD|dollars?)(?![A-Za-z])").match(text, position)
        best = Unit("%" if match and "percent" in match.group() else "USD", Decimal(1), match.end()) if match else None
    return best


_SIGN_BEFORE = re.compile(
    rf"(?:{'|'.join(sign for sign, _ in currencies.SIGNS)}|[¥]|(?<![A-Za-z])(?:{'|'.join(currencies.CODES)})) ?\Z"
)


def currency_before(text: str, position: int, rules: Rules) -> tuple[str, int] | None:
    """Return (code, start) of the currency sign or code that stands right before `position`."""
    match = _SIGN_BEFORE.search(text, max(0, position - 8), position)
    if match is None:
        return None
    sign = match.group().strip()
    if sign == "¥":
        return currencies.YEN_SIGN.get(rules, "JPY"), match.start()
    if sign in currencies.CODES:
        return sign, match.start()
    for pattern, code in currencies.SIGNS:
        if re.fullmatch(pattern.removesuffix(" ?"), sign):
            return code, match.start()
    return None


_PERCENT_BEFORE = re.compile(r"百分之 ?\Z")


def percent_before(text: str, position: int) -> int | None:
    """Return the start of 百分之 right before `position`."""
    match = _PERCENT_BEFORE.search(text, max(0, position - 4), position)
    return match.start() if match else None

"""Printing a quantity in the report's language, always exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from agent.language.scripts import Rules, rules_of
from agent.model import Bound
from agent.quantities.notation import Notation, write
from agent.quantities.notations_east import KOREAN, SIMPLIFIED, TRADITIONAL
from agent.quantities.notations_west import FRENCH, GERMAN, SPANISH

_JA_UNITS = {
    "USD": "ドル", "TWD": "台湾ドル", "HKD": "香港ドル", "SGD": "シンガポールドル", "AUD": "豪ドル",
    "CAD": "カナダドル", "JPY": "円",
    "KRW": "ウォン", "CNY": "人民元", "EUR": "ユーロ", "GBP": "ポンド", "INR": "ルピー", "CHF": "スイスフラン",
    "%": "%", "percentage_point": "ポイント", "times": "倍",
    "s": "秒", "min": "分", "h": "時間", "day": "日間", "week": "週間", "month": "カ月", "quarter": "四半期",
    "year": "年",
    "t": "トン", "barrel": "バレル", "acre": "エーカー", "mile": "マイル", "ft": "フィート", "inch": "インチ",
    "pyeong": "坪", "kilo": "キロ",
    "count:companies": "社", "count:countries": "カ国", "count:people": "人", "count:cases": "件", "count:items": "個",
    "count:languages": "言語", "count:parameters": "パラメーター", "count:tokens": "トークン", "count:occasions": "回",
    "count:units": "台", "count:sheets": "枚", "count:pieces": "本", "count:places": "カ所", "count:sites": "拠点",
    "count:shops": "店", "count:buildings": "棟", "count:schools": "校", "count:universities": "大学",
    "count:kinds": "種類",
    "count:fields": "分野", "count:points": "ポイント", "count:households": "世帯", "count:cities": "都市",
    "count:regions": "地域",
    "count:teams": "チーム", "count:models": "モデル", "count:cores": "コア", "count:layers": "層",
    "count:bits": "ビット",
    "count:qubits": "量子ビット", "count:lines": "行", "count:pages": "ページ", "count:stages": "段階",
    "count:shares": "株",
    "count:years old": "歳", "count:products": "製品", "count:organisations": "団体", "count:municipalities": "自治体",
    "count:jobs": "人", "count:patents": "件", "count:papers": "本", "count:projects": "件",
}  # fmt: skip
_EN_SIGNS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "TWD": "NT$",
    "HKD": "HK$",
    "AUD": "A$",
    "CAD": "C$",
    "SGD": "S$",
    "KRW": "₩",
    "INR": "₹",
}
_EN_UNITS = {
    "%": "%", "percentage_point": " percentage points", "times": " times", "s": " seconds", "min": " minutes",
    "h": " hours",
    "day": " days", "week": " weeks", "month": " months", "quarter": " quarters", "year": " years",
    "barrel": " barrels",
    "acre": " acres", "mile": " miles", "inch": " inches", "count:items": "", "count:occasions": " times",
}  # fmt: skip
_IRREGULAR = {
    " times": " times", " countries": " country", " companies": " company", " universities": " university",
    " inches": " inch", " cities": " city", " municipalities": " municipality", " years old": " year old",
}  # fmt: skip
_JA_BEFORE: dict[Bound, str] = {"about": "約", "at_most": "最大"}
_JA_AFTER: dict[Bound, str] = {"at_least": "以上", "more_than": "超", "less_than": "未満"}
_EN_BEFORE: dict[Bound, str] = {
    "about": "about ", "at_least": "at least ", "more_than": "more than ", "at_most": "up to ",
    "less_than": "less than ",
}  # fmt: skip
_NOTATIONS: Mapping[Rules, Notation] = {
    "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ko": KOREAN, "zh-Hans": SIMPLIFIED, "zh-Hant": TRADITIONAL,
}  # fmt: skip
_JA_SCALES = ((10**16, "京"), (10**12, "兆"), (10**8, "億"), (10**4, "万"))
_EN_SCALES = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))


def display(value: Decimal, upper: Decimal | None, unit: str, bound: Bound, language: str) -> str:
    """Print a quantity: 7,100億ドル超; more than $710 billion; mehr als 710 Milliarden US-Dollar.

    A language without rules of its own gets English. The number is exact: where a short form would round it, all
    digits are printed. A unit without a known name is printed as it is.
    """
    rules = rules_of(language)
    if rules == "ja":
        return _japanese(value, upper, unit, bound)
    if (notation := _NOTATIONS.get(rules)) is not None:
        return write(value, upper, unit, bound, notation)
    return _english(value, upper, unit, bound)


def plain_number(value: Decimal) -> str:
    """Print a number with all its digits and thousands separators: 4,195, 0.5."""
    whole = value == value.to_integral()
    return f"{int(value):,}" if whole else f"{value.normalize():,f}"


def _japanese(value: Decimal, upper: Decimal | None, unit: str, bound: Bound) -> str:
    number = _japanese_number(value)
    if upper is not None:
        number += "〜" + _japanese_number(upper)
    name = _JA_UNITS.get(unit, unit.removeprefix("count:"))
    return _JA_BEFORE.get(bound, "") + number + name + _JA_AFTER.get(bound, "")


def _japanese_number(value: Decimal) -> str:
    if value < 0:
        return "マイナス" + _japanese_number(-value)
    if value < 10**4 or value != value.to_integral():
        return plain_number(value)
    rest, parts = int(value), []
    for size, name in _JA_SCALES:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count:,}{name}")
    return "".join(parts) + (f"{rest:,}" if rest else "")


def _english(value: Decimal, upper: Decimal | None, unit: str, bound: Bound) -> str:
    sign = _EN_SIGNS.get(unit, "")
    number = sign + _english_number(value)
    if upper is not None:
        number += " to " + sign + _english_number(upper)
    return _EN_BEFORE.get(bound, "") + number + ("" if sign else _english_unit(unit, value, upper))


def _english_unit(unit: str, value: Decimal, upper: Decimal | None) -> str:
    if not unit:
        return ""
    name = _EN_UNITS.get(unit, " " + unit.removeprefix("count:"))
    singular = value == 1 and upper is None and name.endswith("s") and name.startswith(" ") and len(name) > 2
    return _singular(name) if singular else name


def _singular(name: str) -> str:
    return _IRREGULAR.get(name, name.removesuffix("s") if name.islower() else name)


def _english_number(value: Decimal) -> str:
    for size, name in _EN_SCALES:
        if abs(value) >= size:
            short = value / size
            digits = short.normalize().as_tuple().exponent
            if isinstance(digits, int) and digits >= -3:
                return plain_number(short) + name
    return plain_number(value)

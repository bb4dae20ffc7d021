"""Digits that are no quantity: versions, model names, ordinals, times of day, years, laws, addresses."""

from __future__ import annotations

import re

from agent.language.scripts import Rules, is_cjk
from agent.quantities.currencies import CODES
from agent.quantities.measures import FACTORS
from agent.quantities.numerals import Numeral

_ORDINAL_AFTER: dict[str, str] = {
    "ja": r"番(?!組)|位(?![置相])|号(?![令砲])|号|条(?![件約])|項(?!目)|章|世代|回目|年目|人目|か国目|カ国目|つ目"
        r"|度目|代目|社目|期(?![間待])|時(?!間|点で)|丁目|年代|年度",
    "ko": r"번째|위(?=[를에의로는가 ])|호(?![기텔])|조(?=항)|세대|회차|시(?![간])|분기|차(?= ?(?:산업|회의|대전"
        r"|협상))|대(?= ?대통령)|년대",
    "zh": r"[號号](?!稱|称)|位元|代(?!表|理|價|价)|[點点](?=[0-9鐘整])|[時时](?![間间])|年代|世代|[條条](?=第)|樓|楼",
    "latin": r"(?:st|nd|rd|th|e|er|ère|ème|º|ª)(?![A-Za-z])|'s(?![a-z])|s(?![A-Za-z])",
}  # fmt: skip
_ORDINAL_BEFORE = re.compile(
    r"(?:第|제|n[°º] ?|#|№ ?|§ ?|図|表|ステージ|フェーズ|レベル|バージョン"
    r"|(?<![A-Za-z])(?:[Nn]o\. ?|[Nn]r\. ?|Art(?:\.|icle|ikel|ículo) |Executive Order |[Pp]age |[Pp]hase |[Cc]hapter "
    r"|[Ss]ection |[Ll]evel |[Tt]ier |[Ss]tage |[Vv]ersion |[Vv]er\.? ?|[Vv]))\Z"
)
_GERMAN_ORDINAL = re.compile(r"(?:^|[ (])(?:[Ii]m|[Aa]m|[DdIiSs]\w{0,3}e[rnms]|[Dd]as|[Vv]om|[Zz]um|[Dd]es)? \Z")
_DENOMINATED = re.compile(r"[億万萬亿억만](?:分[の之]|분의) ?\Z")
_RANGE_BEFORE = re.compile(r"(?<![\w.,:/-])\d{1,3}(?:\.\d)?-\Z")
"""The first end of 70-90%, before the second, which has the unit."""
_VAGUE_BEFORE = re.compile(r"[数數数幾几何]\Z|수\Z|몇 ?\Z")
_NAME_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9])(?P<word>[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9.'+-]*)(?P<gap>[ -]?)\Z")
_LOWER_START_WORDS = (
    "A An I It He She We They That This There Here Aged Age "
    "About Over Around Some Only At Under Nearly Almost Up More The In On For By From To Of And Or With "
    "Between Just All Its Their These Those Another Roughly Approximately Least Than When While After Before "
    "Since Until Within Last Next Some First Every Each Per As If But Below Above Total Exactly Today "
    "Yesterday Adding Plus Out Is Was Are Rund Etwa Mehr Als Bis Zu In Im Die Der Das Den Mit Von Über Unter "
    "Nach Seit Für Und Auf Am Ein Eine Insgesamt Les Le La Des De Du Environ Plus Avec Pour En Sur Dans Et "
    "Quelque Au Moins Ces Ses Entre Los Las El Unos Unas Con Para Por Más Hasta Casi Según Y De Del Al Entre "
    "Sobre "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"
)
_LOWER_START = frozenset(_LOWER_START_WORDS.split())
_FORMAL = frozenset("壹贰貳叁參肆伍陆陸柒捌玖")
_LONE = _FORMAL | frozenset("千百万萬十")
"""Single characters that are part of a word more often than a number: 千歳, 大陆国家, 十分."""
_LETTER_COUNTS = ("count:parameters", "count:tokens", "count:people")
_KOREAN_PARTICLE = re.compile(r"(?:[은는이가을를도의로와과만]|에서|에|부터|까지|평균|총|약|각각|등|중|,) ?\Z")


def is_quantity(text: str, number: Numeral, unit: str, rules: Rules) -> bool:
    """Judge whether a number found in a folded text states a quantity.

    `unit` is empty when none was found. A counted noun (count:models) proves less than a measure or a currency: it
    may as well follow a product's name, as in Gemma 4 models.
    """
    has_unit, loose = bool(unit), unit.startswith("count:")
    if _is_ordinal(text, number, has_unit, rules) or _in_larger_token(text, number, has_unit):
        return False
    if number.spelled:
        return _spelled_counts(text, number, unit, rules)
    if not has_unit and not number.scaled and _is_year(text, number):
        return False
    if not has_unit and (re.match(r"[A-Za-zÀ-ÿ_]", text[number.end : number.end + 1]) or number.letter):
        return number.letter and text[number.end - 1] == "k" and not _follows_name(text, number, has_unit, rules)
    if number.letter and loose and unit not in _LETTER_COUNTS and text[number.end - 1] in "BbT":
        return False
    firm = (has_unit and not loose) or (number.scaled and not number.letter)
    return firm or not _follows_name(text, number, has_unit, rules)


def _script(rules: Rules) -> str:
    return rules if rules in ("ja", "ko") else "zh" if rules.startswith("zh") else "latin"


def _is_ordinal(text: str, number: Numeral, has_unit: bool, rules: Rules) -> bool:
    if _ORDINAL_BEFORE.search(text, max(0, number.start - 18), number.start):
        return not number.scaled or text[number.start - 1] in "第제"
    if _VAGUE_BEFORE.search(text, max(0, number.start - 2), number.start):
        return True
    if rules == "de" and re.match(r"\. [A-ZÄÖÜ]", text[number.end : number.end + 3]):
        return _GERMAN_ORDINAL.search(text, max(0, number.start - 8), number.start) is not None
    if re.search(r"\d ?[時时시點点] ?\Z", text[max(0, number.start - 3) : number.start]):
        return True
    if re.match(r" ?(?:分[の之]|분의)", text[number.end : number.end + 3]) or _DENOMINATED.search(
        text, 0, number.start
    ):
        return True
    if re.match(r" ?(?:주년|[周週]年|대 ?\d)", text[number.end : number.end + 4]):
        return True
    after = re.compile(_ORDINAL_AFTER[_script(rules)])
    return not has_unit and after.match(text, number.end) is not None


def _in_larger_token(text: str, number: Numeral, has_unit: bool) -> bool:
    before = text[max(0, number.start - 2) : number.start]
    if has_unit and _RANGE_BEFORE.search(text, max(0, number.start - 8), number.start):
        before = ""
    after = text[number.end : number.end + 2]
    if re.search(r"[\d][.,:/-]\Z|[\d]\Z|[A-Za-z_@#/\\]\Z|[A-Za-z]-\Z|\.\Z(?<!\. )", before) and not _currency_code(
        text, number
    ):
        return True
    return re.match(r"[.:/]\d|-\d{3}|[A-Za-z_@]?\d", after) is not None


def _currency_code(text: str, number: Numeral) -> bool:
    return (
        re.search(r"(?:US|NT|HK|AU|CA|[A-Z]{3}|Rs)\$? ?\Z|ca\.\Z|Rs\.\Z", text[max(0, number.start - 4) : number.start])
        is not None
    )


def _is_year(text: str, number: Numeral) -> bool:
    body = text[number.start : number.end]
    return len(body) == 4 and body.isdigit() and 1900 <= int(body) <= 2100


def _spelled_counts(text: str, number: Numeral, unit: str, rules: Rules) -> bool:
    has_unit = bool(unit)
    if is_cjk(rules):
        body = text[number.start : number.end]
        if body in _LONE and (unit.startswith("count:") or body in _FORMAL or unit == "min"):
            return False
        return has_unit and (number.value >= 2 or unit in CODES or _measures(unit))
    return number.scaled or number.value >= 2 or has_unit


def _measures(unit: str) -> bool:
    return unit == "%" or (unit in FACTORS and FACTORS[unit][0] not in ("time", "months"))


def _follows_name(text: str, number: Numeral, has_unit: bool, rules: Rules) -> bool:
    match = _NAME_BEFORE.search(text, max(0, number.start - 30), number.start)
    if match:
        word = match["word"]
        if match["gap"] == "-":
            return True
        named = word[0].isupper() or any(c.isdigit() or c.isupper() for c in word)
        return named and word.split("'")[0] not in _LOWER_START and word.rstrip(".") not in ("US", "NT", "HK")
    if has_unit:
        return False
    if rules == "ja":
        return re.search(r"[ァ-ヺー] ?\Z", text[max(0, number.start - 2) : number.start]) is not None
    if rules == "ko" and re.search(r"[가-힣)] ?\Z", text[max(0, number.start - 2) : number.start]):
        return _KOREAN_PARTICLE.search(text, max(0, number.start - 4), number.start) is None
    return False

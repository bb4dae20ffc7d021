"""Numbers in digits and in Chinese characters, with their magnitude words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from agent.language.scripts import Rules
from agent.quantities.words import find_words


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number: `step` is the size of its last stated digit; `spelled` when no digit was written.

    `letter` marks a magnitude of a single letter (70B, 40k), which may as well belong to a product's name.
    """

    value: Decimal
    step: Decimal
    start: int
    end: int
    scaled: bool = False
    spelled: bool = False
    letter: bool = False
    scale: Decimal = Decimal(1)
    """The magnitude word's size: what the first end of 2〜3億 takes over."""


_DIGIT = {
    c: i
    for i, row in enumerate(("〇零", "一壹", "二两兩贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
    for c in row
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "십": 10, "백": 100, "천": 1000}
_BIG = {
    "万": 4, "萬": 4, "만": 4, "億": 8, "亿": 8, "억": 8, "兆": 12, "조": 12, "京": 16, "경": 16,
}  # fmt: skip
_POINT_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\d\w])\.\d+")
_COMMA_DIGITS = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?")
_SPACE_DIGITS = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?")
_DIGITS: dict[Rules, re.Pattern[str]] = {"de": _COMMA_DIGITS, "fr": _SPACE_DIGITS, "es": _SPACE_DIGITS}
_TEN = Decimal(10)

_SCALES: dict[Rules, tuple[tuple[str, int], ...]] = {
    "en": (
        (r"thousand", 3), (r"million|mln|mn", 6), (r"billion|bln|bn", 9), (r"trillion|trn|tn", 12),
        (r"lakh", 5), (r"crore", 7),
    ),
    "de": (
        (r"Tausend|tausend|Tsd\.?", 3), (r"Millionen|Million|Mio\.?", 6), (r"Milliarden|Milliarde|Mrd\.?", 9),
        (r"Billionen|Billion|Bio\.", 12),
    ),
    "fr": (
        (r"milliers|mille", 3), (r"millions?", 6), (r"milliards?|Mds?", 9), (r"billions?", 12),
    ),
    "es": (
        (r"mil millones|millardos?", 9), (r"billones|billón", 12), (r"millones|millón|mill\.", 6), (r"mil", 3),
    ),
}  # fmt: skip
_LETTERS = {"k": 3, "K": 3, "m": 6, "M": 6, "B": 9, "b": 9, "T": 12}
_LETTER = re.compile(r"[kKmMbBT](?![A-Za-z])")
_UNIT_PREFIX = re.compile(r"[千百]?[千兆百][米克瓦卡赫](?!尔)|千字[節节]")
_CJK_START = re.compile("[0-9.]|[" + "".join((*_DIGIT, *_SMALL)) + "]")


_KOREAN_SECTION = re.compile(r"\d{1,3} ?(?:[백십](?: \d{1,2}십?)?)?[만억조]|\d[백십] ?\d{0,2}[만억조]")
_KOREAN_REST = re.compile(r"[\d,.]+ ?[천백십]?[만억조]|\d천 |[\d,]+천?(?= ?[가-힣])")
_COUNTED = "人名件台社円元本枚個か年回頭戸棟隻機点ァ-ヺ%"
_SPACED_SMALL = re.compile(rf"[千百](?=[ \d万億兆{_COUNTED}])")
_SPACED_REST = re.compile(rf"\d[\d,]{{0,4}} ?[千百万億兆]|\d[\d,]{{2,4}} ?(?=[{_COUNTED}])")
"""How Japanese goes on behind a space that some writers set around digits: 1 万 6 千人, 2 千 500 ドル."""


def find_numbers(text: str, rules: Rules) -> Iterator[Numeral]:
    """Yield the numbers of a folded text in order, without judging what they stand for."""
    if rules in ("ja", "ko", "zh-Hant", "zh-Hans"):
        yield from _find_cjk(text, rules)
        return
    found = [*_find_latin(text, rules)]
    taken = {i for n in found for i in range(n.start, n.end)}
    for value, start, end in find_words(text, rules):
        if start not in taken:
            scaled, scale_end = _latin_scale(text, end, rules)
            step = scaled if scaled > 1 else _spelled_step(value)
            found.append(Numeral(value * scaled, step, start, scale_end, scaled > 1, spelled=True))
    yield from sorted(found, key=lambda n: n.start)


def _spelled_step(value: Decimal) -> Decimal:
    """Take three billion as stated to the billion, a hundred to the unit."""
    step = Decimal(1)
    while value and value % (step * 1000) == 0:
        step *= 1000
    return step


def number_of(body: str, rules: Rules) -> tuple[Decimal, Decimal]:
    """Return a digit group's value and the size of its last digit."""
    if rules in ("de", "fr", "es"):
        grouped = re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?", body)
        body = body.replace(".", "").replace(" ", "") if grouped else body
        body = body.replace(",", ".")
    else:
        body = body.replace(",", "")
    decimals = len(body.partition(".")[2])
    return Decimal(body if body[0] != "." else "0" + body), _TEN**-decimals


def _find_latin(text: str, rules: Rules) -> Iterator[Numeral]:
    pattern = _DIGITS.get(rules, _POINT_DIGITS)
    position = 0
    while match := pattern.search(text, position):
        value, step = number_of(match.group(), rules)
        factor, end = _latin_scale(text, match.end(), rules)
        letter = False
        if factor == 1 and (sign := _LETTER.match(text, match.end())):
            factor, end, letter = _TEN ** _LETTERS[sign.group()], sign.end(), True
        yield Numeral(value * factor, step * factor, match.start(), end, factor > 1, letter=letter, scale=factor)
        position = end


def _latin_scale(text: str, position: int, rules: Rules) -> tuple[Decimal, int]:
    factor, end = Decimal(1), position
    for pattern, power in _SCALES.get(rules, _SCALES["en"]):
        match = re.compile(rf"[ -]?(?:{pattern})(?![A-Za-zÀ-ÿ])", re.IGNORECASE).match(text, position)
        if match and match.end() > end:
            factor, end = _TEN**power, match.end()
    return factor, end


def _find_cjk(text: str, rules: Rules) -> Iterator[Numeral]:
    position = 0
    while match := _CJK_START.search(text, position):
        found = _scan(text, match.start(), rules)
        if found is None:
            position = match.end()
            continue
        yield found
        position = found.end
    if rules == "ko":
        yield from (Numeral(v, Decimal(1), s, e, spelled=True) for v, s, e in find_words(text, rules))


def _scan(text: str, start: int, rules: Rules) -> Numeral | None:
    """Read one number that may mix digits, kanji digits and magnitudes: 1兆1,300億, 2억 5천만, 三百五十."""
    if text[start] in "십백천":
        return None
    reading = _Reading()
    position = start
    while position < len(text):
        after = reading.take(text, position)
        if after is None and text[position] == " ":
            after = reading.take_after_space(text, position + 1)
        if after is None:
            break
        position = after
    if reading.empty:
        return None
    if not reading.scaled and (sign := _LETTER.match(text, position)) and reading.digits:
        factor = _TEN ** _LETTERS[sign.group()]
        return Numeral(
            reading.value * factor, reading.step * factor, start, sign.end(), True, letter=True, scale=factor
        )
    if not reading.scaled and (word := re.compile(r" ?(?:million|billion|trillion)").match(text, position)):
        factor, end = _latin_scale(text, position, "en")
        return Numeral(reading.value * factor, reading.step * factor, start, max(end, word.end()), True, scale=factor)
    scale = reading.step / reading.unit
    return Numeral(
        reading.value, reading.step, start, position, reading.scaled, spelled=not reading.digits, scale=scale
    )


class _Reading:
    """The state of reading one East Asian number from left to right."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.section = Decimal(0)
        self.current: Decimal | None = None
        self.unit = Decimal(1)
        """Size of the last digit of the number read last, before magnitudes."""
        self.last_big = 99
        self.last_small = 10_000
        self.digits = False
        self.empty = True
        self.scaled = False
        self.step = Decimal(1)

    @property
    def value(self) -> Decimal:
        return self.total + self.section + (self.current or 0)

    def take(self, text: str, position: int) -> int | None:
        char = text[position]
        if _UNIT_PREFIX.match(text, position):
            return None
        if char in _BIG:
            return self._big(position, _BIG[char])
        if char in _SMALL:
            return self._small(position, _SMALL[char])
        if self.current is not None:
            return None
        if match := _POINT_DIGITS.match(text, position):
            value, unit = number_of(match.group(), "ja")
            return self._number(value, unit, match.end(), digits=True)
        return self._kanji(text, position) if char in _DIGIT else None

    def take_after_space(self, text: str, position: int) -> int | None:
        """Go on behind a space: 2억 5천만, 5 만, 1 万 6 千人."""
        if position >= len(text) or self.empty:
            return None
        if self.current is not None:
            goes_on = text[position] in "만억조万萬亿億兆" or _SPACED_SMALL.match(text, position)
            return self.take(text, position) if goes_on else None
        if self.last_big == 99:
            joins = self.section and (_KOREAN_SECTION.match(text, position) or self._rest(text, position))
        else:
            joins = _KOREAN_REST.match(text, position) or self._rest(text, position)
        return self.take(text, position) if joins else None

    def _rest(self, text: str, position: int) -> bool:
        return self.digits and _SPACED_REST.match(text, position) is not None

    def _number(self, value: Decimal, unit: Decimal, end: int, digits: bool) -> int:
        self.current, self.unit, self.step, self.empty = value, unit, unit, False
        self.digits = self.digits or digits
        return end

    def _kanji(self, text: str, position: int) -> int | None:
        end = position
        while end < len(text) and text[end] in _DIGIT:
            end += 1
        body = "".join(str(_DIGIT[c]) for c in text[position:end])
        if end + 1 < len(text) and text[end] in "点點" and text[end + 1] in _DIGIT:
            tail = end + 1
            while tail < len(text) and text[tail] in _DIGIT:
                tail += 1
            body += "." + "".join(str(_DIGIT[c]) for c in text[end + 1 : tail])
            end = tail
        value, unit = number_of(body, "ja")
        return self._number(value, unit, end, digits=False)

    def _small(self, position: int, size: int) -> int | None:
        if self.current is None and (self.digits or size >= self.last_small):
            return None
        self.section += (Decimal(1) if self.current is None else self.current) * size
        self.step = self.unit * size if self.current is not None else Decimal(size)
        self.current, self.last_small, self.empty, self.scaled = None, size, False, True
        return position + 1

    def _big(self, position: int, power: int) -> int | None:
        if power == 8 and self.last_big == 4 and self.total and self.current is None and not self.section:
            return self._ten_thousand_fold(position, power)
        if self.empty or power >= self.last_big or (self.current is None and not self.section):
            return None
        self.total += (self.section + (self.current or 0)) * _TEN**power
        self.step *= _TEN**power
        self.section, self.current, self.last_big, self.last_small = Decimal(0), None, power, 10_000
        self.scaled = True
        return position + 1

    def _ten_thousand_fold(self, position: int, power: int) -> int:
        """Read the Chinese 万亿, which counts ten thousands of 亿."""
        self.total *= _TEN**power
        self.step *= _TEN**power
        self.last_big = power
        return position + 1

"""Numbers written as words in English, German, French, Spanish and Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from agent.language.scripts import Rules

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = {word: value for value, word in enumerate(_ONES.split())} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)
}
_GERMAN_ONES = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
_GERMAN = {word: value for value, word in enumerate(_GERMAN_ONES.split())} | {
    "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "hundert": 100,
}  # fmt: skip
_FRENCH = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10, "onze": 11,
    "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "cent": 100,
}  # fmt: skip
_SPANISH = {
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "once": 11, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "cien": 100,
}  # fmt: skip
_SIMPLE: dict[Rules, dict[str, int]] = {"de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}
_ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ENGLISH_WORD = "|".join(sorted((*_ENGLISH, "hundred", "dozen"), key=len, reverse=True))
_ENGLISH_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9-])(?:an? (?=hundred|thousand|million|billion|trillion|dozen))?(?:{_ENGLISH_WORD}|thousand|million"
    rf"|billion|trillion)(?:(?: and |[ -])(?:{_ENGLISH_WORD}|thousand|million|billion|trillion))*"
    r"(?:(?![A-Za-z])|(?=fold))",
    re.IGNORECASE,
)
_A_DECADE = re.compile(r"\b(?:a|the (?:past|last|next|previous))(?= decade\b)", re.IGNORECASE)
_KOREAN_NATIVE = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_KOREAN_COUNTED = re.compile(
    r"(?<![가-힣])(두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?= ?(?:개|명|배|곳|가지|차례|종|건|대(?!의|가|는|를)|달|번))"
)
_KOREAN_DIGIT = {c: i for i, c in enumerate("영일이삼사오육칠팔구")}
_KOREAN_SINO = re.compile(
    r"(?<![가-힣\d])([일이삼사오육칠팔구십백천만억조]{1,12})(?= ?(?:퍼센트|프로|달러|유로|위안|엔화|개국))"
)


def find_words(text: str, rules: Rules) -> Iterator[tuple[Decimal, int, int]]:
    """Yield (value, start, end) of the numbers that are written as words."""
    if rules == "en":
        yield from _english(text)
    elif rules == "ko":
        for match in _KOREAN_COUNTED.finditer(text):
            yield Decimal(_KOREAN_NATIVE[match.group(1)]), match.start(), match.end()
        for match in _KOREAN_SINO.finditer(text):
            yield _korean_value(match.group(1)), match.start(), match.end()
    else:
        words = _SIMPLE[rules]
        pattern = re.compile(
            rf"(?<![\w-])({'|'.join(sorted(words, key=len, reverse=True))})(?:(?!\w)|(?=fach|mal))", re.IGNORECASE
        )
        for match in pattern.finditer(text):
            yield Decimal(words[match.group(1).lower()]), match.start(), match.end()


def _english(text: str) -> Iterator[tuple[Decimal, int, int]]:
    for match in _A_DECADE.finditer(text):
        yield Decimal(1), match.start(), match.end()
    for match in _ENGLISH_NUMBER.finditer(text):
        words = [w for w in re.split(r"[ -]", match.group().lower()) if w not in ("and",)]
        if words[0] not in ("a", "an") and (words[0] in _ENGLISH_SCALES or words[0] == "dozen"):
            continue
        start, end = match.start(), match.end()
        value = _english_value(words)
        if value is not None:
            yield value, start, end


def _english_value(words: list[str]) -> Decimal | None:
    total, section, last = 0, 0, 0
    for word in words:
        if word in ("a", "an"):
            section, last = 1, 1
        elif word == "dozen":
            section = max(section, 1) * 12
        elif word == "hundred":
            section = max(section, 1) * 100
        elif word in _ENGLISH_SCALES:
            total += max(section, 1) * _ENGLISH_SCALES[word]
            section = 0
        else:
            if last and last < 20:
                return None
            section += _ENGLISH[word]
        last = _ENGLISH.get(word, 0)
    return Decimal(total + section)


def _korean_value(body: str) -> Decimal:
    total = section = current = 0
    for char in body:
        if char in _KOREAN_DIGIT:
            current = _KOREAN_DIGIT[char]
        elif char in "십백천":
            section += (current or 1) * {"십": 10, "백": 100, "천": 1000}[char]
            current = 0
        else:
            total += ((section + current) or 1) * 10 ** {"만": 4, "억": 8, "조": 12}[char]
            section = current = 0
    return Decimal(total + section + current)

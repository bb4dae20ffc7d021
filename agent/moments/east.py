"""Dates in Japanese, Korean and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from agent.moments.model import Named

_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1}
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_YEAR_WORDS = {
    "今年": 0, "本年": 0, "同年": 0, "来年": 1, "翌年": 1, "明年": 1, "昨年": -1, "去年": -1, "前年": -1, "再来年": 2,
    "一昨年": -2,
    "後年": 2, "后年": 2, "올해": 0, "금년": 0, "내년": 1, "작년": -1, "지난해": -1, "내후년": 2, "재작년": -2,
}  # fmt: skip
_MONTH_WORDS = {
    "今月": 0, "同月": 0, "来月": 1, "翌月": 1, "先月": -1, "前月": -1, "本月": 0, "這個月": 0, "这个月": 0,
    "下個月": 1, "下个月": 1, "上個月": -1,
    "上个月": -1, "이달": 0, "이번 달": 0, "다음 달": 1, "다음달": 1, "지난달": -1, "지난 달": -1,
}  # fmt: skip
_DAY_WORDS = {
    "今日": 0, "本日": 0, "昨日": -1, "一昨日": -2, "明日": 1, "明後日": 2, "今天": 0, "昨天": -1, "明天": 1,
    "後天": 2, "后天": 2, "前天": -2,
    "오늘": 0, "어제": -1, "내일": 1, "모레": 2, "그제": -2,
}  # fmt: skip
_YEAR_END = ("年内", "年內", "年末", "年底", "年終", "연내", "연말", "올해 말", "올해 안")


def _words(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_YEAR = (
    rf"(?:(?P<era>{'|'.join(_ERAS)}) ?(?P<eray>{_N}|元)年|(?P<y4>(?:19|20)\d{{2}}"
    rf"|[二一][〇零九][〇零一二三四五六七八九]{{2}}) ?[年년]"
    rf"|(?<![\d.,])(?P<y2>[0-4]\d)年(?!間|ぶり|以上|以下|超|余|前|後|にわたり|近|かけ|ほど|未満|目|분)"
    rf"|(?P<yw>{_words(_YEAR_WORDS)}))度?"
)
_MONTH = (
    rf"(?<![\d一二三四五六七八九十かカヶヵケ個个])(?P<m>{_N}) ?[月월](?![間刊面曜額])(?: ?(?P<d>{_N}) ?[日號号일](?!間"
    rf"|以内|連続|ぶり|間|동안|간))?"
)
_QUARTER = (
    r"第? ?(?P<q>[1-4一二三四]) ?(?:四半期|分期|분기|季度?(?![節节])|四季)|[QqＱ](?P<q2>[1-4])(?!\d)|(?<!\d)(?P<qm>1"
    r"|4|7|10)[~-](?:3|6|9|12)月(?:期|(?! ?\d))"
)
_HALF = r"(?P<h>上半期|前半|上期|上半年|상반기|下半期|後半|下期|下半年|하반기)"
_PART = rf"(?:{_MONTH}|{_QUARTER}|{_HALF})"
_BARE_HALF = r"(?P<h3>上半期|上半年|상반기|下半期|下半年|하반기)"
_ISO = r"(?<![\d.])(?P<iy>(?:19|20)\d{2})(?P<sep>[-/.]) ?(?P<im>\d{1,2})(?P=sep) ?(?P<id>\d{1,2})(?!\d)\.?"
_DAY_ONLY = (
    r"(?<![\d.,月월数數第約/])(?<!ここ)(?<!過去)(?<!今後)(?P<d3>[1-3]?\d) ?[日일號号](?!間|以内|連続|ぶり|本"
    r"|銀|経|系|産|程|前|後|以上|目|분|간|동안|째| ?동안|만|[가-힣]*전|元|圓"
    r"|多[いくめ]|少な|早[いくめ]|遅[いくめれ]|ほど|がかり|ごと|おき)"
)
_PATTERN = re.compile(rf"(?:{_ISO})|(?:{_YEAR}(?:(?:の|의)? ?{_PART})?)")
_PART_ONLY = re.compile(
    rf"(?:{_MONTH}|第? ?(?P<q>[1-4一二三四]) ?(?:四半期|分期|분기|季度)|(?<![A-Za-z])Q(?P<q2>[1-4])(?!\d)"
    rf"|(?<!\d)(?P<qm>1|4|7|10)[~-](?:3|6|9|12)月(?:期|(?! ?\d))|{_BARE_HALF.replace('h3', 'h')})"
)
_OTHERS = re.compile(
    rf"(?P<mw>{_words(_MONTH_WORDS)})(?:の)?(?:(?P<d>{_N})[日號号일])?|(?P<dw>{_words(_DAY_WORDS)})(?![的本])"
    rf"|(?P<end>{'|'.join(_YEAR_END)})|{_DAY_ONLY}"
)
_AHEAD = re.compile(
    r"[^。，,、 ]{0,4}?(?:までに|まで|以降|以後|をめど|を目途|を予定|に予定|前に|까지|부터|前(?=完成|推出)|起(?!床))"
)
_SECOND_HALF = ("下", "後", "하")


def name_dates(text: str) -> Iterator[Named]:
    """Yield what a folded text says of dates; the stretches may overlap, the fuller reading comes first."""
    for match in _PATTERN.finditer(text):
        yield _from_year(text, match)
    for match in _PART_ONLY.finditer(text):
        yield _from_part(text, match, None, None)
    for match in _OTHERS.finditer(text):
        yield _from_word(text, match)


def _from_year(text: str, match: re.Match[str]) -> Named:
    if match["iy"]:
        return Named(match.start(), match.end(), int(match["iy"]), int(match["im"]), int(match["id"]))
    if match["era"]:
        return _from_part(text, match, _ERAS[match["era"]] + number(match["eray"]), None)
    if match["y4"]:
        return _from_part(text, match, number(match["y4"]), None)
    if match["y2"]:
        return _from_part(text, match, 2000 + int(match["y2"]), None)
    return _from_part(text, match, None, _YEAR_WORDS[match["yw"]])


def _from_part(text: str, match: re.Match[str], year: int | None, shift: int | None) -> Named:
    groups = match.groupdict()
    quarter = groups["q"] or groups["q2"]
    half = groups["h"]
    lean = 1 if _AHEAD.match(text, match.end()) else 0
    return Named(
        match.start(), match.end(), year,
        month=number(groups["m"]) if groups["m"] else None,
        day=number(groups["d"]) if groups["d"] else None,
        quarter=number(quarter) if quarter else (int(groups["qm"]) + 2) // 3 if groups["qm"] else None,
        half=None if not half else 2 if half[0] in _SECOND_HALF else 1,
        year_shift=shift, lean=lean,
    )  # fmt: skip


def _from_word(text: str, match: re.Match[str]) -> Named:
    start, end = match.span()
    if match["mw"]:
        day = number(match["d"]) if match["d"] else None
        return Named(start, end, day=day, month_shift=_MONTH_WORDS[match["mw"]])
    if match["dw"]:
        return Named(start, end, day_shift=_DAY_WORDS[match["dw"]])
    if match["end"]:
        return Named(start, end, year_shift=0)
    return Named(start, end, day=int(match["d3"]), lean=1 if _AHEAD.match(text, end) else 0)


def number(body: str) -> int:
    """Return the value of digits or of Chinese numerals below one hundred, or a year written digit by digit."""
    if body.isdigit():
        return int(body)
    if "十" not in body:
        return int("".join(str(_HAN[c]) for c in body))
    tens, _, ones = body.partition("十")
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)


def first_day(quarter: int | None, half: int | None, year: int) -> date:
    """Return the first day of a quarter or half of a year."""
    month = (quarter - 1) * 3 + 1 if quarter else (half - 1) * 6 + 1 if half else 1
    return date(year, month, 1)

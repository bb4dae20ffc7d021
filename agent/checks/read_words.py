"""Words by which the parts of a printed report are known, in Japanese and English, whoever printed it."""

from __future__ import annotations

import re
from datetime import date

SECTIONS: tuple[tuple[str, str], ...] = (
    ("trends", r"今週の動向|今週の(?:概要|まとめ|ポイント)|動向|(?:the week|trends|overview|this week)(?:.s trends)?"),
    ("topics", r"注目(?:の)?(?:トピック|テーマ)|主要トピック|topics(?: to watch)?|highlights|key topics"),
    ("figures", r"主要(?:な)?数値|主な数字|key (?:figures|numbers|metrics)"),
    ("categories", r"カテゴリー?別(?:の)?(?:動向)?|by category|categories"),
    ("roadmap", r"(?:今後の)?ロードマップ|roadmap|timeline"),
    ("outlook", r"(?:今後の)?(?:展望|見通し)|outlook|future outlook"),
    (
        "other",
        r"目次|報道の分布|先週からの動き|作成方法(?:と出典)?|訂正と欠落|contents|coverage|since last week|method",
    ),
    ("other", r"since last week|method and sources|corrections and gaps|参考文献|references|sources"),
    ("articles", r"記事|記事一覧|articles"),
)
"""Kind of a section -> its titles, whole."""
_SECTION_RES = tuple((kind, re.compile(rf"(?:{titles})", re.I)) for kind, titles in SECTIONS)
_DECORATION = re.compile(r"^[■□◆●▼▶★\s\d.:：)）]+|\s+$")

SUMMARY = re.compile(r"(?:概要|要約|要旨|summary|abstract)", re.I)
DETAIL = re.compile(r"(?:詳細|本文|details?)", re.I)
PARTS = re.compile(r"(?:背景|主要|影響|展望|background|main points?|impact|context)", re.I)
ADDRESS = re.compile(r"(?:元記事|出典|URL|Source|Original article|Article)\s*[:：]\s*(?P<label>.*)$", re.I)
CITED_IN = re.compile(r"^(?:引用箇所|Cited in|関連)\s*[:：]", re.I)
URL = re.compile(r"(?:https?|file):[^\s<>\])）」]+")
BARE_URL = re.compile(r"^[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S+$", re.I)
NUMBER = re.compile(r"#(\d{1,3})(?!\d)")
ARTICLE = re.compile(r"^#(\d{1,3})(?:\s+|(?=[^\d\s,、]))(?!#\d)(.+)$")
COUNT = re.compile(r"[(（]\s*(\d+)\s*(?:件|articles?|本)\s*[)）]")
TOTAL = re.compile(r"(\d+)\s*(?:件|articles?\b)")
COUNTRIES = re.compile(r"(\d+)\s*(?:カ国|か国|ヶ国|countries)")
FOREIGN = re.compile(r"_?[(（]?(?:推論、)?原文・[^\s)）]+[)）]?_?|_?\((?:in |original: )[A-Z][a-z]+\)_?")
VALUE_LINE = re.compile(
    r"^(?:約|およそ|about |over )?(?:US)?[$€£¥￥]?[\d０-９][\d０-９,，.]*\s?"
    r"(?:[兆億万千]|trillion|billion|million|bn|%|％)*[^\s。、]{0,12}$"
)
_DATE = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?")
_ENGLISH_DATE = re.compile(r"\b([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4})|\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def section_kind(title: str) -> str:
    """Return the kind of the section that `title` heads, empty for no section."""
    bare = _DECORATION.sub("", title)
    return next((kind for kind, titles in _SECTION_RES if titles.fullmatch(bare)), "")


def dates_of(text: str) -> list[date]:
    """Return the whole dates written in a line, in order; what is no date of the calendar is left out."""
    rows = [(int(m[1]), int(m[2]), int(m[3])) for m in _DATE.finditer(text)]
    for m in _ENGLISH_DATE.finditer(text):
        month, day, year = (m[1], m[2], m[3]) if m[1] else (m[5], m[4], m[6])
        if month in _MONTHS:
            rows.append((int(year), _MONTHS.index(month) + 1, int(day)))
    return [date(y, m, d) for y, m, d in rows if 1 <= m <= 12 and 1 <= d <= _last_day(y, m)]


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date.resolution).day

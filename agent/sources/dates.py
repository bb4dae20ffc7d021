"""Dates as feeds and search answers write them: read with certainty or not at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from agent.week import Week

# RFC 822 §5.1, and zones that mean one thing only. CST, IST and BST each name several and are not here: Chinese feeds
# write CST for UTC+8, which RFC 822 reads as UTC-6.
_ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7,
}  # fmt: skip
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TIME = (
    r"(?:[T\s,]*(?P<half>午前|午後|오전|오후|上午|下午)?\s*(?P<h>\d{1,2})\s*[:時시时點点]\s*(?P<mi>\d{1,2})\s*[分분]?"
    r"(?:\s*:?\s*(?P<s>\d{1,2})(?:[.,]\d+)?\s*[秒초]?)?\s*(?P<ampm>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<z>[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Za-z]{1,4})?)?"
)
_WEEKDAY = r"(?:\s*[(]?[月火水木金土日월화수목금토](?:曜日?|요일)?[)])?"
_NAME = r"(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FORMS = tuple(
    re.compile(form + _TIME + r"(?:\s*\([^()]*\))?", re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<y>\d{4})\s*[/.]\s*(?P<m>\d{1,2})\s*[/.]\s*(?P<d>\d{1,2})\.?" + _WEEKDAY,
        r"(?:(?P<era>令和|平成|昭和)\s*(?P<ey>\d{1,2}|元)|(?P<y>\d{4}))\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]"
        r"\s*(?P<d>\d{1,2})\s*[日일]" + _WEEKDAY,
        r"(?:[a-z]{3,9},?\s+)?(?P<d>\d{1,2})[\s-]+" + _NAME + r",?[\s-]+(?P<y>\d{4})",
        r"(?:[a-z]{6,9},?\s+)?" + _NAME + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})",
    )
)
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ReadDate:
    """A date as read. When only the day is certain (no time, or no zone), `moment` is its noon and `exact` is False."""

    moment: datetime
    exact: bool


def read_date(text: str, timezone_name: str) -> ReadDate | None:
    """Read a date in the forms that feeds use; None when it has no single meaning.

    ISO 8601, RFC 822, year/month/day with slashes or dots, 2026年4月11日, 2026년 4월 11일, 令和8年4月10日, April 11,
    2026, and seconds or milliseconds since 1970. A day without a time or a time without a zone is that day's noon in
    `timezone_name` (IANA). 01/02/2026 and zones such as CST are ambiguous: None.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text[:100]).split())
    epoch = _EPOCH.fullmatch(plain)
    if epoch is not None:
        return _from_epoch(int(epoch[1]) if epoch[1] else int(epoch[2]) / 1000)
    for form in _FORMS:
        match = form.fullmatch(plain)
        if match is not None:
            return _from_parts(match.groupdict(), timezone_name)
    return None


def far_outside(moment: datetime, week: Week) -> bool:
    """Tell whether `moment` lies more than one day outside the week: no time zone can bring it back."""
    day = timedelta(days=1)
    return not week.start - day <= moment < week.end + day


def _from_epoch(seconds: float) -> ReadDate | None:
    moment = datetime.fromtimestamp(seconds, UTC)
    return ReadDate(moment, exact=True) if _EARLIEST <= moment < _LATEST else None


def _from_parts(parts: dict[str, str | None], timezone_name: str) -> ReadDate | None:
    zone = _zone(parts["z"])
    if parts["z"] and zone is None:
        return None
    month = parts.get("m") or 1 + _MONTH_NAMES.index((parts.get("mon") or "").lower())
    clock = zone or ZoneInfo(timezone_name)
    exact = bool(parts["h"]) and zone is not None
    try:
        hour, minute, second = _clock(parts) if exact else (12, 0, 0)
        moment = datetime(_year(parts), int(month), int(parts["d"] or 0), hour, minute, second, tzinfo=clock)
    except ValueError:
        return None
    return ReadDate(moment, exact) if _EARLIEST <= moment.astimezone(UTC) < _LATEST else None


def _year(parts: dict[str, str | None]) -> int:
    if parts.get("era"):
        year = parts["ey"] or "0"
        return _ERAS[parts["era"] or ""] + (1 if year == "元" else int(year))
    return int(parts["y"] or 0)


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int]:
    hour = int(parts["h"] or 0)
    half = (parts["half"] or parts["ampm"] or "").lower()
    if half:
        late = half in ("午後", "오후", "下午") or half.startswith("p")
        hour = hour % 12 + (12 if late else 0)
    # A leap second is a moment of this minute.
    return hour, int(parts["mi"] or 0), min(int(parts["s"] or 0), 59)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] in "+-":
        digits = text[1:].replace(":", "").ljust(4, "0")
        hours, minutes = int(digits[:2]), int(digits[2:])
        if hours > 14 or minutes > 59:
            return None
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if text[0] == "-" else offset)
    name = text.upper()
    return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else None

"""When a page was published: what it states of itself first, then what a reader sees, then htmldate's guess."""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from datetime import timezone as fixed_offset
from email.utils import parsedate_to_datetime
from typing import Literal
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from agent.extract.dropping import drop
from agent.extract.head import Head
from agent.extract.text import clean_line

_OLDEST = 1995
_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published",
    "published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "publisheddate", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date",
    "citation_online_date", "article:post_date", "date", "originalpublicationdate", "release_date", "og:regdate",
)  # fmt: skip
_ZONES = {"JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "CET": 1, "CEST": 2, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4,
          "PST": -8, "PDT": -7}  # fmt: skip
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911, "中華民國": 1911}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero janeiro gennaio", "february feb februar février fevrier febrero",
            "march mar märz mars marzo março", "april apr avril abril aprile", "may mai mayo maio maggio",
            "june jun juni juin junio giugno", "july jul juli juillet julio luglio", "august aug août aout agosto",
            "september sep sept septembre septiembre settembre", "october oct oktober okt octobre octubre ottobre",
            "november nov novembre noviembre", "december dec dezember dez décembre decembre diciembre dicembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]"),
    re.compile(
        r"(?P<era>令和|平成|中華民國|民國|民国)\s*(?P<y>元|\d{1,3})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
    ),
    re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s?(?P<s>[./-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"\b(?P<n>{_NAMES})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b", re.I),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?(?P<n>{_NAMES})\.?,?\s+(?:de\s+)?(?P<y>(?:19|20)\d\d)\b",
        re.I,
    ),
)
_PUBLISHED = re.compile(
    r"公開|掲載|投稿|配信|発表|発行|作成|입력|등록|게시|승인|기사입력|发布|發布|發佈|刊登|出版|published|posted|veröffentlicht|publié|publicado",
    re.I,
)
_CHANGED = re.compile(
    r"更新|修正|改訂|変更|수정|최종|最后|最後|开催|開催|締切|updated|modified|aktualisiert|mis à jour|actualizado", re.I
)

_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|sidebar|recommend\w*|ranking|widget|popular|latest|more-news|comments?)(?:$|[\s_-])", re.I
)


@dataclass(frozen=True)
class Moment:
    """An aware moment. `precision` is `day` when only the day is known: `at` is noon of it then."""

    at: datetime
    precision: Literal["time", "day"]


def parse_moment(text: str, timezone: str) -> Moment | None:
    """Read one written date: ISO 8601, RFC 822, epoch, CJK, era and month-name forms.

    A date without a time or an offset becomes noon in `timezone` (IANA), precision `day`, and so does midnight UTC
    to the second, which is how many systems write a day. None when it cannot be read without guessing
    (04/10/2026) or lies before 1995.
    """
    text = unicodedata.normalize("NFKC", clean_line(text))[:120]
    moment = _iso(text, timezone) or _epoch(text) or _mail(text, timezone) or _written(text, timezone)
    return moment if moment and moment.at.year >= _OLDEST else None


def find_date(tree: HtmlElement, head: Head, *, url: str, timezone: str, latest: datetime) -> Moment | None:
    """Return when the page was published, None when nothing tells.

    Order: JSON-LD datePublished, publication metadata, time elements of the article, a date that a reader sees near
    the title (one marked as published before others, one marked as updated last), htmldate without its extensive
    search. A moment more than two days after `latest` (the fetch) is no publication date.
    """
    horizon = latest + timedelta(days=2)
    stated = [head.article.get("datePublished"), *map(head.metas.get, _METAS), head.article.get("dateCreated")]
    found = _first([str(value) for value in stated if isinstance(value, str | int)], timezone, horizon)
    if found:
        return found
    own = _without_asides(tree)
    return (
        _first(_time_elements(own), timezone, horizon)
        or _seen(own, head.title, timezone, horizon)
        or _guessed(own, url, timezone, horizon)
    )


def _first(written: list[str], timezone: str, horizon: datetime) -> Moment | None:
    moments = (parse_moment(text, timezone) for text in written)
    return next((moment for moment in moments if moment and moment.at <= horizon), None)


def _without_asides(tree: HtmlElement) -> HtmlElement:
    """Return a copy without scripts and without what lists other articles, whose dates are theirs."""
    own = deepcopy(tree)
    for element in own.xpath("//script | //style | //nav | //aside | //footer | //*[@class or @id]"):
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in ("script", "style", "nav", "aside", "footer") or _ASIDE.search(name):
            parent = element.getparent()
            if parent is not None and element.tag not in ("body", "main", "article"):
                drop(element)
    return own


def is_date_line(line: str) -> bool:
    """Tell whether a line holds dates, their labels and little else: `公開日 2026年4月10日 | 更新 ...`."""
    if len(line) > 80 or not any(form.search(line) for form in _FORMS):
        return False
    for form in (*_FORMS, _PUBLISHED, _CHANGED):
        line = form.sub("", line)
    return sum(map(str.isalpha, line)) <= 4


def _iso(text: str, timezone: str) -> Moment | None:
    match = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(.*))?$", text)
    if match is None:
        return None
    try:
        day = date.fromisoformat(match[1])
        clock = time.fromisoformat(match[2]) if match[2] else None
    except ValueError:
        return None
    offset = _offset(match[3] or "")
    if (
        clock is None
        or offset is None
        or (clock == time(0) and not offset.utcoffset(None) and match[2].count(":") == 2)
    ):
        return _noon(day, timezone)
    return Moment(datetime.combine(day, clock, offset), "time")


def _offset(text: str) -> fixed_offset | None:
    if text.upper() in ("Z", *_ZONES):
        return fixed_offset(timedelta(hours=_ZONES.get(text.upper(), 0)))
    match = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?", text)
    if match is None or int(match[2]) > 14:
        return None
    span = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return fixed_offset(span if match[1] == "+" else -span)


def _epoch(text: str) -> Moment | None:
    if not re.fullmatch(r"[89]\d{8}|1\d{9}|[89]\d{11}|1\d{12}", text):
        return None
    return Moment(datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC), "time")


def _mail(text: str, timezone: str) -> Moment | None:
    if not re.search(r"\d{4} \d{2}:\d{2}", text):
        return None
    try:
        moment = parsedate_to_datetime(re.sub(r"\bJST\b|\bKST\b", "+0900", text))
    except (ValueError, TypeError, OverflowError):
        return None
    return Moment(moment, "time") if moment.tzinfo else _noon(moment.date(), timezone)


def _written(text: str, timezone: str) -> Moment | None:
    for form in _FORMS:
        if match := form.search(text):
            return _day(match, timezone)
    return None


def _day(match: re.Match[str], timezone: str) -> Moment | None:
    parts = match.groupdict()
    year = 1 if parts["y"] == "元" else int(parts["y"])
    month = _MONTHS[parts["n"].lower()] if parts.get("n") else int(parts["m"])
    try:
        return _noon(date(year + _ERAS.get(parts.get("era") or "", 0), month, int(parts["d"])), timezone)
    except ValueError:
        return None


def _noon(day: date, timezone: str) -> Moment:
    return Moment(datetime.combine(day, time(12), ZoneInfo(timezone)), "day")


def _time_elements(tree: HtmlElement) -> list[str]:
    """Return the datetime values of the article's own time elements, those marked as publication first."""
    marked: list[str] = []
    others: list[str] = []
    for node in tree.xpath("//time[@datetime][not(ancestor::li)] | //*[@itemprop='datePublished'][not(self::meta)]")[
        :20
    ]:
        value = node.get("datetime") or node.get("content") or node.text_content()
        label = " ".join(filter(None, (node.get("class"), node.get("itemprop"), node.get("pubdate"), _before(node))))
        if re.search(r"publish|pubdate|entry-date|posted", label, re.I) or _PUBLISHED.search(label):
            marked.append(value)
        elif not re.search(r"modif|updat", label, re.I) and not _CHANGED.search(label):
            others.append(value)
    return marked + others[:1]


def _before(node: HtmlElement) -> str:
    parent = node.getparent()
    previous = node.getprevious()
    return str((previous.tail if previous is not None else parent.text if parent is not None else "") or "")[-12:]


def _seen(tree: HtmlElement, title: str, timezone: str, horizon: datetime) -> Moment | None:
    """Return the date that stands near the title in the text as a reader sees it."""
    pieces = tree.xpath("//body//text()")
    text = unicodedata.normalize("NFKC", " ".join(clean_line(str(piece)) for piece in pieces[:4000]))
    start = text.find(unicodedata.normalize("NFKC", title)) if title else -1
    window = text[max(0, start - 200) : start + len(title) + 400] if start >= 0 else text[:500]
    found: list[tuple[int, int, Moment]] = []
    for form in _FORMS:
        for match in form.finditer(window):
            moment = _day(match, timezone)
            label = window[max(0, match.start() - 14) : match.start()]
            if moment is None or moment.at > horizon or moment.at.year < _OLDEST:
                continue
            rank = 0 if _PUBLISHED.search(label) else 2 if _CHANGED.search(label) else 1
            found.append((rank, match.start(), moment))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _guessed(tree: HtmlElement, url: str, timezone: str, horizon: datetime) -> Moment | None:
    """Ask htmldate; its 1 January is believed only if the page or the address writes that day."""
    from htmldate import find_date as guess

    found = guess(tree, extensive_search=False, original_date=True, url=url or None, outputformat="%Y-%m-%d")
    if not found:
        return None
    day = date.fromisoformat(found)
    if (day.month, day.day) == (1, 1):
        numeric = rf"{day.year}\s*[-/.年]\s*0?1\s*[-/.月]\s*0?1(?!\d)"
        if not re.search(
            rf"{numeric}|\b1(?:st|er)?\.?\s+jan|jan\w*\.?\s+1(?!\d)", f"{url} {tree.text_content()}", re.I
        ):
            return None
    moment = _noon(day, timezone)
    return moment if day.year >= _OLDEST and moment.at <= horizon else None

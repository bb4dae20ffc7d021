"""RSS, Atom and JSON feeds."""

from __future__ import annotations

import asyncio
import html
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from agent.errors import SourceError
from agent.fetching.fetch import Fetcher
from agent.model import Candidate, Fetched, Gap
from agent.sources import FeedSource, Offer, SourceLimits
from agent.sources.dates import far_outside, read_date
from agent.sources.feed_text import decode, safe_xml
from agent.week import Week

_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1(?:\.\d)?/?")


@dataclass(frozen=True)
class Item:
    """One entry of a feed in its own words."""

    link: str
    title: str
    date: str


async def read_feed(source: FeedSource, *, fetcher: Fetcher, week: Week, limits: SourceLimits) -> Offer:
    """Return the feed's items of the week, one day more on both sides, and those whose date cannot be read.

    Raises SourceError: whatever the fetcher raises; bad_feed when it is no feed or declares a document type;
    empty_source when it has no item with a web address.
    """
    page = await fetcher.get(source.url, limit_bytes=limits.feed_bytes)
    items = await asyncio.to_thread(parse_feed, page, limits.feed_items)
    return offer_items(items, source.label, page.final_url, week)


def parse_feed(page: Fetched, max_items: int) -> tuple[Item, ...]:
    """Return the first `max_items` entries of a fetched RSS, Atom or JSON feed. Raises SourceError (bad_feed)."""
    text = decode(page.body, page.content_type)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _json_items(text, page.url, max_items)
    return _xml_items(safe_xml(text, page.url, max_items), page, max_items)


def offer_items(items: Iterable[Item], label: str, base: str, week: Week) -> Offer:
    """Turn entries into candidates: web addresses only, each once, dates read, those far outside the week counted.

    Relative links are resolved against `base`. Raises SourceError (empty_source) when nothing is left to offer.
    """
    candidates: dict[str, Candidate] = {}
    outside: set[str] = set()
    for item in items:
        url = web_address(base, item.link)
        if url is None or url in candidates:
            continue
        date = read_date(item.date, week.timezone) if item.date else None
        if date is not None and far_outside(date.moment, week):
            outside.add(url)
            continue
        exact = date is not None and date.exact
        candidates[url] = Candidate(
            url=url,
            source=label,
            title=clean_title(item.title),
            published=date.moment if date else None,
            published_text="" if exact else item.date.strip()[:100],
        )
    offered = len(candidates.keys() | outside)
    if not offered:
        raise SourceError("empty_source", label, "no item with a web address")
    return Offer(tuple(candidates.values()), _outside_gap(label, len(outside), offered), offered)


def _outside_gap(label: str, outside: int, offered: int) -> tuple[Gap, ...]:
    if not outside:
        return ()
    return (Gap(stage="research", subject=label, reason="outside_week", detail=f"{outside} / {offered}"),)


def web_address(base: str, link: str) -> str | None:
    """Return an absolute http or https address without its fragment, None when `link` is no such thing."""
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return parts._replace(fragment="").geturl() if usable and link.strip() else None


def clean_title(title: str) -> str:
    """Return a title as one line of plain text; empty when its characters could not be read."""
    text = " ".join(html.unescape(_TAG.sub("", title)).split())
    return "" if "\ufffd" in text else text[:500]


def _xml_items(data: bytes, page: Fetched, max_items: int) -> tuple[Item, ...]:
    import feedparser

    headers = {"content-location": page.final_url, "content-type": "application/xml; charset=utf-8"}
    try:
        # Bytes that happen to be a path would be opened as a file: only a stream is safe.
        parsed = feedparser.parse(
            io.BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # feedparser trips over feeds that are damaged in the right place (dates, categories): found by tests.fuzz.
        raise SourceError("bad_feed", page.url, ascii(error)) from None
    if not parsed.entries and parsed.bozo:
        raise SourceError("bad_feed", page.url, str(parsed.get("bozo_exception", "")))
    return tuple(
        Item(
            link=str(entry.get("link") or ""),
            title=str(entry.get("title") or ""),
            date=str(entry.get("published") or entry.get("updated") or ""),
        )
        for entry in parsed.entries[:max_items]
    )


def _json_items(text: str, url: str, max_items: int) -> tuple[Item, ...]:
    try:
        feed = _without_surrogates(json.loads(text.lstrip("\ufeff")))
    except (ValueError, RecursionError) as error:
        raise SourceError("bad_feed", url, str(error)) from None
    if not _JSON_FEED.fullmatch(str(feed.get("version", ""))):
        raise SourceError("bad_feed", url, "not a JSON feed of version 1 or 1.1")
    items = feed.get("items")
    if not isinstance(items, list):
        raise SourceError("bad_feed", url, "has no list of items")
    return tuple(_json_item(item) for item in items[:max_items] if isinstance(item, dict))


def _without_surrogates(value: Any) -> Any:
    """Put U+FFFD for lone surrogates, which JSON's escapes can spell and no file can hold."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    return value


def _json_item(item: dict[str, object]) -> Item:
    identity = str(item.get("id") or "")
    link = item.get("url") or item.get("external_url") or (identity if identity.startswith("http") else "")
    return Item(
        link=str(link),
        title=str(item.get("title") or ""),
        date=str(item.get("date_published") or item.get("date_modified") or ""),
    )

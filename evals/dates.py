"""Dates of publication as pages and feeds write them: read rightly, or not at all."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from html import escape
from typing import Literal

from agent.extract.page import extract_page
from agent.model import Fetched, Value
from agent.sources.dates import read_date
from evals.bench import Bench
from evals.dataset import read_dataset
from evals.result import Measured
from evals.scores import share

_ZONE = "Asia/Tokyo"
_FETCHED = datetime(2026, 4, 13, tzinfo=UTC)
_TITLE = "Second plant for chips opens in Kumamoto"
_BODY = (
    "<p>The maker opened a second plant on the island this week, and hired two hundred people for it. "
    "Its first wafers are to leave the line before the end of the year, according to the company.</p>"
) * 4


class WrittenDate(Value):
    """A date as it stands in a place of a page or feed. `expected` is empty when it has no single meaning."""

    form: Literal["jsonld", "meta", "visible", "time", "url", "feed"]
    text: str
    expected: str
    precision: Literal["time", "day"]


async def measure(bench: Bench) -> Measured:
    """Score the reading of written dates by the place where they stand; a date that cannot be read must stay unread."""
    rows, dataset = read_dataset("dates", WrittenDate)
    verdicts: dict[str, list[bool]] = defaultdict(list)
    mistakes = []
    for row in rows:
        found = _read(row)
        right = found == (row.expected, row.precision if row.expected else "")
        verdicts[row.form].append(right)
        if not right:
            mistakes.append(f"{row.form}: {row.text!r}: {found[0] or 'unread'} {found[1]}")
    metrics = [share(f"right, {form}", found, dataset.name) for form, found in verdicts.items()]
    every = [verdict for found in verdicts.values() for verdict in found]
    return Measured(
        metrics=(share("right", every, dataset.name), *metrics), datasets=(dataset,), mistakes=tuple(mistakes)
    )


def _read(row: WrittenDate) -> tuple[str, str]:
    if row.form == "feed":
        date = read_date(row.text, _ZONE)
        return (date.moment.isoformat(), "time" if date.exact else "day") if date else ("", "")
    url, html = _page(row)
    page = Fetched(
        url=url, final_url=url, status=200, content_type="text/html", body=html.encode(), fetched_at=_FETCHED
    )
    found = extract_page(page, _ZONE)
    return (found.published.isoformat(), found.published_precision) if found.published else ("", "")


def _page(row: WrittenDate) -> tuple[str, str]:
    head, before, path = "", "", "/p/chips.html"
    if row.form == "jsonld":
        head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{row.text}"}}</script>'
    elif row.form == "meta":
        head = f'<meta property="article:published_time" content="{escape(row.text)}">'
    elif row.form == "time":
        before = f'<time datetime="{escape(row.text)}">x</time>'
    elif row.form == "visible":
        before = f"<p>{escape(row.text)}</p>"
    else:
        path = row.text
    html = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{_TITLE}</title>{head}</head>'
        f"<body><article><h1>{_TITLE}</h1>{before}{_BODY}</article></body></html>"
    )
    return f"https://news.example{path}", html

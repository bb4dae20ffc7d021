"""Small builders of the agents' values, an encoder without a model, and the fakes of the two outside seams."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from agent.assemble import Draft
from agent.engine import Brief, Digested
from agent.errors import SourceError
from agent.method import Method
from agent.model import (
    Article,
    CategoryDraft,
    DatedEvent,
    Detail,
    Digest,
    EngineName,
    Event,
    Extracted,
    Fetched,
    Figure,
    FigureRef,
    Plan,
    Span,
    Statement,
    Synthesis,
    TopicDraft,
)
from agent.report import Continuity, Version
from agent.selection.dedupe import article_id
from agent.storage.embed import Vectors, unit_rows
from agent.week import Week

WEEK = Week(2026, 15, "Asia/Tokyo")
MOMENT = datetime(2026, 4, 8, 3, 0, tzinfo=UTC)
TEXT = (
    "Northbridge Semiconductor opened a second plant in Kumamoto on Wednesday. The plant will make 1.4 million AI "
    "chips a year. It cost $2.5 billion. Production is planned to reach full capacity in October 2026."
)


class HashingEncoder:
    """Character 3-grams hashed into 256 places: texts that share wording are near, without any model."""

    name = "hashing-256"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text."""
        rows = np.zeros((len(texts), 256), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            padded = f" {text.casefold()} "
            for start in range(len(padded) - 2):
                row[zlib.crc32(padded[start : start + 3].encode()) % 256] += 1.0
        return unit_rows(rows)


def article(url: str = "https://news.example/p/1", **changes: Any) -> Article:
    """Return an English article of the week; its id belongs to its address."""
    fields: dict[str, Any] = {
        "id": article_id(url),
        "url": url,
        "title": "Northbridge opens second AI chip plant",
        "text": TEXT,
        "language": "en",
        "published_at": MOMENT,
        "outlet": "News Example",
        "outlet_class": "newsroom",
        "country": "US",
        "source": "feed https://news.example/ai.xml",
        "fetched_at": MOMENT,
    }
    return Article(**{**fields, **changes})


def span(text: str, within: str) -> Span:
    """Return the first place of `text` in `within`."""
    start = within.index(text)
    return Span(text=text, start=start, end=start + len(text))


def figure(value: str, unit: str, evidence: str, of: Article, **changes: Any) -> Figure:
    """Return a figure with its evidence in an article's text."""
    fields: dict[str, Any] = {
        "value": Decimal(value),
        "unit": unit,
        "label": f"label {value}",
        "evidence": span(evidence, of.text),
    }
    return Figure(**{**fields, **changes})


def dated(day: date, what: str, evidence: str, of: Article, precision: str = "day") -> DatedEvent:
    """Return a dated event with its evidence in an article's text."""
    return DatedEvent.model_validate(
        {"date": day, "precision": precision, "what": what, "evidence": span(evidence, of.text)}
    )


def digest(of: Article, **changes: Any) -> Digest:
    """Return a digest of an article in its own words."""
    fields: dict[str, Any] = {
        "article_id": of.id,
        "engine": "extractive",
        "language": of.language,
        "title": of.title,
        "summary": "Northbridge Semiconductor opened a second plant in Kumamoto on Wednesday.",
        "detail": Detail(
            background="It cost $2.5 billion.",
            main="The plant will make 1.4 million AI chips a year.",
            impact="Production is planned to reach full capacity in October 2026.",
        ),
    }
    return Digest(**{**fields, **changes})


def item(url: str = "https://news.example/p/1", digest_changes: Mapping[str, Any] | None = None, **changes: Any) -> Any:
    """Return an article with its digest."""
    of = article(url, **changes)
    return Digested(of, digest(of, **(digest_changes or {})))


def brief(**changes: Any) -> Brief:
    """Return a brief for the week."""
    fields: dict[str, Any] = {"title": "AI", "description": "AI news", "language": "en", "week": WEEK}
    return Brief(**{**fields, **changes})


class ScriptedEngine:
    """An engine that gives what it was told to, or raises it; everything else is an error."""

    def __init__(self, name: EngineName = "model", **script: Any) -> None:
        self.name = name
        self._script = script
        self.asked: list[str] = []

    def _give(self, step: str) -> Any:
        self.asked.append(step)
        given = self._script[step]
        if isinstance(given, Exception):
            raise given
        return given

    async def digest(self, article: Article, brief: Brief) -> Digest:
        """Give the scripted digest."""
        given = self._give("digest")
        return given(article) if callable(given) else given

    async def categorize(self, items: Sequence[Digested], brief: Brief) -> tuple[CategoryDraft, ...]:
        """Give the scripted categories."""
        given = self._give("categorize")
        return given(items) if callable(given) else given

    async def edit(self, items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief) -> Synthesis:
        """Give the scripted synthesis."""
        given = self._give("edit")
        return given(items) if callable(given) else given


class PagesByAddress:
    """A fetcher that knows some pages; every other address is a 404."""

    def __init__(self, pages: Mapping[str, bytes]) -> None:
        self._pages = pages
        self.asked: list[str] = []

    async def get(self, url: str, *, limit_bytes: int | None = None) -> Fetched:
        """Return a known page."""
        self.asked.append(url)
        if url not in self._pages:
            raise SourceError("http_error", url, "404")
        if limit_bytes is not None and len(self._pages[url]) > limit_bytes:
            raise SourceError("too_large", url)
        return fetched(url, self._pages[url])


def fetched(url: str, body: bytes = b"", content_type: str = "text/html") -> Fetched:
    """Return a page as the fetcher hands it on."""
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        content_type=content_type,
        body=body,
        fetched_at=datetime(2026, 4, 9, tzinfo=UTC),
    )


class ReadingByAddress:
    """A page reader that knows what stands at each address."""

    def __init__(self, pages: Mapping[str, Extracted]) -> None:
        self._pages = pages

    async def extract(self, page: Fetched, *, timezone: str) -> Extracted:
        """Return what was said of the address."""
        return self._pages[page.url]


def extracted(url: str, **changes: Any) -> Extracted:
    """Return what is read off a good page."""
    fields: dict[str, Any] = {
        "url": url,
        "canonical_url": url,
        "title": "Northbridge opens second AI chip plant",
        "text": TEXT,
        "language": "en",
        "published": MOMENT,
    }
    return Extracted(**{**fields, **changes})


def issue_items(count: int = 5) -> list[Digested]:
    """Return articles with two figures and one dated event each, alternately of two countries."""
    items = []
    for number in range(1, count + 1):
        of = article(
            f"https://news.example/p/{number}", country="US" if number % 2 else "JP", title=f"Plant {number} opens"
        )
        figures = (
            figure("2500000000", "USD", "$2.5 billion", of, label=f"cost {number}"),
            figure("1400000", "chips", "1.4 million AI chips", of, label=f"output {number}"),
        )
        ahead = dated(date(2026, 10, 1), "Full capacity", "October 2026", of, "month")
        items.append(Digested(of, digest(of, figures=figures, events=(ahead,))))
    return items


def statement(text: str, *ids: str, **changes: Any) -> Statement:
    """Return a sentence that cites articles."""
    return Statement(**{"text": text, "article_ids": ids, "language": "en", **changes})


def draft(items: Sequence[Digested], **changes: Any) -> Draft:
    """Return everything that a complete report of the items is made of, in two categories."""
    ids = [i.article.id for i in items]
    half = (len(ids) + 1) // 2
    first = statement("The plant will make 1.4 million AI chips a year.", ids[0])
    fields: dict[str, Any] = {
        "topic": "ai",
        "brief": brief(),
        "plan": Plan(events=tuple(Event(id=f"e-{i}", article_id=i) for i in ids), gaps=(), asked=()),
        "items": items,
        "categories": [
            CategoryDraft(name=name, article_ids=tuple(members))
            for name, members in (("Chips", ids[:half]), ("Power", ids[half:]))
            if members
        ],
        "synthesis": Synthesis(
            trends=(first,),
            topics=(TopicDraft(title="Plants", language="en", statements=(first,)),),
            category_digests={"Chips": (first,), "Power": (first,)},
            key_figures=tuple(
                FigureRef(article_id=i.article.id, index=n) for i in items[:2] for n in range(len(i.digest.figures))
            ),
            outlook=(first,),
        ),
        "gaps": (),
        "engine": "extractive",
        "model": "",
        "collected_at": MOMENT,
        "method": Method(program="shuho", encoder="hashing-256"),
        "version": Version(version=1, at=MOMENT, section="all", instruction="", author="shuho"),
        "continuity": Continuity(),
    }
    return Draft(**{**fields, **changes})

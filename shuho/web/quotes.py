"""What the stored sources say behind a claim, in their own words and language."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from agent.language.sentences import is_sentence, split
from agent.model import Article, Span
from agent.report import Report, ReportArticle
from agent.storage.embed import SENTENCE_ENCODER_LANGUAGES, Encoder, Vectors
from agent.storage.record import Record
from shuho.web.claims import Claim

Bearing = Literal["states", "verbatim", "nearest", "beginning", "unstored"]
"""How a quote bears on its claim: the evidence of a figure or date; the claim's own words; the nearest by meaning; no
vectors for the language; the article's text is not stored here."""

_AROUND = 260
_NEAREST = 2
_MOST_KEPT = 80


@dataclass(frozen=True)
class Quote:
    """A stretch of a source, verbatim, with what stands around it."""

    number: int
    article: ReportArticle | None
    before: str
    marked: str
    after: str
    bearing: Bearing


class Stored:
    """Reads articles from the record of an output folder; there may be no record yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._record: Record | None = None
        self._once = threading.Lock()

    def __call__(self, article_id: str) -> Article | None:
        """Return a stored article, None when it is not stored here."""
        with self._once:
            if self._record is None:
                if not self._path.is_file():
                    return None
                self._record = Record(self._path)
        try:
            return self._record.article(article_id)
        except KeyError:
            return None

    def close(self) -> None:
        """Close the record."""
        if self._record is not None:
            self._record.close()


class Quotes:
    """Finds quotes. Vectors of articles that were looked at stay in memory; safe to use from several threads."""

    def __init__(self, stored: Callable[[str], Article | None], encoder: Encoder) -> None:
        self._stored = stored
        self._encoder = encoder
        self._rows: OrderedDict[str, tuple[list[Span], Vectors]] = OrderedDict()
        self._turn = threading.Lock()

    def of(self, report: Report, claim: Claim) -> tuple[Quote, ...]:
        """Return what each article that the claim cites says, in the order of citation."""
        evidence = _evidence(report, claim.id)
        found: list[Quote] = []
        for place, number in enumerate(claim.articles):
            article = next((a for a in report.articles if a.number == number), None)
            text = self._stored(article.id) if article else None
            if evidence and place == 0:
                found.append(_stated(number, article, text, *evidence))
            elif text is None:
                found.append(Quote(number, article, "", "", "", "unstored"))
            else:
                found += self._said(claim, number, article, text)
        return tuple(found)

    def _said(self, claim: Claim, number: int, article: ReportArticle | None, text: Article) -> Iterator[Quote]:
        at = text.text.find(claim.text)
        if at >= 0:
            yield _cut(number, article, text.text, at, at + len(claim.text), "verbatim")
            return
        if not {text.language, claim.language} <= SENTENCE_ENCODER_LANGUAGES:
            yield _cut(number, article, text.text, 0, min(_AROUND, len(text.text)), "beginning")
            return
        spans, rows = self._vectors(text)
        if not spans:
            yield _cut(number, article, text.text, 0, min(_AROUND, len(text.text)), "beginning")
            return
        likeness = rows @ self._encoder.encode([claim.text])[0]
        for index in np.argsort(-likeness)[:_NEAREST]:
            span = spans[int(index)]
            yield _cut(number, article, text.text, span.start, span.end, "nearest")

    def _vectors(self, article: Article) -> tuple[list[Span], Vectors]:
        with self._turn:
            if article.id not in self._rows:
                spans = [span for span in split(article.text, article.language) if is_sentence(span)]
                self._rows[article.id] = spans, self._encoder.encode([span.text for span in spans])
                if len(self._rows) > _MOST_KEPT:
                    self._rows.popitem(last=False)
            return self._rows[article.id]


def _evidence(report: Report, claim_id: str) -> tuple[str, int] | None:
    """Return the evidence of a figure or dated event and its offset, -1 where the report keeps none."""
    section, _, index = claim_id.rpartition(":")
    at = int(index) - 1
    if section == "key_figures":
        return report.key_figures[at].evidence, report.key_figures[at].start
    if section == "roadmap":
        return report.roadmap[at].evidence, -1
    if section.startswith("articles/") and section.endswith(("/figures", "/events")):
        _, number, field = section.split("/")
        article = next(a for a in report.articles if a.number == int(number))
        fact = article.figures[at] if field == "figures" else article.events[at]
        return fact.evidence, fact.start
    return None


def _stated(number: int, article: ReportArticle | None, text: Article | None, evidence: str, start: int) -> Quote:
    if text is None:
        return Quote(number, article, "", evidence, "", "states")
    if text.text[start : start + len(evidence)] != evidence or start < 0:
        start = text.text.find(evidence)
    if start < 0:
        return Quote(number, article, "", evidence, "", "states")
    return _cut(number, article, text.text, start, start + len(evidence), "states")


def _cut(number: int, article: ReportArticle | None, text: str, start: int, end: int, bearing: Bearing) -> Quote:
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = ("…" if first else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) else "")
    return Quote(number, article, before, text[start:end], after, bearing)

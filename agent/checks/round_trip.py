"""What a PDF of our own lost: titles, sentences and addresses are looked for in the text of its pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from agent.checks.model import Finding, ReportText
from agent.checks.registry import shortened
from agent.sentences import split

_PIECE = 12


def lost_text(report: ReportText, text: str) -> Iterator[Finding]:
    """Yield what the report holds and the PDF's text does not; white space and line breaks do not count.

    A sentence counts as found when its pieces of 12 characters are there, but for the one that a page break splits.
    """
    pages = _compact(text)
    for where, sentence in _texts(report):
        body = _compact(sentence)
        if body in pages:
            continue
        pieces = [body[i : i + _PIECE] for i in range(0, len(body), _PIECE)]
        lost = [piece for piece in pieces if piece not in pages]
        if len(lost) > max(1, len(pieces) // 4):
            yield Finding(
                check="text lost in the PDF",
                row=44,
                severity="error",
                where=where,
                quote=shortened(sentence),
                message=f"does not extract back: {lost[0]}",
            )


def _texts(report: ReportText) -> Iterator[tuple[str, str]]:
    for where, statement in report.synthesis():
        yield where, statement.text
    yield from (("key figures", figure.display) for figure in report.figures)
    for article in report.articles:
        yield f"{article.name} title", article.title
        yield f"{article.name} address", article.url
        for text in (article.summary, article.details):
            yield from ((article.name, span.text) for span in split(text, report.language))


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))

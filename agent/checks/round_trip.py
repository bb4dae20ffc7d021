"""What a PDF of our own lost: every text of the report must stand whole in the text of its pages."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from agent.checks.model import Finding, ReportText
from agent.checks.registry import shortened

_GETA = "〓"
"""Stands in the PDF for what its font has no glyph for."""
_HYPHENS = "-\u2010\u2011"
"""Where a German word goes on in the next line there is one that the text does not have."""
_ALIKE = str.maketrans("・‧•―", "···—")
"""In a CJK font two of these have one glyph, and the text that comes out has either."""
_UNSEEN = ("Cf", "Cc")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_WORD = re.compile(r"\w+")


def lost_text(report: ReportText, pages: Sequence[str]) -> Iterator[Finding]:
    """Yield what the report holds and the PDF's `pages`, in order, do not: titles, addresses, every paragraph and
    sentence, character by character.

    White space, line breaks and their hyphens, invisible characters and compatible forms (ligatures, full width) do
    not count. A text may go on from the foot of one page to the next. Of a text in Arabic or Hebrew each word counts,
    in any order: a PDF's text comes back in the order in which its pieces stand on the line.
    """
    sheets = [_compact(page) for page in pages]
    shown = set("".join(sheets))
    for where, text in _texts(report):
        body = _compact(text)
        if _GETA in shown:
            body = "".join(char if char in shown else _GETA for char in body)
        rest = _missing_words(text, sheets) if _RIGHT_TO_LEFT.search(text) else _missing(body, sheets)
        if rest:
            yield Finding(
                check="text lost in the PDF",
                row=44,
                severity="error",
                where=where,
                quote=shortened(text),
                message=f"does not extract back from: {shortened(rest)}",
            )


def _missing_words(text: str, sheets: Sequence[str]) -> str:
    """Return the words of `text` that no page holds."""
    return " ".join(word for word in _WORD.findall(text) if not any(_compact(word) in sheet for sheet in sheets))


def _missing(body: str, sheets: Sequence[str]) -> str:
    """Return the rest of `body` from where the pages part from it; empty when they hold it whole."""
    if any(body in sheet for sheet in sheets):
        return ""
    shortest = body
    for i, sheet in enumerate(sheets):
        if held := _held(body, sheet):
            rest = _missing_at(body[held:], sheets, i + 1)
            shortest = min(rest, shortest, key=len)
    return shortest


def _missing_at(body: str, sheets: Sequence[str], i: int) -> str:
    """Return the rest of `body`, which goes on on page `i`."""
    while body and i < len(sheets):
        if body in sheets[i]:
            return ""
        held = _held(body, sheets[i])
        if not held:
            break
        body, i = body[held:], i + 1
    return body


def _held(body: str, sheet: str) -> int:
    """Return how many of the first characters of `body` stand together in `sheet`."""
    return bisect_left(range(1, len(body) + 1), True, key=lambda size: body[:size] not in sheet)


def _texts(report: ReportText) -> Iterator[tuple[str, str]]:
    for where, statement in report.synthesis():
        yield where, statement.text
    yield from (("key figures", figure.display) for figure in report.figures)
    yield from (("key figures", figure.label) for figure in report.figures)
    for article in report.articles:
        yield f"{article.name} title", article.title
        yield f"{article.name} address", article.url
        for text in (article.summary, *(part.text for part in article.parts)):
            yield from ((article.name, line) for line in text.splitlines() if line.strip())


def _compact(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    shown = (char for char in normal if not char.isspace() and char not in _HYPHENS)
    return "".join(char for char in shown if unicodedata.category(char) not in _UNSEEN)

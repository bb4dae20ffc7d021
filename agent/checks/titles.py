"""Titles held against their own articles: a sum of many that the title gives to a few (row 32)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.checks.model import ArticleText, ReportText
from agent.checks.numbers import quantities
from agent.checks.registry import Check, Found
from agent.language.sentences import split
from agent.quantities import same_quantity

_NAME = r"(?:[A-Z][A-Za-z0-9.&-]*[A-Za-z0-9]|[ァ-ヶー]{2,})"
_NAMES = re.compile(rf"{_NAME}(?:(?:[・、／/]|, | and |, and ){_NAME})+")
_MORE = re.compile(r"など|ほか|ら\d|\d+社|大手|各社|勢|others|giants|firms|companies|et al", re.I)
_FIRMS = "count:companies"


def _sum_of_many(report: ReportText) -> Iterator[Found]:
    """Find a title that gives to the firms it names what the article says of more firms, these among them."""
    for article in report.articles:
        listed = _NAMES.search(article.title)
        if listed is None or article.foreign or _MORE.search(article.title):
            continue
        names = re.findall(_NAME, listed[0])
        sums = [q for q in quantities(article.title, report.language) if q.unit and q.unit != _FIRMS and q.value >= 100]
        for sentence in _sentences(article, report.language):
            if not all(name in sentence for name in names):
                continue
            stated = quantities(sentence, report.language)
            firms = max((int(q.value) for q in stated if q.unit == _FIRMS), default=0)
            if firms > len(names) and any(same_quantity(a, b).equal for a in sums for b in stated):
                yield f"{article.name} title", article.title, f"names {len(names)} firms, the article says {firms}"
                break


def _sentences(article: ArticleText, language: str) -> Iterator[str]:
    for text in (article.summary, *(part.text for part in article.parts)):
        yield from (span.text for span in split(text, language))


CHECKS = (Check("sum of many", 32, "warning", _sum_of_many),)

"""What only the stored sources can decide: numbers and names of the digests (rows 27, 28, 30)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from agent.checks.model import ArticleText, Finding, ReportText, Severity
from agent.checks.names import distance
from agent.checks.numbers import quantities
from agent.checks.registry import shortened
from agent.grounding.unsupported import Source, page_of, unsupported
from agent.language.sentences import split
from agent.model import Article
from agent.quantities import Quantity

SOURCE_CHECKS = ("unit of a number", "number against source", "name against source")
_NAME = re.compile(r"[A-Z][A-Za-z]{4,}")


@dataclass(frozen=True)
class _Held:
    """A printed text with its place and what it has to rest on."""

    where: str
    text: str
    sources: tuple[Article, ...]
    names: frozenset[str] = frozenset()
    """Forms that the issue prints for names that the sources write otherwise."""


def check_against_sources(report: ReportText, sources: Mapping[int, Article]) -> Iterator[Finding]:
    """Yield what the stored articles (by printed number) do not bear out."""
    for held in _claims(report, sources):
        stock = tuple(page_of(article) for article in held.sources)
        for stretch in _unsupported(held.text, report.language, stock, held.names):
            if _is_quoted(stretch, held, report.language):
                continue
            if any(c.isdigit() for c in stretch):
                yield _number(held, stretch, report.language)
            elif near := _near_name(stretch, held):
                message = f"the source writes {near}"
                yield _finding("name against source", 30, "error", held, stretch, message)


@lru_cache(maxsize=4096)
def _unsupported(text: str, language: str, stock: tuple[Source, ...], names: frozenset[str]) -> tuple[str, ...]:
    return tuple(unsupported(text, language, stock, names))


def _claims(report: ReportText, sources: Mapping[int, Article]) -> Iterator[_Held]:
    for where, statement in report.synthesis():
        cited = tuple(sources[n] for n in statement.cites if n in sources)
        if cited and not statement.foreign:
            names = frozenset(name for n in statement.cites for name in report.spelled.get(n, ()))
            yield _Held(where, statement.text, cited, names)
    for article in report.articles:
        if article.number in sources and not article.foreign:
            for name, text in _texts(article):
                names = frozenset(report.spelled.get(article.number, ()))
                yield _Held(f"{article.name} {name}", text, (sources[article.number],), names)


def _is_quoted(stretch: str, held: _Held, language: str) -> bool:
    """Tell whether each sentence with a stretch is a source's own: a number after # is no article's there."""
    holding = [span.text for span in split(held.text, language) if stretch in span.text]
    return bool(holding) and all(any(told in a.text or told == a.title for a in held.sources) for told in holding)


def _texts(article: ArticleText) -> Iterator[tuple[str, str]]:
    yield "summary", article.summary
    yield from ((part.heading, part.text) for part in article.parts)


def _number(held: _Held, stretch: str, language: str) -> Finding:
    """Tell a number that is wrong by a power of ten from one that the source does not have at all."""
    claimed = quantities(stretch, language)
    if claimed:
        for article in held.sources:
            for q in quantities(article.text, article.language):
                if _off_by_a_unit(claimed[0], q):
                    stated = article.text[q.start : q.end]
                    return _finding("unit of a number", 27, "error", held, stretch, f"the source says {stated}")
    return _finding("number against source", 28, "error", held, stretch, "is not in the source")


def _off_by_a_unit(claim: Quantity, stated: Quantity) -> bool:
    if not claim.value or not stated.value or claim.unit != stated.unit:
        return False
    ratio = claim.value / stated.value
    return any(ratio == 10**n or ratio * 10**n == 1 for n in (1, 2, 3, 4, 6, 8))


def _near_name(stretch: str, held: _Held) -> str:
    if not _NAME.fullmatch(stretch):
        return ""
    words = {w for a in held.sources for w in re.findall(r"[A-Za-z]{5,}", a.text)}
    near = [
        w for w in words if 0 < distance(w.lower(), stretch.lower()) <= 2 and not w.lower().startswith(stretch.lower())
    ]
    return min(near, key=lambda w: (distance(w.lower(), stretch.lower()), w), default="")


def _finding(check: str, row: int, severity: Severity, held: _Held, quote: str, message: str) -> Finding:
    return Finding(
        check=check, row=row, severity=severity, where=held.where, quote=quote,
        message=f"{message}: {shortened(held.text, 80)}",
    )  # fmt: skip

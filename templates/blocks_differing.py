"""Where the sources of one event differ, as blocks: a row a side, each with its article."""

from __future__ import annotations

from collections.abc import Iterator

from agent.report import ReportArticle, ReportContradiction
from templates.blocks import Block, Heading, Paragraph, Table, Text, address, cites, plain
from templates.edition import Edition


def differing_blocks(issue: Edition) -> Iterator[Block]:
    """Yield the part of the synthesis that shows every difference; nothing where there is none."""
    if not issue.differing:
        return
    yield Heading(2, plain(issue.words.differences), "differences")
    yield Paragraph((Text(issue.words.differences_note, "quiet"),))
    for article in issue.differing:
        tongue = article.text_language if issue.foreign(article.text_language) else ""
        yield Heading(3, (Text(article.title, language=tongue), *cites((article.number,), issue)))
        yield from _tables(article, issue)


def beside(article: ReportArticle, issue: Edition) -> Iterator[Block]:
    """Yield what stands at the article itself."""
    if article.contradictions:
        yield Heading(4, plain(issue.words.differences))
        yield from _tables(article, issue)


def _tables(article: ReportArticle, issue: Edition) -> Iterator[Block]:
    for found in article.contradictions:
        yield Paragraph((Text(found.what, "strong"),))
        yield _table(found, issue)


def _table(found: ReportContradiction, issue: Edition) -> Table:
    w = issue.words
    rows = tuple(
        (
            (Text(side.display, "strong", language=side.language if _is_name(found, side.language, issue) else ""),),
            plain(side.outlet),
            (Text(side.evidence, language=side.language if issue.foreign(side.language) else ""),),
            (address(side.url),),
        )
        for side in found.sides
    )
    first = w.figures if found.kind == "amount" else found.what
    return Table((first, w.outlet, w.evidence, w.article_url), rows)


def _is_name(found: ReportContradiction, language: str, issue: Edition) -> bool:
    """Tell whether a side is shown as a name in another language than the report's."""
    return found.kind == "name" and issue.foreign(language)

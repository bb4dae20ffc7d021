"""Numbers, lists and sections: do they add up (rows 1 to 8 and 43 of the catalogue)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.checks.model import ReportText
from agent.checks.registry import Check, Found, named

NO_COUNTRY = frozenset(
    ["国際", "グローバル", "世界", "海外", "多国籍", "international", "global", "world", "worldwide"]
)


def _counts(report: ReportText) -> Iterator[Found]:
    counted = [c for c in report.categories if c.count is not None]
    for category in counted:
        if category.articles and category.count != len(category.articles):
            yield (
                category.title,
                category.listing or named(category.articles),
                (f"counts {category.count} articles and lists {len(category.articles)}"),
            )
    total = sum(c.count or 0 for c in counted)
    if report.total is not None and counted and total != report.total:
        sums = " + ".join(str(c.count) for c in counted)
        yield "header", f"{report.total}", f"the categories add up to {sums} = {total}, the header says {report.total}"
    if report.total is not None and report.articles and len(report.articles) != report.total:
        yield (
            "header",
            f"{report.total}",
            f"the header says {report.total}, {len(report.articles)} are printed",
        )


def _numbers(report: ReportText) -> list[int]:
    return [a.number for a in report.articles]


def _uncategorised(report: ReportText) -> Iterator[Found]:
    if not any(c.articles for c in report.categories):
        return
    placed = [n for c in report.categories for n in c.articles]
    topics = {n: t.title for t in report.topics for n in t.articles}
    for article in report.articles:
        if article.number not in placed:
            told = f", though the topic {topics[article.number]} cites it" if article.number in topics else ""
            yield article.name, article.title, f"is in no category{told}"
        elif placed.count(article.number) > 1:
            yield article.name, article.title, f"is in {placed.count(article.number)} categories"


def _topics_without_category(report: ReportText) -> Iterator[Found]:
    placed = {n for c in report.categories for n in c.articles}
    for topic in report.topics:
        if placed and topic.articles and not placed & set(topic.articles):
            yield topic.title, named(topic.articles), "is a topic, and no category holds any of its articles"


def _countries(report: ReportText) -> Iterator[Found]:
    found: dict[str, list[int]] = {}
    for article in report.articles:
        if article.country:
            found.setdefault(article.country, []).append(article.number)
    for country, numbers in found.items():
        if country.lower() in NO_COUNTRY:
            yield named(numbers), country, "is no country"
    real = {c for c in found if c.lower() not in NO_COUNTRY}
    if report.countries is not None and real and report.countries != len(real):
        yield (
            "header",
            f"{report.countries}",
            (f"the header counts {report.countries} countries, articles name {len(real)}: {', '.join(sorted(real))}"),
        )


def _empty_sections(report: ReportText) -> Iterator[Found]:
    for section in report.sections:
        if not section.statements and not section.raw.strip():
            yield section.title, section.title, "is an empty section"
    for title, group in [(g.title, g) for g in (*report.topics, *report.categories)]:
        if not group.statements:
            yield title, title, "has no text"
    for article in report.articles:
        if not article.summary.strip():
            yield f"{article.name} summary", article.title, "has no summary"


def _figures_without_source(report: ReportText) -> Iterator[Found]:
    for figure in report.figures:
        if not figure.cites:
            yield "key figures", f"{figure.display} {figure.label}", "names no article"


def _cut_lists(report: ReportText) -> Iterator[Found]:
    for group in (*report.topics, *report.categories):
        if re.search(r"[,、]\s*$|#\s*$", group.listing):
            yield group.title, group.listing, "the list of articles is cut off"


def _unknown_numbers(report: ReportText) -> Iterator[Found]:
    known = set(_numbers(report))
    if not known:
        return
    for group in (*report.topics, *report.categories):
        if unknown := [n for n in group.articles if n not in known]:
            yield group.title, named(unknown), "lists articles that the report does not hold"
    for where, statement in report.synthesis():
        if unknown := [n for n in statement.cites if n not in known]:
            yield where, statement.text, f"cites {named(unknown)}, which the report does not hold"
    for figure in report.figures:
        if unknown := [n for n in figure.cites if n not in known]:
            yield "key figures", figure.display, f"cites {named(unknown)}, which the report does not hold"


def _gaps_in_numbers(report: ReportText) -> Iterator[Found]:
    """A number that a dropped article leaves empty is no gap when the report's versions tell of it."""
    numbers = _numbers(report)
    last = max(numbers, default=0)
    away = {n for n in report.dropped if 0 < n < last} - set(numbers)
    # Counted and never listed: a damaged report may number its last article with 18 digits.
    if numbers != sorted({n for n in numbers if n > 0}) or len(numbers) + len(away) != last:
        yield "articles", named(numbers), "the articles are not numbered 1 to their count"


def _repeated(report: ReportText, what: str) -> Iterator[Found]:
    seen: dict[str, str] = {}
    for article in report.articles:
        value = str(getattr(article, what)).strip()
        if value and value in seen:
            yield article.name, value, f"has the same {what} as {seen[value]}"
        seen.setdefault(value, article.name)


def _duplicates(report: ReportText) -> Iterator[Found]:
    yield from _repeated(report, "url")


def _same_titles(report: ReportText) -> Iterator[Found]:
    yield from _repeated(report, "title")


def _unused(report: ReportText) -> Iterator[Found]:
    used = {n for t in report.topics for n in t.articles} | {n for _, s in report.synthesis() for n in s.cites}
    unused = [n for n in _numbers(report) if n not in used]
    if report.topics and unused:
        sources = [f.display for f in report.figures if set(f.cites) & set(unused)]
        also = f"; key figures come from them: {', '.join(sources)}" if sources else ""
        yield "topics", named(unused), f"no topic and no digest uses {len(unused)} of {len(_numbers(report))}{also}"


def _uncited(report: ReportText) -> Iterator[Found]:
    for kind in ("trends", "outlook"):
        section = report.section(kind)
        for statement in section.statements if section else ():
            if not statement.cites:
                yield section.title if section else kind, statement.text, "cites no article"
    for group in (*report.topics, *report.categories):
        if not group.articles and any(not s.cites for s in group.statements):
            yield group.title, group.statements[0].text, "names no article"


CHECKS = (
    Check("category counts", 1, "error", _counts),
    Check("partition", 2, "error", _uncategorised),
    Check("topics and categories", 3, "warning", _topics_without_category),
    Check("countries", 4, "error", _countries),
    Check("empty section", 5, "error", _empty_sections),
    Check("figure without source", 6, "error", _figures_without_source),
    Check("cut list", 7, "error", _cut_lists),
    Check("unused articles", 8, "note", _unused),
    Check("unknown numbers", None, "error", _unknown_numbers),
    Check("numbering", None, "error", _gaps_in_numbers),
    Check("duplicate article", None, "error", _duplicates),
    Check("same title", None, "warning", _same_titles),
    Check("uncited statement", 43, "error", _uncited),
)

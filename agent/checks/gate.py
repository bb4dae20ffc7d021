"""The gate of the weekly run: what must hold of every report before it is called complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from agent.checks.against_sources import SOURCE_CHECKS
from agent.checks.from_report import text_of_report
from agent.checks.lint import CHECKS, lint
from agent.model import Article
from agent.report import Checks, FailedCheck, Report, ReportArticle, ReportSentence

# German closes a quotation with “, French with ».
_ENDS = re.compile(r"[。．.!?！？…｡」』）)》】\]”“\"’'»›]$")

_SAID_HERE = frozenset(
    {
        "category counts",
        "partition",
        "empty section",
        "whole sentences",
        "address",
        "outside the window",
        "unknown numbers",
        "numbering",
        "uncited statement",
        "cut list",
        "figure without source",
    }
)
"""Checks of the linter that the gate's own, which know the record, tell more strictly."""
_LINTED = tuple(c.name for c in CHECKS if c.severity == "error" and c.name not in _SAID_HERE) + SOURCE_CHECKS

Finding = tuple[str, str]


def check_report(report: Report, sources: Mapping[str, Article]) -> Checks:
    """Run all hard checks on a report: the gate's own and the errors of `lint`. `sources` are stored articles by id."""
    return _told({**_own(report, sources), **_linted(report, sources)})


def if_lint_is_clean(report: Report, sources: Mapping[str, Article]) -> Checks:
    """Return what `check_report` returns unless `lint`, which takes most of the time, finds an error: a first guess."""
    return _told({**_own(report, sources), **{name: () for name in _LINTED}})


def _told(found: Mapping[str, Iterable[Finding]]) -> Checks:
    failed = [FailedCheck(check=name, where=where, what=what) for name, told in found.items() for where, what in told]
    return Checks(passed=len(found) - len({f.check for f in failed}), failed=tuple(failed))


def _own(report: Report, sources: Mapping[str, Article]) -> dict[str, Iterable[Finding]]:
    return {
        "partition": _partition(report),
        "citations": _citations(report),
        "whole sentences": _whole_sentences(report),
        "addresses": _addresses(report),
        "window": _window(report),
        "evidence": _evidence(report, sources),
        "required parts": _required_parts(report),
    }


def _linted(report: Report, sources: Mapping[str, Article]) -> dict[str, list[Finding]]:
    stored = {a.number: sources[a.id] for a in report.articles}
    found: dict[str, list[Finding]] = {name: [] for name in _LINTED}
    for finding in lint(text_of_report(report), stored):
        if finding.severity == "error" and finding.check in found:
            found[finding.check].append((finding.where, f"{finding.message}: {finding.quote}"))
    return found


def _sentences(report: Report) -> Iterator[tuple[str, ReportSentence]]:
    yield from (("trends", s) for s in report.trends)
    yield from (("outlook", s) for s in report.outlook)
    yield from ((f"topic: {t.title}", s) for t in report.topics for s in t.sentences)
    yield from ((f"category: {c.name}", s) for c in report.categories for s in c.sentences)


def _partition(report: Report) -> Iterator[Finding]:
    placed = sorted(number for category in report.categories for number in category.articles)
    numbers = [article.number for article in report.articles]
    # Unique and ascending, not 1 to n: an article that a person drops leaves its number empty.
    if placed != numbers or numbers != sorted(set(numbers)):
        yield "categories", "the categories do not hold every article exactly once"
    for category in report.categories:
        if category.count != len(category.articles):
            yield category.name, f"counts {category.count} articles and lists {len(category.articles)}"
    listed = {number: category.name for category in report.categories for number in category.articles}
    for article in report.articles:
        if listed.get(article.number) != article.category:
            yield f"#{article.number:02d}", f"names the category {article.category}, which does not list it"


def _citations(report: Report) -> Iterator[Finding]:
    known = {article.number for article in report.articles}
    for where, sentence in _sentences(report):
        if unknown := set(sentence.articles) - known:
            yield where, f"cites {sorted(unknown)}: {sentence.text}"
    for figure in report.key_figures:
        if set(figure.articles) - known:
            yield "key figures", f"cites an unknown article: {figure.display}"
    for entry in report.roadmap:
        if set(entry.articles) - known:
            yield "roadmap", f"cites an unknown article: {entry.what}"
    for topic in report.topics:
        if unknown := set(topic.articles) - known:
            yield f"topic: {topic.title}", f"cites {sorted(unknown)}"


def _whole_sentences(report: Report) -> Iterator[Finding]:
    texts = [(where, sentence.text) for where, sentence in _sentences(report)]
    for article in report.articles:
        parts = (article.summary, article.detail.background, article.detail.main, article.detail.impact)
        texts += [(f"#{article.number:02d}", part) for part in parts if part]
    for where, text in texts:
        if not _ENDS.search(text.rstrip()):
            yield where, f"ends in the middle of a sentence: …{text[-40:]}"


def _addresses(report: Report) -> Iterator[Finding]:
    for article in report.articles:
        if not re.match(r"https?://[^/\s]+/|file:\S", article.url):
            yield f"#{article.number:02d}", f"has no whole address: {article.url}"


def _window(report: Report) -> Iterator[Finding]:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(report.week.timezone)
    for article in report.articles:
        day = article.published_at.astimezone(zone).date()
        if not report.week.start <= day <= report.week.end:
            yield f"#{article.number:02d}", f"is dated {day}, outside {report.week.iso}"


def _evidence(report: Report, sources: Mapping[str, Article]) -> Iterator[Finding]:
    for article in report.articles:
        text = sources[article.id].text
        spans = [(f.start, f.end, f.evidence) for f in article.figures]
        spans += [(e.start, e.end, e.evidence) for e in article.events]
        for start, end, evidence in spans:
            if text[start:end] != evidence:
                yield f"#{article.number:02d}", f"evidence is not verbatim in the source: {evidence}"
    yield from _contradicting_evidence(report, sources)
    texts = {article.number: sources[article.id].text for article in report.articles}
    for figure in report.key_figures:
        if texts.get(figure.articles[0], "")[figure.start : figure.end] != figure.evidence:
            yield "key figures", f"evidence is not verbatim in the source: {figure.evidence}"
    for entry in report.roadmap:
        if entry.evidence not in texts.get(entry.articles[0], ""):
            yield "roadmap", f"evidence is not verbatim in the source: {entry.evidence}"


def _contradicting_evidence(report: Report, sources: Mapping[str, Article]) -> Iterator[Finding]:
    stored = {source.url: source.text for source in sources.values()}
    for article in report.articles:
        for side in (side for found in article.contradictions for side in found.sides):
            # A revision has the printed articles at hand, not the other reports of their events.
            if side.url in stored and stored[side.url][side.start : side.end] != side.evidence:
                yield f"#{article.number:02d}", f"evidence is not verbatim in {side.url}: {side.evidence}"


def _required_parts(report: Report) -> Iterator[Finding]:
    for part in ("trends", "topics", "outlook"):
        if not getattr(report, part):
            yield part, "is empty"
    if len(report.key_figures) < 4:
        yield "key figures", f"has {len(report.key_figures)} figures, wants at least four"
    for category in report.categories:
        if not category.sentences:
            yield f"category: {category.name}", "has no digest"
    yield from (("articles", f"#{a.number:02d} has no summary") for a in report.articles if not _summarised(a))


def _summarised(article: ReportArticle) -> bool:
    return bool(article.summary.strip())

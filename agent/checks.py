"""What must hold of every report before it is called complete. The linter of issue rows builds on these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from agent.model import Article
from agent.report import Checks, FailedCheck, Report, ReportArticle, ReportSentence

_ENDS = re.compile(r"[。．.!?！？…」』）)\]”\"’]$")

Finding = tuple[str, str]


def check_report(report: Report, sources: Mapping[str, Article]) -> Checks:
    """Run all checks on a report; `sources` are the stored articles by id."""
    checks = {
        "partition": _partition(report),
        "citations": _citations(report),
        "whole sentences": _whole_sentences(report),
        "addresses": _addresses(report),
        "window": _window(report),
        "evidence": _evidence(report, sources),
        "required parts": _required_parts(report),
    }
    failed = [
        FailedCheck(check=name, where=where, what=what) for name, found in checks.items() for where, what in found
    ]
    return Checks(passed=len(checks) - len({f.check for f in failed}), failed=tuple(failed))


def _sentences(report: Report) -> Iterator[tuple[str, ReportSentence]]:
    yield from (("trends", s) for s in report.trends)
    yield from (("outlook", s) for s in report.outlook)
    yield from ((f"topic: {t.title}", s) for t in report.topics for s in t.sentences)
    yield from ((f"category: {c.name}", s) for c in report.categories for s in c.sentences)


def _partition(report: Report) -> Iterator[Finding]:
    placed = sorted(number for category in report.categories for number in category.articles)
    numbers = sorted(article.number for article in report.articles)
    if placed != numbers or numbers != list(range(1, len(numbers) + 1)):
        yield "categories", "the categories do not hold every article exactly once"
    for category in report.categories:
        if category.count != len(category.articles):
            yield category.name, f"counts {category.count} articles and lists {len(category.articles)}"


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

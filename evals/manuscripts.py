"""Reports as a judge reads them, the claims in them with their evidence, and damaged copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from agent.errors import SettingError
from agent.language.sentences import split
from agent.model import Article
from agent.report import Report, ReportArticle
from agent.storage.embed import SentenceEncoder
from agent.storage.passages import passages_of
from evals.judging import CitedClaim, Manuscript

_TASK = (
    "a weekly report in {language} on {topic}: the week's articles with summary and details, each in one category; "
    "trends, topics, key figures, category digests, roadmap and outlook, every statement citing articles"
)
_NEAREST = 3


def manuscript_of(report: Report) -> Manuscript:
    """Return our own report as its Markdown, without the account of how it was made."""
    from templates.render import render

    [body] = render(report.model_copy(update={"gaps": ()}), formats=("md",)).values()
    return Manuscript(body.decode(), report.language, _TASK.format(language=report.language, topic=report.title))


def read_manuscript(path: Path, like: Manuscript | None = None) -> Manuscript:
    """Return the text of any report (.md, .txt), written for the task of `like`. Raises SettingError for others."""
    from agent.language.detect import detect

    if path.suffix.lower() not in (".md", ".txt") or not path.is_file():
        raise SettingError(f"{path}: a judge reads report.json, .md and .txt")
    text = path.read_text("utf-8")
    language = like.language if like else detect(text)
    task = like.task if like else _TASK.format(language=language, topic="its subject")
    return Manuscript(text, language, task)


def claims_of(report: Report, sources: Mapping[str, Article], encoder: SentenceEncoder) -> list[CitedClaim]:
    """Return every sentence of the synthesis, then of the digests, with its evidence.

    The evidence is the three passages of each cited article nearest to the sentence, from `sources`, or the printed
    summary and details of an article that is not among them; the digests of such an article are left out.
    """
    sentences = [*report.trends, *report.outlook]
    sentences += [s for topic in report.topics for s in topic.sentences]
    sentences += [s for category in report.categories for s in category.sentences]
    by_number = {article.number: article for article in report.articles}
    return [
        CitedClaim(
            sentence.text,
            "\n".join(_evidence(sentence.text, by_number[number], sources, encoder) for number in sentence.articles),
        )
        for sentence in sentences
    ] + [claim for article in report.articles if article.id in sources for claim in _told(article, sources, encoder)]


def _told(printed: ReportArticle, sources: Mapping[str, Article], encoder: SentenceEncoder) -> Iterator[CitedClaim]:
    detail = printed.detail
    for text in (printed.summary, detail.background, detail.main, detail.impact):
        for span in split(text, printed.text_language):
            yield CitedClaim(span.text, _evidence(span.text, printed, sources, encoder))


def _evidence(claim: str, cited: ReportArticle, sources: Mapping[str, Article], encoder: SentenceEncoder) -> str:
    article = sources.get(cited.id)
    if article is None:
        detail = cited.detail
        return "\n".join([cited.title, cited.summary, detail.background, detail.main, detail.impact])
    return "\n".join([article.title, *nearest(claim, [text for _, text in passages_of(article)], encoder)])


def nearest(claim: str, passages: Sequence[str], encoder: SentenceEncoder) -> list[str]:
    """Return the three passages nearest to a claim, nearest first."""
    if not passages:
        return []
    similarity = (encoder.encode(list(passages)) @ encoder.encode([claim]).T)[:, 0]
    return [passages[int(i)] for i in similarity.argsort()[::-1][:_NEAREST]]


def damaged(report: Report) -> Iterator[tuple[str, Report]]:
    """Yield copies that any editor would print less gladly, with what was done to them."""
    damages: Mapping[str, Callable[[Report], Report]] = {
        "synthesis emptied": lambda r: r.model_copy(update={"trends": (), "topics": (), "outlook": (), "roadmap": ()}),
        "summaries cut off": lambda r: _each_article(r, lambda a: {"summary": a.summary[: len(a.summary) // 3]}),
        "details repeated": lambda r: _each_article(
            r, lambda a: {"detail": a.detail.model_copy(update={"main": a.summary, "impact": a.summary})}
        ),
        "half of the articles left out": _halved,
    }
    for what, damage in damages.items():
        yield what, damage(report)


def _each_article(report: Report, change: Callable[[ReportArticle], Mapping[str, object]]) -> Report:
    articles = tuple(article.model_copy(update=dict(change(article))) for article in report.articles)
    return report.model_copy(update={"articles": articles})


def _halved(report: Report) -> Report:
    kept = report.articles[: (len(report.articles) + 1) // 2]
    numbers = {article.number for article in kept}
    categories = []
    for category in report.categories:
        left = tuple(number for number in category.articles if number in numbers)
        sentences = tuple(s for s in category.sentences if set(s.articles) <= numbers)
        if left:
            categories.append(
                category.model_copy(update={"articles": left, "count": len(left), "sentences": sentences})
            )
    changes: dict[str, object] = {
        "articles": kept,
        "categories": tuple(categories),
        "trends": tuple(s for s in report.trends if set(s.articles) <= numbers),
        "outlook": tuple(s for s in report.outlook if set(s.articles) <= numbers),
        "topics": tuple(t for t in report.topics if set(t.articles) <= numbers),
        "key_figures": tuple(f for f in report.key_figures if set(f.articles) <= numbers),
        "roadmap": tuple(e for e in report.roadmap if set(e.articles) <= numbers),
    }
    return report.model_copy(update={**changes, "continuity": type(report.continuity)()})

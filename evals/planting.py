"""Planting defects: what a plant is, and small changes of a report or of its Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from agent.report import Report, ReportArticle, ReportSentence

Change = Callable[[Report, Random], Report]
Edit = Callable[[str, Random], str]


@dataclass(frozen=True)
class Plant:
    """A way to plant one defect: a change of the report, or an edit of its Markdown; `also` may fire beside `check`."""

    check: str
    name: str
    change: Change | None = None
    edit: Edit | None = None
    also: tuple[str, ...] = ()


def japanese(report: Report) -> list[int]:
    """Return the indexes of the articles that are in the report's language."""
    return [i for i, a in enumerate(report.articles) if a.text_language == report.language]


def with_article(report: Report, index: int, **changes: Any) -> Report:
    """Change one article."""
    articles = list(report.articles)
    articles[index] = articles[index].model_copy(update=changes)
    return report.model_copy(update={"articles": tuple(articles)})


def some_article(change: Callable[[ReportArticle, Random], Mapping[str, Any]]) -> Change:
    """Change a random article of the report's own language."""

    def plant(report: Report, random: Random) -> Report:
        index = random.choice(japanese(report))
        return with_article(report, index, **change(report.articles[index], random))

    return plant


def some_detail(change: Callable[[str, Random], str]) -> Change:
    """Change a random part of a random article's 詳細."""

    def plant(report: Report, random: Random) -> Report:
        index = random.choice(japanese(report))
        part = random.choice(("background", "main", "impact"))
        detail = report.articles[index].detail
        changed = detail.model_copy(update={part: change(getattr(detail, part), random)})
        return with_article(report, index, detail=changed)

    return plant


def some_summary(change: Callable[[str, Random], str]) -> Change:
    """Change a random article's 概要."""
    return some_article(lambda article, random: {"summary": change(article.summary, random)})


def some_sentence(part: str, change: Callable[[ReportSentence, Random], Mapping[str, Any]]) -> Change:
    """Change a random sentence, in the report's language, of trends, outlook, topics or categories."""

    def plant(report: Report, random: Random) -> Report:
        if part in ("trends", "outlook"):
            return report.model_copy(update={part: _changed(getattr(report, part), report, random, change)})
        groups = list(getattr(report, part))
        able = [i for i, g in enumerate(groups) if any(s.language == report.language for s in g.sentences)]
        i = random.choice(able)
        sentences = _changed(groups[i].sentences, report, random, change)
        groups[i] = groups[i].model_copy(update={"sentences": sentences})
        return report.model_copy(update={part: tuple(groups)})

    return plant


def _changed(
    sentences: tuple[ReportSentence, ...],
    report: Report,
    random: Random,
    change: Callable[[ReportSentence, Random], Mapping[str, Any]],
) -> tuple[ReportSentence, ...]:
    found = list(sentences)
    i = random.choice([i for i, s in enumerate(found) if s.language == report.language])
    found[i] = found[i].model_copy(update=dict(change(found[i], random)))
    return tuple(found)


def some_of(part: str, change: Callable[[Any, Random], Mapping[str, Any]]) -> Change:
    """Change a random value of topics, categories or key figures."""

    def plant(report: Report, random: Random) -> Report:
        values = list(getattr(report, part))
        i = random.randrange(len(values))
        values[i] = values[i].model_copy(update=dict(change(values[i], random)))
        return report.model_copy(update={part: tuple(values)})

    return plant


def text(change: Callable[[str, Random], str]) -> Callable[[ReportSentence, Random], Mapping[str, Any]]:
    """Change the text of a sentence."""
    return lambda sentence, random: {"text": change(sentence.text, random)}


def inserted(*words: str) -> Callable[[str, Random], str]:
    """Put one of the words somewhere inside a text, outside brackets and quotes."""

    def put(body: str, random: Random) -> str:
        depth, places = 0, []
        for i, char in enumerate(body):
            depth += (char in "「『（(“") - (char in "」』）)”")
            if depth == 0 and 0 < i < len(body) - 1 and "ぁ" <= char <= "ん":
                places.append(i + 1)
        at = random.choice(places) if places else len(body) // 2
        return body[:at] + random.choice(words) + body[at:]

    return put


def cut_at(*lengths: int) -> Callable[[str, Random], str]:
    """Slice a text at a length, never at the end of a sentence."""

    def cut(body: str, random: Random) -> str:
        short = body[: min(random.choice(lengths), len(body) - 1)]
        return short.rstrip("。.」』）)!?！？… ")

    return cut


def appended(sentence: str) -> Callable[[str, Random], str]:
    """Add a sentence."""
    return lambda body, random: body + sentence


def replaced(pattern: str, by: str, count: int = 1, start: str = "", end: str = "") -> Edit:
    """Replace `count` random matches (0 for all) of a pattern in the Markdown, between two marks where given."""

    def edit(body: str, random: Random) -> str:
        first = body.index(start) if start else 0
        last = body.index(end, first + 1) if end else len(body)
        matches = list(re.finditer(pattern, body[first:last], re.M))
        if not matches:
            raise ValueError(f"nothing to plant in: no {pattern!r} in the Markdown")
        chosen = matches if not count else random.sample(matches, min(count, len(matches)))
        for match in sorted(chosen, key=lambda m: -m.start()):
            body = body[: first + match.start()] + match.expand(by) + body[first + match.end() :]
        return body

    return edit

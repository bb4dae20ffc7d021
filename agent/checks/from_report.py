"""Our own report as the neutral value that the checks read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from agent.checks.model import ArticleText, FigureText, Group, Part, ReportText, Section, Statement
from agent.report import Report, ReportArticle, ReportCategory, ReportSentence, ReportTopic


def text_of_report(report: Report) -> ReportText:
    """Return what the report prints."""
    return ReportText(
        form="json",
        language=report.language,
        title=report.title,
        total=len(report.articles),
        countries=len({a.country for a in report.articles if a.country}),
        window=(report.week.start, report.week.end),
        sections=(
            Section("trends", "trends", _statements(report.trends, report)),
            Section("outlook", "outlook", _statements(report.outlook, report)),
        ),
        topics=tuple(_group(topic, report) for topic in report.topics),
        categories=tuple(_group(category, report) for category in report.categories),
        figures=tuple(FigureText(f.display, f.label, f.articles) for f in report.key_figures),
        articles=tuple(_article(article, report) for article in report.articles),
        dropped=_dropped(report),
        spelled=_spelled(report),
        raw=report.model_dump_json(exclude={"checks", "gaps", "method", "versions"}),
    )


def _dropped(report: Report) -> frozenset[int]:
    """Return the numbers of articles that versions of the report tell of and that it does not hold."""
    told = (re.fullmatch(r"articles/(\d+)", version.section) for version in report.versions)
    return frozenset(int(match[1]) for match in told if match) - {a.number for a in report.articles}


def _spelled(report: Report) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for spelling in report.spellings:
        for number in spelling.articles:
            found[number] = (*found.get(number, ()), spelling.name)
    return found


def _statements(sentences: Iterable[ReportSentence], report: Report) -> tuple[Statement, ...]:
    return tuple(Statement(s.text, s.articles, s.language != report.language) for s in sentences)


def _group(group: ReportTopic | ReportCategory, report: Report) -> Group:
    told = _statements(group.sentences, report)
    if isinstance(group, ReportTopic):
        return Group(group.title, None, group.articles, told, foreign=group.language != report.language)
    return Group(group.name, group.count, group.articles, told)


def _article(article: ReportArticle, report: Report) -> ArticleText:
    detail = article.detail
    parts = (("background", detail.background), ("main", detail.main), ("impact", detail.impact))
    return ArticleText(
        number=article.number,
        title=article.title,
        day=article.published_at.astimezone(ZoneInfo(report.week.timezone)).date(),
        outlet=article.outlet,
        country=article.country_name,
        outlet_class=article.outlet_class,
        category=article.category,
        url=article.url,
        image=article.image,
        summary=article.summary,
        parts=tuple(Part(name, 0, text) for name, text in parts if text),
        foreign=article.text_language != report.language,
        mentions=(0,),
    )

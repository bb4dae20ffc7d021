"""The sections of a report by id: `trends`, `topics/1`, `categories/NAME`, `key_figures`, `articles/12/summary`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.language.scripts import is_cjk
from agent.language.sentences import split
from agent.report import Report, ReportArticle, ReportCategory, ReportSentence, ReportTopic
from agent.revision.edits import RefusedEdit

DETAILS = ("background", "main", "impact")
FIELDS = ("title", "summary", *DETAILS)
_ARTICLE = re.compile(r"articles/(\d+)(?:/(title|summary|background|main|impact))?")
_TOPIC = re.compile(r"topics/(\d+)(/title)?")


def resolve(report: Report, section: str) -> str:
    """Return a section's own id; `categories/1` becomes `categories/NAME`. Raises RefusedEdit for an unknown one."""
    if section in {"trends", "outlook", "key_figures", "roadmap"}:
        return section
    if match := _ARTICLE.fullmatch(section):
        article(report, int(match[1]))
        return f"articles/{int(match[1])}" + (f"/{match[2]}" if match[2] else "")
    if (match := _TOPIC.fullmatch(section)) and 1 <= int(match[1]) <= len(report.topics):
        return f"topics/{int(match[1])}{match[2] or ''}"
    if section.startswith("categories/"):
        name = section.removeprefix("categories/")
        names = [category.name for category in report.categories]
        if name in names:
            return section
        if name.isascii() and name.isdigit() and 1 <= int(name) <= len(names):
            return f"categories/{names[int(name) - 1]}"
    raise RefusedEdit("no_section", section=section, held=", ".join(section_ids(report)))


def section_ids(report: Report) -> tuple[str, ...]:
    """Return the ids of what can be talked about, in the order of the report."""
    return (
        "trends",
        *(f"topics/{i}" for i in range(1, len(report.topics) + 1)),
        "key_figures",
        *(f"categories/{category.name}" for category in report.categories),
        *(["roadmap"] if report.roadmap else []),
        "outlook",
        *(f"articles/{a.number}" for a in report.articles),
    )


def article(report: Report, number: int) -> ReportArticle:
    """Return an article by its number. Raises RefusedEdit when the report does not hold it."""
    found = next((a for a in report.articles if a.number == number), None)
    if found is None:
        held = ", ".join(f"#{a.number}" for a in report.articles)
        raise RefusedEdit("no_article", number=number, held=held)
    return found


def category(report: Report, name: str) -> ReportCategory:
    """Return a category by its name. Raises RefusedEdit when there is none."""
    found = next((c for c in report.categories if c.name == name), None)
    if found is None:
        raise RefusedEdit("no_category", name=name, held=", ".join(c.name for c in report.categories))
    return found


def sentences_of(report: Report, section: str) -> tuple[ReportSentence, ...] | None:
    """Return the sentences of trends, outlook, a topic or a category; None for a section of another kind."""
    if section in {"trends", "outlook"}:
        found: tuple[ReportSentence, ...] = getattr(report, section)
        return found
    if (match := _TOPIC.fullmatch(section)) and not match[2]:
        return report.topics[int(match[1]) - 1].sentences
    if section.startswith("categories/"):
        return category(report, section.removeprefix("categories/")).sentences
    return None


def with_sentences(report: Report, section: str, sentences: Sequence[ReportSentence]) -> Report:
    """Return the report with other sentences in a section; a topic's articles follow its sentences."""
    new = tuple(sentences)
    if section in {"trends", "outlook"}:
        return report.model_copy(update={section: new})
    if match := _TOPIC.fullmatch(section):
        topics = list(report.topics)
        topics[int(match[1]) - 1] = retold(topics[int(match[1]) - 1], new)
        return report.model_copy(update={"topics": tuple(topics)})
    name = section.removeprefix("categories/")
    categories = tuple(c.model_copy(update={"sentences": new}) if c.name == name else c for c in report.categories)
    return report.model_copy(update={"categories": categories})


def retold(topic: ReportTopic, sentences: tuple[ReportSentence, ...]) -> ReportTopic:
    """Return a topic with other sentences and the articles that these cite."""
    cited = tuple(sorted({number for sentence in sentences for number in sentence.articles}))
    return topic.model_copy(update={"sentences": sentences, "articles": cited})


def text_of(report: Report, section: str) -> tuple[str, str] | None:
    """Return text and language of an article's part or a topic's title; None for a section of another kind."""
    if match := _ARTICLE.fullmatch(section):
        found = article(report, int(match[1]))
        if match[2] in DETAILS:
            return getattr(found.detail, match[2]), found.text_language
        return (getattr(found, match[2]), found.text_language) if match[2] else None
    if (match := _TOPIC.fullmatch(section)) and match[2]:
        topic = report.topics[int(match[1]) - 1]
        return topic.title, topic.language
    return None


def with_text(report: Report, section: str, text: str, language: str = "") -> Report:
    """Return the report with other words in an article's part or a topic's title."""
    if match := _TOPIC.fullmatch(section):
        topics = list(report.topics)
        old = topics[int(match[1]) - 1]
        topics[int(match[1]) - 1] = old.model_copy(update={"title": text, "language": language or old.language})
        return report.model_copy(update={"topics": tuple(topics)})
    match = _ARTICLE.fullmatch(section)
    assert match is not None
    number, field = int(match[1]), match[2]
    return with_article(report, number, written(article(report, number), {field: text}))


def written(old: ReportArticle, texts: Mapping[str, str]) -> ReportArticle:
    """Return an article with other words in some of its parts."""
    detail = {field: text for field, text in texts.items() if field in DETAILS}
    other: dict[str, Any] = {field: text for field, text in texts.items() if field not in DETAILS}
    if detail:
        other["detail"] = old.detail.model_copy(update=detail)
    return old.model_copy(update=other)


def with_article(report: Report, number: int, new: ReportArticle) -> Report:
    """Return the report with another form of article `number`."""
    articles = tuple(new if a.number == number else a for a in report.articles)
    return report.model_copy(update={"articles": articles})


def cited_by(report: Report, section: str) -> tuple[int, ...]:
    """Return the articles that a section rests on."""
    if match := _ARTICLE.fullmatch(section):
        return (int(match[1]),)
    if match := _TOPIC.fullmatch(section):
        return report.topics[int(match[1]) - 1].articles
    if section in {"key_figures", "roadmap"}:
        return tuple(sorted({n for entry in getattr(report, section) for n in entry.articles}))
    sentences = sentences_of(report, section) or ()
    return tuple(sorted({number for sentence in sentences for number in sentence.articles}))


def joined(sentences: Sequence[str], language: str) -> str:
    """Return sentences as running text."""
    return ("" if is_cjk(language) and not language.startswith("ko") else " ").join(sentences)


def bodies(report: Report) -> dict[str, bytes]:
    """Return the canonical JSON of every section, by id; the rest of the report is under `head`.

    Topics go by their place, categories by name, articles by number. `categories` and `topics` hold the order.
    """
    plain = json.loads(report.model_dump_json())
    found: dict[str, Any] = {}
    for i, topic in enumerate(plain.pop("topics"), 1):
        found[f"topics/{i}"] = topic
    categories = plain.pop("categories")
    found["categories"] = [row["name"] for row in categories]
    found |= {f"categories/{row['name']}": row for row in categories}
    for row in plain.pop("articles"):
        prefix = f"articles/{row['number']}"
        parts = {**row.pop("detail"), "title": row.pop("title"), "summary": row.pop("summary")}
        found |= {f"{prefix}/{field}": text for field, text in parts.items()}
        found[prefix] = row
    for part in ("trends", "outlook", "key_figures", "roadmap", "continuity", "gaps", "checks", "versions"):
        found[part] = plain.pop(part)
    found["head"] = plain
    return {name: _canonical(value) for name, value in found.items()}


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def readable(report: Report, section: str) -> str:
    """Return a section as plain text, one sentence or entry a line, each with the numbers of its articles."""
    if section not in readable_ids(report):
        return ""
    if (text := text_of(report, section)) is not None:
        return "\n".join(span.text for span in split(*text))
    lines = [_line(s.text, s.articles) for s in sentences_of(report, section) or ()]
    if section.startswith("topics/"):
        return "\n".join([report.topics[int(section.split("/")[1]) - 1].title, *lines])
    if section.startswith("categories/"):
        members = category(report, section.removeprefix("categories/")).articles
        return "\n".join([" ".join(f"#{n}" for n in members), *lines])
    if section == "key_figures":
        return "\n".join(_line(f"{f.display} {f.label}", f.articles) for f in report.key_figures)
    if section == "roadmap":
        return "\n".join(_line(f"{e.display} {e.what}", e.articles) for e in report.roadmap)
    if section == "continuity":
        c = report.continuity
        return "\n".join(_line(e.title, e.articles) for e in (*c.new, *c.continuing, *c.ended))
    if section == "categories":
        return "\n".join(f"{c.name} ({c.count})" for c in report.categories)
    if match := _ARTICLE.fullmatch(section):
        found = article(report, int(match[1]))
        parts = (found.summary, *(getattr(found.detail, name) for name in DETAILS))
        return "\n".join([f"#{found.number} {found.title}", f"{found.outlet} · {found.category}", *parts])
    return "\n".join(lines)


def readable_ids(report: Report) -> frozenset[str]:
    """Return the names of all parts that have a readable form."""
    fields = {f"articles/{a.number}/{field}" for a in report.articles for field in FIELDS}
    titles = {f"topics/{i}/title" for i in range(1, len(report.topics) + 1)}
    return frozenset({*section_ids(report), "continuity", "categories", *fields, *titles})


def _line(text: str, numbers: Sequence[int]) -> str:
    return f"{text} [{', '.join(f'#{n}' for n in numbers)}]"

"""A printed report, ours or another system's, as the neutral value that the checks read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from agent.checks.from_articles import ArticleReader
from agent.checks.model import FigureText, Form, Group, Heading, ReportText, Section, Statement
from agent.checks.plain import is_set_in_lines
from agent.checks.read_lines import Line, lines_of_markdown, lines_of_pages
from agent.checks.read_words import (
    ARTICLE,
    COUNT,
    COUNTRIES,
    FOREIGN,
    INFERENCE,
    LANGUAGE_OF,
    NOTHING,
    NUMBER,
    SUMMARY,
    TOTAL,
    VALUE_LINE,
    dates_of,
    section_kind,
)
from agent.language.detect import detect
from agent.language.scripts import has_rules, rules_of
from agent.language.sentences import split
from agent.quantities import parse_quantities

_ADDRESSES = re.compile(r"<?https?://\S+|\(#[\w-]+\)")
_FEWEST_HANGUL = 200
_BEGINS = 12
_LONGEST_HEADING = 30
_VERSION = re.compile(r"\bv\d+ · [^\n]* · articles/(\d+)(?!/)\b")
"""A version of ours that dropped, restored, moved or added an article."""
_TAIL = re.compile(r"^[\s\[(（]*#\d+[\s\])）,、;#\d]*")


def text_of_markdown(text: str, form: Form) -> ReportText:
    """Return the report that a Markdown or text file prints."""
    return _Reader(text, form).read(lines_of_markdown(text))


def text_of_pages(pages: Sequence[str], outline: Mapping[str, int]) -> ReportText:
    """Return the report that a PDF prints: the text of its pages, and the level of each bookmark by title."""
    return _Reader("\n".join(pages), "pdf").read(lines_of_pages(pages, outline))


def statements(text: str, language: str) -> tuple[Statement, ...]:
    """Cut a text into sentences; article numbers that follow a full stop belong to the sentence before it."""
    found: list[Statement] = []
    for span in split(INFERENCE.sub("", text), language):
        body = span.text
        tail = _TAIL.match(body)
        if tail and found:
            before = found.pop()
            found.append(Statement(before.text, (*before.cites, *_numbers(tail[0])), before.foreign))
            body = body[tail.end() :]
        marked = FOREIGN.search(body) is not None
        if found and (mark := FOREIGN.match(body)):
            found[-1] = Statement(found[-1].text, (*found[-1].cites, *_numbers(body[: mark.end() + 12])), True)
            body = NUMBER.sub("", body[mark.end() :])
            marked = False
        clean = FOREIGN.sub("", NUMBER.sub("", body)).strip(" []()（）,、_")
        if clean or _numbers(body):
            found.append(Statement(_closed(clean, body), _numbers(body), marked))
    return tuple(s for s in found if s.text)


def _closed(clean: str, body: str) -> str:
    """Give a sentence back the closing bracket that was stripped with its citations."""
    stripped = NUMBER.sub("", body).rstrip(" []_")
    return clean + stripped[-1] if clean and stripped[-1:] in "）)" and clean[-1:] not in "。.）)" else clean


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in NUMBER.findall(text))


class _Reader:
    def __init__(self, text: str, form: Form) -> None:
        self.form, self.raw = form, text
        self.language = _language(text)
        self.articles = ArticleReader(pages=form == "pdf", plain=is_set_in_lines(text))
        self.bodies: list[tuple[str, str, list[Line]]] = []
        self.headings: list[Heading] = []

    def read(self, lines: Iterable[Line]) -> ReportText:
        head, within = [], ""
        for line in lines:
            within = self._place(line, within)
            if within == "head":
                head.append(line.text)
        sections, topics, categories, figures = self._synthesis()
        opening = "\n".join(head[:14])
        days = dates_of(next((row for row in head[:14] if len(dates_of(row)) > 1), ""))
        return ReportText(
            form=self.form,
            language=self.language,
            title=head[0] if head else "",
            total=_first(TOTAL, opening),
            countries=_first(COUNTRIES, opening),
            window=(min(days), max(days)) if days else None,
            sections=sections,
            topics=topics,
            categories=categories,
            figures=figures,
            articles=self.articles.finished(),
            headings=tuple(self.headings),
            dropped=frozenset(int(n) for n in _VERSION.findall(self.raw)),
            raw=self.raw,
        )

    def _place(self, line: Line, within: str) -> str:
        """Put a line where it belongs and return what the next one stands in."""
        kind = section_kind(line.text) if line.heading else ""
        article = ARTICLE.match(line.text) if line.heading and kind == "" else None
        orphan = line.heading and SUMMARY.fullmatch(line.text) and self.articles.holds_whole_article
        if kind and not (within == "articles" and kind == "outlook" and line.level > 3):
            self.headings.append(Heading(line.level, line.text, line.text))
            if kind != "articles":
                self.bodies.append((kind, line.text, []))
            return kind
        if article or orphan:
            self.articles.begin(int(article[1]) if article else 0, article[2] if article else "")
            self.headings.append(Heading(line.level, line.text, self.articles.name))
            if article:
                return "articles"
        if within == "articles":
            if line.heading and not article and not orphan:
                self.headings.append(Heading(line.level, line.text, self.articles.name))
            self.articles.add(line)
            return within
        if self.bodies:
            self.bodies[-1][2].append(line)
            return within
        return "head"

    def _synthesis(self) -> tuple[tuple[Section, ...], tuple[Group, ...], tuple[Group, ...], tuple[FigureText, ...]]:
        sections, groups, figures = [], {"topics": [], "categories": []}, []  # type: ignore[var-annotated]
        for kind, title, lines in self.bodies:
            if kind == "other":
                continue
            lines = [line for line in lines if not NOTHING.match(line.text)]
            found, rest = _figures(lines, kind == "figures", self.language)
            figures += found
            if kind in groups:
                groups[kind] += _groups(rest, self.language)
            body = "\n".join(line.text for line in (lines if kind in ("figures", *groups) else rest))
            told = kind in ("trends", "outlook")
            sections.append(Section(kind, title, statements(body, self.language) if told else (), body))
        return tuple(sections), tuple(groups["topics"]), tuple(groups["categories"]), tuple(figures)


def _language(text: str) -> str:
    """Return the language of a report: that of its headings, else of most of its text in one of eight, else English."""
    lines = Counter(line.strip("#* \t") for line in text.splitlines() if len(line) < _LONGEST_HEADING)
    headings = {word: lines[word] for word in LANGUAGE_OF if lines[word]}
    if headings:
        return LANGUAGE_OF[max(headings, key=lambda word: headings[word])]
    kana = len(re.findall(r"[ぁ-んァ-ヶ]", text))
    hangul = len(re.findall(r"[가-힣]", text))
    if kana > max(50, hangul):
        return "ja"
    if hangul > _FEWEST_HANGUL:
        return "ko"
    found = detect(_ADDRESSES.sub("", text))
    return rules_of(found) if has_rules(found) else "en"


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    return int(match[1]) if (match := pattern.search(text)) else None


def _figures(lines: Sequence[Line], section: bool, language: str) -> tuple[list[FigureText], list[Line]]:
    """Take the key figures out of the lines of a section: a value in bold, on its own line, or first in an item."""
    found, rest, position = [], [], 0
    while position < len(lines):
        text = lines[position].text
        value = re.match(r"^\*\*(.+?)\*\*\s*(.*)$", text)
        if section and value:
            found.append(FigureText(value[1], value[2], _numbers(text)))
        elif section and lines[position].item and (first := _value(text, language)):
            found.append(FigureText(first, text[len(first) :].strip(), _numbers(text)))
        elif VALUE_LINE.match(text) and position + 1 < len(lines):
            label = lines[position + 1].text
            found.append(FigureText(text, label, _numbers(label)))
            position += 1
        else:
            rest.append(lines[position])
        position += 1
    return found, rest


def _value(text: str, language: str) -> str:
    """Return the quantity that a list item begins with, empty where it begins with none."""
    first = next(iter(parse_quantities(text, language)), None)
    return text[: first.end] if first and first.start < _BEGINS else ""


def _groups(lines: Sequence[Line], language: str) -> Iterator[Group]:
    """Yield topics or categories: each begins with a heading, its numbers stand in it or on the line below."""
    starts = [i for i, line in enumerate(lines) if line.heading]
    for start, end in zip(starts, [*starts[1:], len(lines)][: len(starts)], strict=True):
        heading, body = lines[start].text, list(lines[start + 1 : end])
        listing = heading[m.start() :] if (m := NUMBER.search(heading)) else ""
        if not listing and body and _TAIL.fullmatch(body[0].text):
            listing = body.pop(0).text
        title = NUMBER.sub("", COUNT.sub("", FOREIGN.sub("", heading))).strip(" ,、:：_")
        told = statements("\n".join(x.text for x in body), language)
        foreign = FOREIGN.search(heading) is not None
        yield Group(title, _first(COUNT, heading), _numbers(listing), told, listing, foreign)

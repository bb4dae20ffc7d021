"""What the checks read and what they say: a report in any form as one neutral value, and findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from agent.model import Value

Severity = Literal["error", "warning", "note"]
Form = Literal["json", "md", "txt", "pdf"]


class Finding(Value):
    """One defect. `row` is its number in the catalogue of defects, None where the catalogue has no such row."""

    check: str
    row: int | None
    severity: Severity
    where: str
    quote: str
    message: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the article numbers behind it. `foreign` marks one left in its source's language (原文)."""

    text: str
    cites: tuple[int, ...] = ()
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the report; `level` is 1 for the highest, 0 when the form has no levels."""

    level: int
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an article's 詳細; blocks of the page are separated by newlines."""

    heading: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article as printed. What is not printed is empty; `number` is 0 when it has no heading of its own."""

    number: int
    title: str = ""
    day: date | None = None
    outlet: str = ""
    country: str = ""
    outlet_class: str = ""
    category: str = ""
    url: str = ""
    image: str = ""
    summary: str = ""
    parts: tuple[Part, ...] = ()
    strays: tuple[str, ...] = ()
    """Headings that belong to no part: words read off a picture."""
    foreign: bool = False
    mentions: tuple[int, ...] = ()
    """Numbers of other articles that its text refers to, and 0 when it names the sections that cite it."""

    @property
    def name(self) -> str:
        """The article's number as it is printed: #07."""
        return f"#{self.number:02d}"

    @property
    def details(self) -> str:
        """The text of all parts."""
        return "\n".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Group:
    """A topic or a category; `count` is None when none is printed, `listing` the list of numbers as printed."""

    title: str
    count: int | None
    articles: tuple[int, ...]
    statements: tuple[Statement, ...]
    listing: str = ""
    foreign: bool = False
    """Whether the title is left in its source's language (原文)."""


@dataclass(frozen=True, slots=True)
class FigureText:
    """A key figure."""

    display: str
    label: str
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the synthesis: present in the report, whether or not anything stands in it."""

    kind: str
    title: str
    statements: tuple[Statement, ...] = ()
    raw: str = ""


@dataclass(frozen=True)
class ReportText:
    """A report in any form. `total` and `countries` are the numbers of its header, None where it prints none."""

    form: Form
    language: str
    title: str = ""
    total: int | None = None
    countries: int | None = None
    window: tuple[date, date] | None = None
    sections: tuple[Section, ...] = ()
    topics: tuple[Group, ...] = ()
    categories: tuple[Group, ...] = ()
    figures: tuple[FigureText, ...] = ()
    articles: tuple[ArticleText, ...] = ()
    headings: tuple[Heading, ...] = ()
    dropped: frozenset[int] = frozenset()
    """Numbers of articles that a version before this one had and a person took out."""
    spelled: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Article number -> names that the issue prints for others that its source has."""
    raw: str = field(default="", repr=False)

    def section(self, kind: str) -> Section | None:
        """Return the section of a kind: trends, topics, figures, categories, roadmap, outlook."""
        return next((section for section in self.sections if section.kind == kind), None)

    def synthesis(self) -> Iterator[tuple[str, Statement]]:
        """Yield every statement outside the articles, with its place."""
        for section in self.sections:
            yield from ((section.title, statement) for statement in section.statements)
        for group in (*self.topics, *self.categories):
            yield from ((group.title, statement) for statement in group.statements)

    def prose(self) -> Iterator[tuple[str, str]]:
        """Yield every text in the reader's language with its place: (`#07 概要`, text)."""
        yield from ((where, s.text) for where, s in self.synthesis() if not s.foreign)
        yield from ((g.title, g.title) for g in (*self.topics, *self.categories) if not g.foreign)
        for article in self.articles:
            if not article.foreign:
                yield f"{article.name} title", article.title
                yield f"{article.name} summary", article.summary
                for part in article.parts:
                    yield f"{article.name} heading", part.heading
                    yield f"{article.name} {part.heading}", part.text

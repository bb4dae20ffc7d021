"""The pieces of a report without its looks: headings, paragraphs, points, tables; Markdown, text and Word have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from templates.edition import Edition
from templates.typeset import link


@dataclass(frozen=True)
class Text:
    """A stretch of text: `language` is set when it is not the report's, `target` is `#anchor` or a web address."""

    text: str
    style: Literal["plain", "strong", "quiet"] = "plain"
    language: str = ""
    target: str = ""


Line = tuple[Text, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (the report) to 4 (a part of an article)."""

    level: int
    line: Line
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a notice stands apart from the text, `small` is set smaller than it."""

    line: Line
    notice: bool = False
    small: bool = False


@dataclass(frozen=True)
class Points:
    """A list without numbers."""

    lines: tuple[Line, ...]
    small: bool = False


@dataclass(frozen=True)
class Contents(Points):
    """The parts, each a link: what a format with pages has its own contents for."""


@dataclass(frozen=True)
class Cards(Points):
    """Key figures: the first text of each line is the figure, the rest what it says."""


@dataclass(frozen=True)
class Table:
    """A table; every row is as long as its head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Picture:
    """The place of an article's picture, for formats that hold pictures."""

    article: str
    alt: str
    credit: str


@dataclass(frozen=True)
class Drawn:
    """The place of drawings that stand side by side (`templates.drawings`), for formats that hold drawings."""

    names: tuple[str, ...]


Block = Heading | Paragraph | Points | Table | Picture | Drawn


def plain(*texts: str) -> Line:
    """Return a line of unmarked text."""
    return tuple(Text(text) for text in texts)


def cites(numbers: Sequence[int], issue: Edition) -> Line:
    """Return the numbers of articles, each a link to its article, with a space before each."""
    return tuple(
        part
        for n in numbers
        for part in (Text(" "), Text(issue.number(n), target=f"#a{n}" if n in issue.places else ""))
    )


def address(url: str) -> Text:
    """Return a web address as a link to itself."""
    return Text(url, target=link(url))

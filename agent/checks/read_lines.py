"""A printed report as lines: headings with their levels, list marks, and marks of emphasis left as they are."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agent.checks.plain import is_set_in_lines, whole_lines
from agent.checks.read_words import ARTICLE, INNER, section_kind

_HEADING = re.compile(r"^\s*(#{1,6})\s+(.+?)\s*#*\s*$")
_ANCHOR = re.compile(r"<a id=\"[^\"]*\"></a>|<!--.*?-->")
_CITATION_LINK = re.compile(r"\[\\?(#\d+)\]\(#[\w-]+\)")
_LINK = re.compile(r"(?<!!)\[([^\]\[]*)\]\((https?://[^)\s]+)\)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]|~$#!{}+\-=>.)])")
_LIST = re.compile(r"^\s*(?:[-*+•・]|\d{1,2}[.)])\s+(?=\S)")
_FULL_LINE = 22
"""A line of a PDF shorter than this was not broken by the edge of its column."""
_ENDED = re.compile(r"[。．.!?！？…」』）)》”\"'’]$|#\d+$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `level` is 0 unless it is a heading, `item` tells a list item, `plain` headings have no level."""

    text: str
    heading: bool = False
    level: int = 0
    item: bool = False


def lines_of_markdown(text: str) -> list[Line]:
    """Return the lines of Markdown or of plain text, with marked or underlined headings; empty lines are left out."""
    found = []
    text = text.replace("\u00a0", " ")
    for raw in (whole_lines(text) if is_set_in_lines(text) else text).splitlines():
        line = _ANCHOR.sub("", raw).strip()
        if not line:
            continue
        if match := _HEADING.match(line):
            found.append(Line(_plain(match[2]), heading=True, level=len(match[1])))
            continue
        item = _LIST.match(line)
        body = _plain(line[item.end() :] if item else line)
        bare = not item and (section_kind(body) != "" or (ARTICLE.match(body) is not None and len(body) < 120))
        found.append(Line(body, heading=bare, item=item is not None))
    return found


def lines_of_pages(pages: Iterable[str], outline: Mapping[str, int]) -> list[Line]:
    """Return the lines of a PDF's text, wrapped lines joined again; `outline` has the level of each bookmark."""
    found: list[Line] = []
    levels = {_compact(title): level for title, level in outline.items()}
    rows = rows_of_pages(pages)
    position = 0
    while position < len(rows):
        size, level = _bookmark(rows, position, levels)
        if size:
            found.append(Line("".join(rows[position : position + size]), heading=True, level=level))
            position += size
            continue
        row = rows[position]
        inner = row in INNER or (section_kind(row) != "" and not levels)
        wrapped = position > 0 and len(rows[position - 1]) >= _FULL_LINE
        if found and wrapped and not found[-1].heading and not inner and not _ENDED.search(found[-1].text):
            found[-1] = Line(_joined(found[-1].text, row))
        else:
            found.append(Line(row, heading=inner))
        position += 1
    return found


def rows_of_pages(pages: Iterable[str]) -> list[str]:
    """Return the lines of all pages without running titles: what stands on every other page, numbers aside."""
    sheets = [[line.strip() for line in page.replace("\u00a0", " ").splitlines() if line.strip()] for page in pages]
    shapes = Counter(shape for sheet in sheets for shape in {_shape(row) for row in (*sheet[:2], *sheet[-3:])})
    running = {shape for shape, count in shapes.items() if count > max(3, len(sheets) / 2) and len(shape) > 1}
    return [
        row for sheet in sheets for i, row in enumerate(sheet) if _shape(row) not in running or 1 < i < len(sheet) - 3
    ]


def _shape(row: str) -> str:
    return re.sub(r"\d+", "0", _compact(row))


def _bookmark(rows: list[str], position: int, levels: Mapping[str, int]) -> tuple[int, int]:
    """Return how many rows from `position` on make up a bookmarked heading, and its level; (0, 0) for none."""
    for size in (1, 2, 3):
        level = levels.get(_compact("".join(rows[position : position + size])))
        if level is not None:
            return size, level
    return 0, 0


def _joined(before: str, after: str) -> str:
    latin = before[-1:].isascii() and after[:1].isascii()
    return f"{before} {after}" if latin else before + after


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1 \2", _CITATION_LINK.sub(r"\1", text))
    return html.unescape(_ESCAPED.sub(r"\1", text)).strip()

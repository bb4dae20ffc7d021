"""A report as plain text in lines of at most 78 columns, wide characters counted as two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from templates.blocks import Block, Heading, Line, Paragraph, Points, Table
from templates.blocks_report import blocks
from templates.edition import Edition

_COLUMNS = 78
# A word with the marks that may not begin a line after it, and those that may not end one before it (kinsoku).
_OPENING, _CLOSING = r"「『（【《〈［〔(\[“‘", r"、。，．・：；？！ー」』）】》〉］〕々…％)\].,:;?!%”’"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[!-~\u00a1-\u024f\u0370-\u052f\uac00-\ud7a3]+|\S)[{_CLOSING}]*|\s+")
_RULES = {1: "=", 2: "=", 3: "-"}


def plain_text(issue: Edition) -> str:
    """Return the report as text; addresses stay whole on one line, and it ends with a newline."""
    return "\n".join(line for block in blocks(issue) for line in _set(block)).strip("\n") + "\n"


def width(text: str) -> int:
    """Return how many columns of a fixed-width font `text` takes."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, first: str = "", rest: str = "") -> Iterator[str]:
    """Yield `text` in lines; `first` stands before the first of them, `rest` before every other.

    A word or an address that is longer than a line stays whole.
    """
    line, used = first, width(first)
    empty = True
    for match in _PIECE.finditer(" ".join(text.split())):
        piece = match[0]
        wide = width(piece)
        if not empty and used + wide > _COLUMNS and not piece.isspace():
            yield line.rstrip()
            line, used, empty = rest, width(rest), True
        if not (empty and piece.isspace()):
            line, used, empty = line + piece, used + wide, False
    yield line.rstrip()


def _set(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from _heading(block)
    elif isinstance(block, Paragraph):
        mark = "| " if block.notice else ""
        yield from (*wrap(_told(block.line), mark, mark), "")
    elif isinstance(block, Points):
        for line in block.lines:
            yield from wrap(_told(line), "- ", "  ")
        yield ""
    elif isinstance(block, Table):
        yield from wrap(" | ".join(block.head))
        for row in block.rows:
            yield from wrap(" | ".join(_told(cell) for cell in row), "- ", "  ")
        yield ""


def _heading(block: Heading) -> Iterator[str]:
    if block.level < 4:
        yield ""
    lines = tuple(wrap(_told(block.line)))
    yield from lines
    if rule := _RULES.get(block.level):
        yield rule * min(max(map(width, lines)), _COLUMNS)
    if block.level < 4:
        yield ""


def _told(line: Line) -> str:
    return "".join(text.text for text in line).strip()

"""A report as GitHub-flavoured Markdown. Text of the report is escaped: it makes no heading, link, picture or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from templates.blocks import Block, Heading, Line, Paragraph, Points, Table, Text
from templates.blocks_report import blocks
from templates.edition import Edition

_SPECIAL = re.compile(r"([\\`*_\[\]|~$#!{}])")
# What GitHub turns into a link or a mention by itself; an empty comment inside stops it and shows nothing.
_AUTOLINK = re.compile(r"(?<=[A-Za-z]):(?=//)|(?i:(?<=www)\.(?=\w))|(?<=\w)@(?=\w)|(?<!\w)@(?=\w)")
_LINE_START = re.compile(r"^(\s*)([-+=>]|\d+(?=[.)]))")
_MARKS = {"plain": "", "strong": "**", "quiet": "_"}


def markdown(issue: Edition) -> str:
    """Return the report as Markdown: one file, ends with a newline, its only links are the articles' own addresses."""
    return "\n\n".join(part for block in blocks(issue) for part in _set(block)) + "\n"


def escape(text: str) -> str:
    """Return `text` as one line of Markdown that shows exactly it."""
    line = _LINE_START.sub(
        lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", _inside(" ".join(text.split()))
    )
    return _AUTOLINK.sub(lambda m: f"<!-- -->{m[0]}", line)


def _inside(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _set(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        if block.anchor:
            yield f'<a id="{block.anchor}"></a>'
        yield f"{'#' * block.level} {_line(block.line)}"
    elif isinstance(block, Paragraph):
        yield ("> " if block.notice else "") + _line(block.line)
    elif isinstance(block, Points):
        yield "\n".join(f"- {_line(line)}" for line in block.lines)
    elif isinstance(block, Table):
        rows = (
            tuple(escape(name) for name in block.head),
            ("---",) * len(block.head),
            *(tuple(_line(cell) for cell in row) for row in block.rows),
        )
        yield "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _line(line: Line) -> str:
    return "".join(_run(text) for text in line).strip()


def _run(text: Text) -> str:
    if text.target.startswith("#"):
        return f"[{escape(text.text)}]({text.target})"
    if text.target:
        return f"<{text.target}>"
    before = text.text[: len(text.text) - len(text.text.lstrip())]
    after = text.text[len(text.text.rstrip()) :] if text.text.strip() else ""
    mark = _MARKS[text.style] if text.text.strip() else ""
    return f"{' ' if before else ''}{mark}{escape(text.text)}{mark}{' ' if after else ''}"

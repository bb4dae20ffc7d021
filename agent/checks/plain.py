"""Plain text that is set in lines, with its headings underlined: turned back into whole lines and marked headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.checks.read_words import INNER

_RULE = re.compile(r"(={3,}|-{3,})\s*")
_MARKED = re.compile(r"(?m)^#{1,6}\s+\S")
_SPACED = re.compile(r"[\x00-\u024f\u0370-\u052f\uac00-\ud7a3]")
_FEWEST_RULES = 3
_ITEM = "- "
_NOTICE = "| "


def is_set_in_lines(text: str) -> bool:
    """Tell whether a text underlines its headings and marks none."""
    rules = sum(_RULE.fullmatch(line) is not None for line in text.splitlines())
    return rules >= _FEWEST_RULES and _MARKED.search(text) is None


def whole_lines(text: str) -> str:
    """Return a text with each paragraph, list item and heading on one line; headings have Markdown's marks."""
    found: list[str] = []
    titled = False
    for block in _blocks(text):
        rule = _RULE.fullmatch(block[-1]) if len(block) > 1 else None
        if rule:
            level = 3 if rule[1].startswith("-") else 2 if titled else 1
            titled = True
            found += [f"{'#' * level} {_joined(block[:-1])}", ""]
            continue
        if block[0] in INNER:
            found += [f"#### {block.pop(0)}", ""]
        found += [*_paragraphs(block), ""]
    return "\n".join(found)


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines between empty ones."""
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield block
            block = []


def _paragraphs(block: list[str]) -> Iterator[str]:
    open_lines: list[str] = []
    is_list = block[0].startswith(_ITEM) if block else False
    for line in block:
        # In a paragraph a dash may be the first in its line by chance.
        if is_list and line.startswith(_ITEM) and open_lines:
            yield _joined(open_lines)
            open_lines = []
        open_lines.append(line.removeprefix(_NOTICE))
    if open_lines:
        yield _joined(open_lines)


def _joined(lines: list[str]) -> str:
    """Join lines as they were broken: at a space, or anywhere in Japanese and Chinese."""
    whole = lines[0]
    for line in (line.strip() for line in lines[1:]):
        spaced = _SPACED.match(whole[-1:]) or _SPACED.match(line)
        whole = f"{whole} {line}" if spaced else whole + line
    return whole

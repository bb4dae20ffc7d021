"""The articles of a printed report, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from agent.checks.model import ArticleText, Part
from agent.checks.read_lines import Line
from agent.checks.read_words import (
    ADDRESS,
    BARE_URL,
    CITED_IN,
    CLASS,
    DETAIL,
    FOREIGN,
    LABELLED,
    NUMBER,
    PARTS,
    SUMMARY,
    URL,
    dates_of,
)

_FIGURE = re.compile(r"^\*\*[^*]*\d[^*]*\*\*\s")
_KANA = re.compile(r"[ぁ-ん]")
_TITLES = re.compile(r"[：:]")


@dataclass
class _Draft:
    number: int
    title: str
    meta: list[str] = field(default_factory=list)
    url: str = ""
    summary: list[str] = field(default_factory=list)
    parts: list[tuple[str, int, list[str]]] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    within: str = "head"
    day: str = ""


class ArticleReader:
    """Collects articles: `begin` each, `add` its lines, `finished` returns them all."""

    def __init__(self, pages: bool = False, plain: bool = False) -> None:
        """`pages`: the text comes out of a PDF, where each fact about an article stands on a line of its own.

        `plain`: it has no marks, so that an item of a list may be one of the article's figures.
        """
        self._pages, self._plain = pages, plain
        self._drafts: list[_Draft] = []

    @property
    def holds_whole_article(self) -> bool:
        """Tell whether the article at hand has a summary already: another one belongs to the next."""
        return bool(self._drafts) and bool(self._drafts[-1].summary)

    @property
    def name(self) -> str:
        """The number of the article at hand as it is printed."""
        return f"#{self._drafts[-1].number:02d}" if self._drafts else ""

    def begin(self, number: int, title: str) -> None:
        """Start an article; 0 is one that has no heading: it takes the number after the last one's."""
        last = self._drafts[-1].number if self._drafts else 0
        self._drafts.append(_Draft(number or last + 1, title.strip()))

    def add(self, line: Line) -> None:
        """Put a line into the article at hand."""
        if not self._drafts:
            return
        draft = self._drafts[-1]
        if line.heading:
            self._heading(draft, line)
        elif draft.within == "head":
            self._head(draft, line)
        elif not self._address(draft, line.text) and not LABELLED.match(line.text):
            self._body(draft, line)

    def _heading(self, draft: _Draft, line: Line) -> None:
        bare = line.text.strip()
        if SUMMARY.fullmatch(bare):
            draft.within = "summary"
        elif DETAIL.fullmatch(bare):
            draft.within = "detail"
        elif draft.within == "head" and not draft.meta:
            draft.title = f"{draft.title} {bare}".strip()
        elif PARTS.match(bare) or (draft.within in ("detail", "part") and (_TITLES.search(bare) or len(bare) > 8)):
            draft.within = "part"
            draft.parts.append((bare, line.level, []))
        elif draft.within == "head" or len(bare) < 40:
            draft.strays.append(bare)

    def _head(self, draft: _Draft, line: Line) -> None:
        if dates_of(line.text) and not draft.meta:
            draft.meta = [cell.strip() for cell in re.split(r"\s*[|｜]\s*|\s+·\s+", line.text)]
        elif self._pages and draft.meta and not URL.search(line.text):
            draft.meta.append(line.text)
        elif not self._address(draft, line.text) and not draft.meta and len(line.text) < 80:
            draft.title = f"{draft.title} {line.text}".strip()

    def _address(self, draft: _Draft, text: str) -> bool:
        """Take the article's own address out of a line and tell whether the line was about it."""
        if CITED_IN.match(text):
            draft.mentions.append(0)
            return True
        label, found = ADDRESS.match(text), URL.search(text)
        alone = found is not None and len(text) - len(found[0]) < 4
        if label or alone or BARE_URL.match(text):
            if not draft.url:
                draft.url = found[0] if found else (label["label"] if label else text).strip("<> ")
            return True
        return False

    def _body(self, draft: _Draft, line: Line) -> None:
        draft.mentions += [int(n) for n in NUMBER.findall(line.text)]
        if draft.within == "summary":
            draft.summary.append(line.text)
            return
        if not draft.parts or draft.within == "detail":
            heading = line.text if PARTS.match(line.text) and len(line.text) < 60 else ""
            draft.parts.append((heading, 0, [] if heading else [line.text]))
            draft.within = "part"
            return
        if line.item and (self._plain or _FIGURE.match(line.text)):
            return
        # A list's items are statements of their own; their missing full stop is no defect of the paragraph before.
        draft.parts[-1][2].append(("- " if line.item else "") + line.text)

    def finished(self) -> tuple[ArticleText, ...]:
        """Return the articles in the order of the page."""
        return tuple(_article(draft, self._pages) for draft in self._drafts)


def _article(draft: _Draft, pages: bool) -> ArticleText:
    cells = draft.meta
    days = dates_of(cells[0]) if cells else []
    outlet = cells[1] if len(cells) > 1 else ""
    country = cells[2] if len(cells) > 2 else ""
    kinds = [cell for cell in cells[2:] if CLASS.fullmatch(cell)]
    if country in kinds:
        country = ""
    after = cells[cells.index(kinds[0]) + 1 :] if kinds else []
    foreign = FOREIGN.search(draft.title) is not None or (pages and not _KANA.search("".join(draft.summary)))
    return ArticleText(
        number=draft.number,
        title=FOREIGN.sub("", draft.title).strip(" _"),
        day=days[0] if days else None,
        outlet=outlet,
        country=country,
        outlet_class=kinds[0] if kinds else "",
        category=after[0] if after else "",
        url=draft.url,
        summary="\n".join(draft.summary),
        parts=tuple(Part(heading, level, "\n".join(body)) for heading, level, body in draft.parts),
        strays=tuple(draft.strays),
        foreign=foreign,
        mentions=tuple(n for n in draft.mentions if n != draft.number),
    )


def host_of(url: str) -> str:
    """Return the host of an address without `www.`, also of one whose scheme is cut off; empty when there is none."""
    host = urlsplit(url if "://" in url else f"//{url}").hostname or ""
    return host.removeprefix("www.")

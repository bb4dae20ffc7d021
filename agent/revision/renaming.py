"""Printing a name in another form, when it is known that both forms mean the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from agent.editor import EvidenceFinder
from agent.report import Report
from agent.revision.edits import Passage, RefusedEdit, RenameEntity, Sources

_PRINTED = frozenset({"text", "title", "summary", "background", "main", "impact", "label", "holder", "what"})
"""The fields of a report that hold the writer's words; evidence, outlets and addresses are never renamed."""
_SOURCES_OWN = frozenset({"other_sources", "contradictions"})
_PARTS = ("trends", "topics", "key_figures", "categories", "roadmap", "outlook", "articles", "continuity")
_SHOWN = 3
_AROUND = 80


def rename(report: Report, edit: RenameEntity, sources: Sources, finder: EvidenceFinder | None) -> Report:
    """Print `new` for `old` everywhere. Raises RefusedEdit unless the forms are known as one."""
    if not known_as_one(edit.old, edit.new, sources, report):
        raise RefusedEdit("not_same", _mentions(report, edit.old, sources), old=edit.old, new=edit.new)
    replace = _replacing(edit.old, edit.new)
    plain = report.model_dump(mode="json")
    for part in _PARTS:
        plain[part] = _renamed(plain[part], replace, printed=False)
    renamed = Report.model_validate(plain, strict=False)
    if renamed == report:
        raise RefusedEdit("not_printed", name=edit.old)
    return renamed


def known_as_one(old: str, new: str, sources: Sources, report: Report) -> bool:
    """Tell whether two forms are one name: alike but for case and marks, aliases, or one in brackets."""
    if _folded(old) == _folded(new):
        return True
    pairs = {(_folded(a), _folded(b)) for a, b in sources.aliases}
    if {(_folded(old), _folded(new)), (_folded(new), _folded(old))} & pairs:
        return True
    bracket = r"\s*[（(「『]\s*"
    forms = [rf"{re.escape(a)}[」』]?{bracket}{re.escape(b)}\s*[）)」』、,，]" for a, b in ((old, new), (new, old))]
    bracketed = re.compile("|".join(forms), re.IGNORECASE)
    printed = (f"{a.title} {a.summary} {a.detail.background} {a.detail.main}" for a in report.articles)
    texts = (*printed, *(f"{sources.articles[a.id].title}\n{sources.articles[a.id].text}" for a in report.articles))
    return any(bracketed.search(text) for text in texts)


def occurs(text: str, name: str) -> bool:
    """Tell whether a name stands in a text; a Latin one as whole words."""
    return _pattern(name).search(text) is not None


def _pattern(name: str) -> re.Pattern[str]:
    left = r"(?<![A-Za-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
    return re.compile(f"{left}{re.escape(name)}{right}")


def _replacing(old: str, new: str) -> Callable[[str], str]:
    pattern = _pattern(old)
    return lambda text: pattern.sub(lambda _: new, text)


def _renamed(node: Any, replace: Callable[[str], str], *, printed: bool) -> Any:
    if isinstance(node, str):
        return replace(node) if printed else node
    if isinstance(node, list):
        return [_renamed(item, replace, printed=printed) for item in node]
    if isinstance(node, dict):
        # A category's name is its id, and another source's title is that source's own.
        return {
            key: value if key in _SOURCES_OWN else _renamed(value, replace, printed=key in _PRINTED)
            for key, value in node.items()
        }
    return node


def _mentions(report: Report, name: str, sources: Sources) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for one in report.articles:
        text = sources.articles[one.id].text
        if (match := _pattern(name).search(text)) and len(found) < _SHOWN:
            found.append(Passage(number=one.number, text=text[max(0, match.start() - _AROUND) : match.end() + _AROUND]))
    return tuple(found)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())

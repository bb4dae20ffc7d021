"""The bytes that a revision changed outside its target, found without the reviser's own rules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from agent.report import Report
from agent.revision.edits import (
    Arrange,
    DropArticle,
    Edit,
    MoveArticle,
    RenameEntity,
    RestoreArticle,
    Rewrite,
    TakeSentence,
    WriteText,
)
from agent.revision.sections import bodies


def stray_bytes(before: Report, after: Report, edit: Edit) -> int:
    """Count the bytes that differ outside what an edit names, found without the reviser's own rules."""
    old, new = bodies(before), bodies(after)
    for parts in (old, new):
        # What a revision always adds to: its own entry and the checks' outcome.
        parts.pop("versions")
        parts.pop("checks")
    if isinstance(edit, Rewrite | Arrange | TakeSentence | WriteText):
        named = {edit.section, edit.section.removesuffix("/title")}
    elif isinstance(edit, RenameEntity):
        named = {name for name, body in old.items() if edit.old in body.decode()} - {"head", "gaps"}
    elif isinstance(edit, MoveArticle):
        own = next(a.category for a in before.articles if a.number == edit.number)
        named = {f"articles/{edit.number}", f"categories/{own}", f"categories/{edit.category}", "categories"}
    else:
        assert isinstance(edit, DropArticle | RestoreArticle)
        named = {n for parts in (old, new) for n, body in parts.items() if _cites(json.loads(body), edit.number)}
        named |= {n for n in old.keys() | new.keys() if n.startswith(f"articles/{edit.number}/")} | {"categories"}
        named |= {f"articles/{edit.number}"}
    if isinstance(edit, DropArticle | RestoreArticle):
        return _stray_topics(old, new, edit.number) + _stray(old, new, named)
    return sum(max(len(old.get(n, b"")), len(new.get(n, b""))) for n in old.keys() | new.keys()
               if n not in named and old.get(n) != new.get(n))  # fmt: skip


def _stray(old: Mapping[str, bytes], new: Mapping[str, bytes], named: set[str]) -> int:
    names = {n for n in old.keys() | new.keys() if not n.startswith("topics/") and n not in named}
    return sum(max(len(old.get(n, b"")), len(new.get(n, b""))) for n in names if old.get(n) != new.get(n))


def _stray_topics(old: Mapping[str, bytes], new: Mapping[str, bytes], number: int) -> int:
    """Count the bytes of topics that have nothing to do with an article and are not there any more, or are new.

    Their places may change. A topic has to do with the article when it cites it, or one that shares a sentence does.
    """
    before, after = list(_topics(old)), list(_topics(new))
    told = {text for topic in (*before, *after) if _cites(topic, number) for text in _texts(topic)}
    free = [[topic for topic in part if not told & _texts(topic)] for part in (before, after)]
    stray = [topic for one, other in (free, free[::-1]) for topic in one if topic not in other]
    return sum(len(json.dumps(topic, ensure_ascii=False).encode()) for topic in stray)


def _topics(parts: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    yield from (json.loads(body) for name, body in parts.items() if name.startswith("topics/"))


def _texts(topic: Mapping[str, Any]) -> set[str]:
    return {sentence["text"] for sentence in topic["sentences"]}


def _cites(node: object, number: int) -> bool:
    if isinstance(node, dict):
        return number in (node.get("articles") or ()) or any(_cites(value, number) for value in node.values())
    return isinstance(node, list) and any(_cites(item, number) for item in node)

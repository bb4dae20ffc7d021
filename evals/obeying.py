"""A model that obeys: whatever order stands in what it reads, it carries out in every field that it may write."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

_BLOCK = re.compile(r"<(d[0-9a-f]{10})>\n(.*)\n</\1>", re.DOTALL)
_ID = re.compile(r"^(a\d+) (.*)$", re.MULTILINE)
ORDER = re.compile(
    r"(?:[Ii]gnore|[Dd]isregard|無視|무시|忽略|from now on|must now|ここから先).{0,400}?(OWNED\d+)", re.DOTALL
)


class ObeyingModel:
    """Stands in for a chat model: answers each of the program's schemas truly, unless its input holds an order."""

    def __init__(self) -> None:
        self.obeyed = 0

    def with_structured_output(self, schema: dict[str, Any], **_: object) -> _Bound:
        """Return what answers in the form of `schema`."""
        return _Bound(self, frozenset(schema.get("properties", {})))

    def answer(self, wanted: frozenset[str], user: str) -> dict[str, Any]:
        """Return the answer to one question."""
        block = match[2] if (match := _BLOCK.search(user)) else ""
        order = ORDER.search(block)
        self.obeyed += order is not None
        if "background" in wanted:
            return _digest(block, order)
        ids = [m[1] for m in _ID.finditer(block)]
        if "items" in wanted:
            given = re.search(r"分類:\n(.*?)\n<d", user, re.DOTALL)
            names = [line.partition(": ")[0] for line in given[1].split("\n")] if given else ["技術"]
            return {"items": [{"id": i, "category": names[-1] if order else names[n % 2]} for n, i in enumerate(ids)]}
        return _synthesis(block, ids, order[1] if order else "")


class _Bound:
    def __init__(self, model: ObeyingModel, wanted: frozenset[str]) -> None:
        self._model, self._wanted = model, wanted

    async def ainvoke(self, messages: Sequence[Any]) -> dict[str, Any]:
        """Answer the last message."""
        from langchain_core.messages import AIMessage

        answer = self._model.answer(self._wanted, str(messages[-1].content))
        return {"raw": AIMessage(json.dumps(answer, ensure_ascii=False))}


def _digest(block: str, order: re.Match[str] | None) -> dict[str, Any]:
    title = block.partition("\n")[0]
    body = block.partition("\n\n")[2]
    sentences = [s.strip().rstrip(".") for s in body.split("\n") if s.strip() and not ORDER.search(s)] or ["本文"]
    quoted = [f"「{s}」" for s in sentences]
    answer: dict[str, Any] = {
        "title": f"「{title}」の要点",
        "summary": f"記事は{quoted[0]}と伝えている。",
        "background": "",
        "main": f"主な内容は{quoted[-1]}という点です。",
        "impact": "",
        "figures": [],
        "events": [],
        "entities": [],
    }
    if order is None:
        return answer
    canary, told = order[1], " ".join(order[0].split())
    link = f"[{canary}](https://owned.example/{canary}) <img src=x> #1 {{{{{canary}}}}}"
    return {
        **answer,
        "title": link,
        "summary": f"{answer['summary']}{canary}である。{told}。{link}。",
        "main": f"{answer['main']}{told}。{link}です。a2は{canary}です。",
        "figures": [{"value": canary, "bound": "=", "label": canary, "holder": canary, "evidence": told}],
        "events": [{"date": "2026-08", "what": canary, "evidence": told}],
        "entities": [f"{canary}=a1", f"{link}={title}"],
    }


def _synthesis(block: str, ids: Sequence[str], canary: str) -> dict[str, Any]:
    titles = dict(_ID.findall(block))
    names = re.findall(r"^## (.*)$", block, re.MULTILINE)

    def said(short: str) -> dict[str, Any]:
        text = f"{canary}が勝ちました。" if canary else f"{titles[short]}が伝えられました。"
        return {"text": text, "ids": [short], "kind": "reported"}

    return {
        "trends": [said(short) for short in ids],
        "topics": [{"title": canary or "話題", "statements": [said(short)]} for short in ids],
        "categories": [{"name": name, "statements": [said(short) for short in ids]} for name in names],
        "figures": [],
        "outlook": [said(short) for short in ids],
    }

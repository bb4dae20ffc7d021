"""A model that is no model, for revisions: it answers from the passages in its prompt, so that all is borne out."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import Question

_BLOCK = re.compile(r"<(d[0-9a-f]{10})>\n(.*)\n</\1>", re.DOTALL)
_PASSAGE = re.compile(r"^(a\d+) (.+)$")
_LINE = re.compile(r"^\((a\d+(?: a\d+)*)\) (.+)$")
_ASKING = re.compile(r"[?？]\s*$")
_SENTENCE = re.compile(r"[^。！？.!?\n]+(?:[.](?=\S)[^。！？.!?\n]*)*[。！？.!?]")
_NOTHING = {"section": "", "instruction": "", "article": "", "category": "", "old": "", "new": "", "url": ""}


class RevisionAnswer:
    """Understands a message as a question or a wish for a section, and writes what the passages say.

    A message or instruction with the word `invent` gets a figure that stands nowhere. What is no revision is answered
    by `AutoAnswer`.
    """

    def __init__(self, language: str = "en", seed: int = 1, sentences: int = 3) -> None:
        self._language = language
        self._draw = random.Random(seed)
        self._sentences = sentences
        self._auto = AutoAnswer()

    def __call__(self, question: Question) -> dict[str, Any]:
        """Return an answer that fits the question's schema."""
        wanted = question.schema.get("properties", {})
        match = _BLOCK.search(question.user)
        block = match[2] if match else ""
        if "action" in wanted:
            return {**_NOTHING, "action": "answer" if _ASKING.search(block) else "rewrite", "instruction": block}
        if "supported" in wanted:
            return self._written(question, block)
        return self._auto(question)

    def _written(self, question: Question, block: str) -> dict[str, Any]:
        section, _, passages = block.partition("[passages]")
        own = [(m[2], m[1].split()) for line in section.split("\n") if (m := _LINE.match(line))]
        rows = self._quoted(passages.split("\n"))
        kept = self._draw.sample(own, min(len(own), 1)) if own else []
        chosen = [*kept, *rows[: self._sentences - len(kept)]]
        if "invent" in question.system:
            chosen = [("It will cost $987 trillion." if self._language == "en" else "費用は987兆ドルになる。", ["a1"])]
        rows_out = [{"text": text, "ids": ids, "kind": "reported"} for text, ids in chosen]
        return {"supported": bool(rows_out), "sentences": rows_out}

    def _quoted(self, lines: Sequence[str]) -> list[tuple[str, list[str]]]:
        found: list[tuple[str, list[str]]] = []
        for line in lines:
            if match := _PASSAGE.match(line):
                found += [(self._framed(s[0].strip()), [match[1]]) for s in _SENTENCE.finditer(match[2])]
        fitting = [(text, ids) for text, ids in found if 20 < len(text) < 220]
        self._draw.shuffle(fitting)
        return list({text: (text, ids) for text, ids in fitting}.values())

    def _framed(self, sentence: str) -> str:
        if self._language == "en":
            return sentence
        inner = sentence.rstrip("。.!?！？").replace("「", "『").replace("」", "』").replace('"', "")
        return f"記事は「{inner}」と伝えている。"

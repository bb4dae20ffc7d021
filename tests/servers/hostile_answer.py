"""A model that invents: every answer fits its schema, is fluent Japanese, and is untrue in every field.

`INVENTIONS` are the tokens that no source has; a report that holds one of them has printed an invention.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import Any

from tests.servers.auto_answer import AutoAnswer, categories_in
from tests.servers.gemini import Question

_BLOCK = re.compile(r"<(d[0-9a-f]{10})>\n(.*)\n</\1>", re.DOTALL)
INVENTIONS = {
    "latin": ("Zorblax", "QuantivexAI", "Halberd-9X", "velmora"),
    "katakana": ("ゾルタクス", "ブリンドコープ", "カスミノ・データ", "ヴェルトラ"),
    "organisation": ("架空電機", "虚構大学", "北極堂製作所", "東雲総合研究所", "幻影銀行"),
    "person": ("山田太郎", "蓮見悠馬", "綾小路"),
    "figure": ("7,777億", "888.8%", "99万9,999", "4321兆"),
    "date": ("2031年", "13月", "11月23日", "2042-02-03"),
    "number": ("#87", "第987条", "記事91", "[a77]"),
    "address": ("evil.example", "javascript:", "https://phish"),
    "markup": ("<script", "<img", "](http", "{{", "**"),
}
TOKENS = tuple(token for tokens in INVENTIONS.values() for token in tokens)
_SENTENCES = (
    "架空電機は2031年11月23日に7,777億ドルを投じて新工場を開く",
    "ゾルタクスの山田太郎社長は売上高が888.8%増えたと述べた",
    "QuantivexAIと虚構大学は第987条に基づく指針をまとめた",
    "ブリンドコープの利用者は99万9,999人を超えた",
    "詳しくは記事91と#87、https://phish.evil.example/login を見よ",
    "北極堂製作所の蓮見悠馬氏は<script>alert(1)</script>と語った",
    "カスミノ・データは[資料](http://evil.example)を{{公開}}した",
    "ヴェルトラとZorblaxは4321兆円の**統合**を決めた",
    "幻影銀行の綾小路頭取は[a77]で東雲総合研究所を批判した",
    "Halberd-9Xはvelmoraの基盤で動く",
)


class HostileAnswer:
    """Answers any question of the program with inventions."""

    def __init__(self) -> None:
        self._turn = itertools.count()

    def _next(self) -> str:
        return _SENTENCES[next(self._turn) % len(_SENTENCES)]

    def __call__(self, question: Question) -> dict[str, Any]:
        """Return an answer for any of the program's schemas."""
        wanted = question.schema.get("properties", {})
        match = _BLOCK.search(question.user)
        block = match[2] if match else ""
        if "background" in wanted:
            digest = self._digest(block, facts="figures" in wanted)
            return {**digest, **({"category": self._category(question)} if "category" in wanted else {})}
        if "category" in wanted:
            return {"category": self._category(question)}
        if "trends" in wanted:
            return self._synthesis(block)
        return {name: self._sentence() for name in wanted}

    def _names(self) -> list[str]:
        return [name for kind in ("latin", "katakana", "organisation", "person") for name in INVENTIONS[kind]]

    def _sentence(self) -> str:
        return f"{self._next()}。"

    def _prose(self) -> dict[str, str]:
        return {
            "title": f"{self._next()}",
            "summary": f"{self._next()}。{self._next()}のである。",
            "background": f"{self._next()}と説明しています。",
            "main": f"{self._next()}と発表しました。{self._next()}ことも分かりました。",
            "impact": f"{self._next()}見通しです。",
        }

    def _digest(self, block: str, *, facts: bool) -> dict[str, Any]:
        body = block.partition("\n\n")[2] or block
        sentences = [s for s in re.split(r"(?<=[。.!?])\s*", body) if len(s) > 8][:200]
        numbered = [s for s in sentences if re.search(r"\d", s)] or sentences
        prose = self._prose()
        if not facts:
            return prose
        values = [re.search(r"\d[\d,.]*\d|\d", s) for s in numbered]
        names = re.findall(r"\b[A-Z][A-Za-z]{3,}\b|[가-힣]{3,}|[一-鿿]{2,}", body)
        invented = self._names()
        figures = [
            {
                "value": value[0] if value else "7,777",
                "bound": ">=",
                "label": f"{self._next()}額",
                "holder": invented[n % len(invented)],
                "evidence": sentence,
            }
            for n, (sentence, value) in enumerate(zip(numbered, values, strict=True))
        ]
        dates = itertools.cycle(("2026", "2026-08", "2027", "2031-11-23"))
        paired = zip(invented, itertools.cycle(names or ["AI"]), strict=False)
        return {
            **prose,
            "figures": [*figures[:7], {**figures[0], "value": "7,777億ドル", "evidence": "7,777億ドルを投じた。"}],
            "events": [
                {"date": date, "what": self._next(), "evidence": sentence}
                for date, sentence in zip(dates, sentences, strict=False)
            ][:40],
            # Each invention is said to be a name that the article really has.
            "entities": [f"{fake}={true}" for fake, true in paired],
        }

    def _category(self, question: Question) -> str:
        names = [*categories_in(question), "架空電機の動向"]
        return names[next(self._turn) % len(names)]

    def _synthesis(self, block: str) -> dict[str, Any]:
        ids = re.findall(r"^(a\d+) ", block, re.MULTILINE) or ["a1"]
        names = re.findall(r"^## (.*)$", block, re.MULTILINE)
        figures = re.findall(r"^(f\d+) ", block, re.MULTILINE)
        spread = itertools.cycle(ids)

        def said(kind: str = "reported") -> dict[str, Any]:
            cited = [next(spread), next(spread), "a77"][: 2 + next(self._turn) % 2]
            return {"text": self._sentence(), "ids": cited, "kind": kind}

        return {
            "trends": [said() for _ in range(6)],
            "topics": [{"title": self._next(), "statements": [said()]} for _ in range(5)],
            "categories": [{"name": name, "statements": [said(), said()]} for name in [*names, "幻影銀行"]],
            "figures": [*figures[:6], "f987"],
            "outlook": [said(), said("inference")],
        }


class HalfTrueAnswer:
    """Answers truly, with an invention planted in every field that can bear one beside the truth."""

    def __init__(self) -> None:
        self._true, self._false = AutoAnswer(), HostileAnswer()

    def __call__(self, question: Question) -> dict[str, Any]:
        """Return an answer for any of the program's schemas."""
        true, false = self._true(question), self._false(question)
        if "trends" in true:
            topics = [
                {**topic, "title": other["title"]}
                for topic, other in zip(true["topics"], false["topics"], strict=False)
            ]
            return {
                **true,
                "trends": [*true["trends"], *false["trends"]],
                "topics": [*topics, *false["topics"]],
                "outlook": [*false["outlook"], *true["outlook"]],
                "figures": [*true["figures"], "f987"],
            }
        if "background" not in true:
            return false
        mixed: dict[str, Any] = {
            **({"category": true["category"]} if "category" in true else {}),
            "title": false["title"],
            **{part: f"{true[part]}{false[part]}" for part in ("summary", "background", "main", "impact")},
        }
        if "figures" in true:
            pairs = zip(true["figures"], itertools.cycle(false["figures"]), strict=False)
            mixed |= {
                "figures": [
                    {**figure, **{name: other[name] for name in ("label", "holder")[n % 2 :]}, "bound": ">="}
                    for n, (figure, other) in enumerate(pairs)
                ],
                "events": [
                    *({**event, "what": false["title"]} for event in true["events"][:1]),
                    *true["events"][1:],
                    *false["events"],
                ],
                "entities": [*true["entities"], *false["entities"]],
            }
        return mixed


def found_in(text: str, *, markup: bool = True) -> list[str]:
    """Return the inventions that a text holds, whatever the width of its characters; markup only if asked for."""
    plain = unicodedata.normalize("NFKC", text)
    own = () if markup else INVENTIONS["markup"]
    return [token for token in TOKENS if token not in own and unicodedata.normalize("NFKC", token) in plain]

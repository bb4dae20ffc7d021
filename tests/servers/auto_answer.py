"""A model that is no model: it answers any of the program's questions from the articles in the prompt.

Its Japanese frames verbatim stretches of the text, so that everything that it says is borne out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.servers.gemini import Question

_BLOCK = re.compile(r"<(d[0-9a-f]{10})>\n(.*)\n</\1>", re.DOTALL)
_PACKED = re.compile(r"^(a\d+):\n<(d[0-9a-f]{10})>\n(.*?)\n</\2>$", re.DOTALL | re.MULTILINE)
_SENTENCE = re.compile(r"[^。！？.!?\n]+(?:[.](?=\S)[^。！？.!?\n]*)*[。！？.!?]")
_VALUE = re.compile(
    r"(?:US\$|NT\$|[$€£¥₩])?\d[\d,.]*\d?\s?(?:%|％|percent|Prozent|pour cent|퍼센트|"
    r"(?:billion|million|trillion)(?: dollars| won| yen)?|Milliarden Euro|milliards d'euros|"
    r"[兆億万]+[\d,兆億万]*(?:台湾ドル|米ドル|ドル|円|ウォン|元)|[조억만] ?(?:달러|원|엔)|億美元|億元|"
    r"カ国|社|人|件|nm|kWh|GB| countries| companies)"
)
_NAMES = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split("|"), 1)}
_DATES = (
    re.compile(rf"(?P<name>{_NAMES}) (?P<year>20\d\d)"),
    re.compile(r"(?P<year>20\d\d)年(?P<month>\d{1,2})月"),
    re.compile(r"(?P<year>20\d\d)년 ?(?P<month>\d{1,2})월"),
)
_NAME = re.compile(r"\b[A-Z][A-Za-z]{3,}\b")
_QUOTES = re.compile("[\"“”„«»‘‚〈〉《》]|(?<!\\w)['’]|['’](?!\\w)")
_LINE = re.compile(r"^(a\d+) (.*)$")
_WORD = re.compile(r"[A-Za-z]{4,}|[ァ-ヴー]{3,}|[\u4e00-\u9fff]{2,}|[가-힣]{2,}")
_FRAME = {"記事", "背景", "説明", "内容", "影響", "要点", "本文", "伝"}


class AutoAnswer:
    """Answers a question by the form of its schema. Japanese whatever the report's language is."""

    def __call__(self, question: Question) -> dict[str, Any]:
        """Return an answer that fits the question's schema. Raises ValueError for a schema that it does not know."""
        wanted = question.schema.get("properties", {})
        match = _BLOCK.search(question.user)
        block = match[2] if match else ""
        if "digests" in wanted:
            return {
                "digests": [
                    {"id": short, **_digest(text), "category": _category(question, text)}
                    for short, text in _packed(question.user)
                ]
            }
        if "figures" in wanted and "background" in wanted:
            return {**_digest(block), **({"category": _category(question, block)} if "category" in wanted else {})}
        if "background" in wanted:
            return _prose("まとめ", _sentences(block))
        if "category" in wanted:
            return {"category": _category(question, block)}
        if "trends" in wanted:
            return _synthesis(block)
        if set(wanted) == {"text"}:
            return {"text": "" if question.user.endswith("mending this.") else _in_common(block)}
        raise ValueError(f"no answer for a schema with {sorted(wanted)}")


def _packed(user: str) -> list[tuple[str, str]]:
    """Return id and text of every article of a pack."""
    return [(match[1], match[3]) for match in _PACKED.finditer(user)]


def _sentences(text: str) -> list[str]:
    return [match[0].strip() for match in _SENTENCE.finditer(text) if len(match[0].strip()) > 8]


def _quote(sentence: str) -> str:
    """Return a sentence as a quotation without quotations in it: what stands in one may be of any script."""
    inner = _QUOTES.sub("", sentence.rstrip("。.!?！？").replace("「", "『").replace("」", "』"))
    return f"「{inner}」"


def _prose(title: str, sentences: list[str]) -> dict[str, Any]:
    safe = [s for s in sentences if not re.search(r"[\d〇一二三四五六七八九十百千]", s) and len(s) < 400]
    chosen = list(dict.fromkeys(safe or ["本文の通り"]))
    first, last = chosen[0], chosen[-1]
    middle = chosen[len(chosen) // 2]
    return {
        "title": title,
        "summary": f"記事は{_quote(first)}と伝えている。",
        "background": f"背景として記事は{_quote(chosen[min(1, len(chosen) - 1)])}と説明しています。",
        "main": f"主な内容は{_quote(middle)}という点です。",
        "impact": f"影響について記事は{_quote(last)}とも述べています。",
    }


def _digest(block: str) -> dict[str, Any]:
    head, _, body = block.partition("\n\n")
    title = head.partition("\n")[0]
    sentences = _sentences(body)
    figures = [
        {"value": value, "bound": "=", "label": "記事が挙げる数値", "holder": "", "evidence": sentence}
        for sentence in sentences
        for value in dict.fromkeys(_VALUE.findall(sentence))
    ]
    names = dict.fromkeys(_NAME.findall(body))
    return {
        **_prose(f"{_quote(title)}の要点", sentences),
        "figures": figures[:4],
        "events": list(_events(sentences))[:2],
        "entities": [f"{name}={name}" for name in list(names)[:3]],
    }


def _events(sentences: list[str]) -> Iterator[dict[str, str]]:
    for sentence in sentences:
        for pattern in _DATES:
            if match := pattern.search(sentence):
                found = match.groupdict()
                month = _MONTHS.get(found.get("name", ""), 0) or int(found.get("month", 0))
                yield {"date": f"{found['year']}-{month:02d}", "what": "記事が挙げる予定", "evidence": sentence}
                break


def categories_in(question: Question) -> list[str]:
    """Return the names of the categories that a question offers."""
    given = re.search(r"(?:分類|Categories):\n(.*?)\n<d", question.user, re.DOTALL)
    given = given or re.search(r"^category: [^\n]*\n(.*)", question.system, re.DOTALL | re.MULTILINE)
    return [line.partition(": ")[0] for line in given[1].split("\n")] if given else []


def _category(question: Question, block: str) -> str:
    names = categories_in(question) or [""]
    return names[sum(map(ord, block.partition("\n")[0])) % len(names)]


def _in_common(block: str) -> str:
    """Name the words that two of the digests hold."""
    found = [set(_WORD.findall(part)) - _FRAME for part in block.split("\n\n")]
    shared = sorted(word for word in set().union(*found) if sum(word in words for words in found) > 1)
    return f"今週は{'と'.join(shared[:3])}をめぐる動きが伝えられた。" if shared else ""


def _synthesis(block: str) -> dict[str, Any]:
    titles: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    figures: list[str] = []
    name = ""
    for line in block.split("\n"):
        if line.startswith("## "):
            name = line.removeprefix("## ")
        elif match := _LINE.match(line):
            titles[match[1]] = match[2]
            groups.setdefault(name, []).append(match[1])
        elif match := re.match(r"f\d+ ", line):
            figures.append(match[0].strip())
    ids = list(titles)

    def sentence(group: list[str], end: str, kind: str = "reported") -> dict[str, Any]:
        title = titles[group[0]]
        told = "この話題" if re.search(r"\d", title) else title
        return {"text": f"{told}{end}", "ids": group, "kind": kind}

    halves = {group: [m for m in (members[::2], members[1::2]) if m] for group, members in groups.items()}
    return {
        "trends": [sentence([a, b], "が今週の動きとして伝えられました。") for a, b in pairwise([*ids[:5], *ids[:1]])],
        "topics": [
            {"title": f"話題{'壱弐参肆伍'[n]}", "statements": [sentence([short], "が注目を集めました。")]}
            for n, short in enumerate(ids[:5])
        ],
        "categories": [
            {"name": group, "statements": [sentence(half, "などの記事がありました。") for half in members]}
            for group, members in halves.items()
        ],
        "figures": figures[:6],
        "outlook": [
            sentence(ids[:1], "の続報が見込まれます。"),
            sentence(ids[1:2] or ids[:1], "の動きは続くとみられます。", "inference"),
        ],
    }

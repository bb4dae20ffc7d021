"""Where a text has proper names: Japanese by its dictionary, other scripts by their capitals.

The dictionary is Sudachi's small one. What it does not know in Katakana is a name; its own proper nouns are; and so is
a compound that ends as organisations do.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from agent.names.known import listed

_HEADLINE = 0.85
_LEGAL = ("株式会社", "合同会社", "有限会社")
_HONORIFIC = frozenset({"氏", "さん"})
_NAME_CHARS = re.compile(r"^[\u30a1-\u30ff\u3400-\u9fff々\u3041-\u309f]+$")
_KATAKANA = re.compile(r"^[\u30a1-\u30fa\u30fc]{2,}$")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_QUALIFIED = re.compile(r"[\u30a1-\u30ff\u3400-\u9fff々]")
_CAPITAL = re.compile(r"(?<![\w.’'-])[A-ZÀ-Ý][\w’'-]*[A-Za-zÀ-ÿ]")
_ACTS = re.compile(
    r"(?:['’]s)? (?:said|says|announced|unveiled|launched|opened|opens|plans|acquired|bought|raised|hired|signed|"
    r"agreed|invested|released|told|introduced|will|has|is|was|and [A-Z])\b"
)
_COMMON_OPENING = re.compile(r".+(?:s|ly|ing|ed|tion|ment|ness|ity|ance|ence|ware|ism|ship)|[A-Z].{0,2}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n“”„‚‘«»›‹\"(\[•–—-])\s*$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text, `text[start:end]`. `reading` is its sound in Katakana where the dictionary knows it."""

    text: str
    start: int
    end: int
    reading: str = ""
    compound: bool = False
    """Made of common words alone, as 経済産業省: only the whole can be looked up."""
    parts: tuple[str, ...] = ()
    """The words of a row of Katakana that the dictionary has only apart, as サイバーノート."""
    spoken: str = ""
    """The sound of a foreign name that Chinese characters spell, in Latin letters."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, `text[start:start + len(text)]`; `kind` is the part of speech in up to three steps."""

    text: str
    start: int
    kind: tuple[str, ...]
    unknown: bool
    reading: str

    @property
    def nominal(self) -> bool:
        """Tell whether a compound noun may hold the word."""
        return self.kind[0] in ("名詞", "接頭辞", "記号") or self.kind[:2] == ("接尾辞", "名詞的") or self.text == "・"

    @property
    def proper(self) -> bool:
        """Tell whether the word by itself is a name."""
        if not _NAME_CHARS.match(self.text):
            return False
        if self.kind[1] == "固有名詞":
            return len(self.text) > 1 or self.kind[2] == "人名"
        if not self.unknown or self.kind[0] != "名詞" or self.text in listed("common"):
            return False
        return len(self.text) > 1 and not _is_derived(self.text)


_END = Word("", 0, ("", "", ""), unknown=False, reading="")
_local = threading.local()


@cache
def _is_derived(text: str) -> bool:
    """Tell whether a word that the dictionary lacks is one that it has behind a common prefix, as サブエージェント."""
    prefix = next((p for p in listed("prefixes") if text.startswith(p) and len(text) - len(p) > 2), "")
    if not prefix or not _KATAKANA.match(text):
        return False
    return not any(word.unknown for word in analyse(text.removeprefix(prefix)))


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="small")


def analyse(text: str) -> list[Word]:
    """Return the words of a Japanese text in order, the longest that Sudachi's small dictionary has."""
    from sudachipy import SplitMode

    # The dictionary is shared; a tokenizer belongs to one thread.
    tokenizer = getattr(_local, "tokenizer", None)
    if tokenizer is None:
        tokenizer = _local.tokenizer = _dictionary().tokenizer(SplitMode.C)
    return [
        Word(m.surface(), m.begin(), tuple(m.part_of_speech()[:3]), m.is_oov(), m.reading_form())
        for line_start, line in _lines(text)
        for m in _Shifted.all(tokenizer.tokenize(_SURROGATE.sub("\ufffd", line)), line_start)
    ]


class _Shifted:
    """A morpheme whose offset counts from the whole text."""

    def __init__(self, morpheme: Any, by: int) -> None:
        self._morpheme, self._by = morpheme, by

    @classmethod
    def all(cls, morphemes: Any, by: int) -> Iterator[_Shifted]:
        return (cls(morpheme, by) for morpheme in morphemes)

    def begin(self) -> int:
        return int(self._morpheme.begin()) + self._by

    def __getattr__(self, name: str) -> Any:
        return getattr(self._morpheme, name)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # The tokenizer refuses more than 49,149 bytes at once.
    position = 0
    for line in text.split("\n"):
        for start in range(0, len(line), 8000):
            yield position + start, line[start : start + 8000]
        position += len(line) + 1


def japanese_names(text: str) -> list[Name]:
    """Return the names of a Japanese text that are not in Latin letters, in order."""
    names: list[Name] = []
    words = analyse(text)
    rows = [_name(row, parts=True) for row in _katakana_rows(words)]
    for run in _runs(words):
        found = list(_proper(run))
        names += found or _compound(run)
    apart = [name for name in names if not any(row.start <= name.start and name.end <= row.end for row in rows)]
    return sorted([*apart, *rows], key=lambda name: name.start)


def _katakana_rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the Katakana words that stand side by side, as two or more words of the dictionary."""
    row: list[Word] = []
    for word in [*words, _END]:
        spelt = _KATAKANA.match(word.text) is not None
        if spelt and row and row[-1].start + len(row[-1].text) == word.start:
            row.append(word)
            continue
        if len(row) > 1:
            yield row
        row = [word] if spelt else []


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        if word.nominal and (not run or run[-1].start + len(run[-1].text) == word.start):
            run.append(word)
        else:
            if run:
                yield run
            run = [word] if word.nominal else []
    if run:
        yield run


def _proper(run: Sequence[Word]) -> Iterator[Name]:
    """Yield the proper nouns of a run; neighbours make one name, and what stands before 氏 is one."""
    group: list[Word] = []
    for index, word in enumerate(run):
        following = run[index + 1].text if index + 1 < len(run) else ""
        titled = following in _HONORIFIC and _NAME_CHARS.match(word.text) is not None
        # 悠馬 comes as a known 悠 and a suffix 馬: a single character behind a person's name belongs to it.
        tail = bool(group) and group[-1].kind[2] == "人名" and len(word.text) == 1 and word.text not in _HONORIFIC
        if word.proper or titled or (tail and word.kind[0] == "接尾辞" and following in _HONORIFIC):
            # 中国アリババ is a place and a company, 北海道千歳 two places, 山田太郎 one person.
            if group and "地名" in (group[-1].kind[2], word.kind[2]):
                yield _name(group)
                group = []
            group.append(word)
            continue
        if group:
            yield _name(group)
        group = []
    if group:
        yield _name(group)


def _compound(run: Sequence[Word]) -> list[Name]:
    """Return the organisation that a run of common words names by its ending, unless all before it is plain."""
    body = [word for word in run if not _LATIN.search(word.text)]
    if not body or body != list(run)[-len(body) :]:
        return []
    whole = "".join(word.text for word in body)
    head = next((h for h in _heads() if whole.endswith(h) and whole != h), "")
    legal = next((mark for mark in _LEGAL if whole.startswith(mark) and whole != mark), "")
    if not head and not legal:
        return []
    rest = whole[: len(whole) - len(head)] if head else whole[len(legal) :]
    if whole.endswith("会社") and not legal and head not in _LEGAL:
        return []
    if len(rest) < 2 or _plain().fullmatch(rest) or not _QUALIFIED.search(rest):
        return []
    start = body[0].start
    return [Name(whole, start, start + len(whole), compound=True)]


@cache
def _heads() -> list[str]:
    return sorted(listed("heads"), key=len, reverse=True)


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, listed('plain')))})*")


def _name(group: Sequence[Word], *, parts: bool = False) -> Name:
    start, end = group[0].start, group[-1].start + len(group[-1].text)
    words = tuple(w.text for w in group) if parts else ()
    return Name("".join(w.text for w in group), start, end, "".join(w.reading for w in group), parts=words)


def capitalised_names(text: str, *, headlines: bool = True) -> list[Name]:
    """Return the words with a capital that do not begin a sentence.

    With `headlines`, none of a headline in which every word has one. A word that begins a sentence counts where what
    follows says that it is a name.
    """
    found = [(m.start(), m.end()) for m in _CAPITAL.finditer(text)]
    long_words = re.findall(r"[A-Za-zÀ-ÿ]{4,}", text)
    if headlines and long_words and sum(word[0].isupper() for word in long_words) > _HEADLINE * len(long_words):
        return []
    return [Name(text[a:b], a, b) for a, b in found if not _SENTENCE_START.search(text[:a]) or _acts(text, a, b)]


def _acts(text: str, start: int, end: int) -> bool:
    """Tell whether the first word of an English sentence does what those with a name do, and is no common word."""
    word = text[start:end]
    return bool(_ACTS.match(text, end)) and not _COMMON_OPENING.fullmatch(word) and word not in listed("openings")

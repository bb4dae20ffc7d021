"""Cutting a text into sentences, with offsets, in the scripts that the sources are written in."""

from __future__ import annotations

import re

from agent.language.scripts import is_cjk
from agent.model import Span

_OPEN = "「『（(《〈【〔“«"
_CLOSE = "」』）)》〉】〕”»"
_PARTNER = dict(zip(_CLOSE, _OPEN, strict=True))
_TRAIL = "」』）)》〉】〕”»\"'’]"
_FULL_STOPS = "。！？!?｡"
_LIST_MARK = re.compile(r"(?:[-*•・●○■◆▶※]\s*|#{1,6}\s+|>\s+|\d{1,2}[.)]\s+(?=\D))+")
_ENDED = re.compile(rf"[。！？!?｡.…‥][{re.escape(_TRAIL)}]*$")
_SHORT = (
    "mr mrs ms dr prof st sr jr gen sen rep gov lt col sgt inc corp co ltd llc plc vs etc no nos vol fig al approx "
    "dept est jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m e.g i.e cf "
    "u.s u.k e.u u.n "
    "bzw ca ggf inkl evtl usw vgl nr mio mrd tsd bio str abs abb bsp max min sog dt hrsg jh z.b d.h u.a o.ä u.u z.t "
    "m mm mme mlle mlles env ex p.ex c.-à-d art bd réf sra srta dra ud uds pág núm ee.uu aprox av dto p.ej s.a s.l"
)
_TITLES = "mr mrs ms dr prof st gen sen rep gov lt col sgt no vs e.g i.e approx fig cf"
_OPENERS = (
    "The In It A An He She They We I But And This That These Those At On For By As Its His Her Their If When While "
    "After Der Die Das Ein Eine Es Er Sie Wir Doch Aber Und Im Bei Mit Le La Les Il Elle Un Une "
    "Mais Dans El Los Las En Pero"
)
_ABBREVIATIONS = frozenset(_SHORT.split())
_ENGLISH_NO_BREAK = frozenset(_TITLES.split())
_STARTERS = frozenset(_OPENERS.split())
_LATIN_STOP = re.compile(rf"[.!?…]+[{re.escape(_TRAIL)}]*(?=\s)")
_GERMAN_ORDINAL = re.compile(
    r"\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Quartal|Jahrhundert"
    r"|Generation|Platz|Mal)\b"
)


def split(text: str, language: str) -> list[Span]:
    """Return the sentences of a text in order, `text[start:end]` each, without surrounding white space.

    A newline always ends a sentence; list marks and heading marks are left outside the span. What stands inside
    brackets and quotes is not cut in Chinese and Japanese. A line without a full stop (a heading, a caption, a
    table row) comes out as one span that `is_sentence` refuses.
    """
    spans: list[Span] = []
    position = 0
    for line in text.split("\n"):
        mark = _LIST_MARK.match(line)
        begin = mark.end() if mark else 0
        cuts = _cjk_cuts(line, begin) if is_cjk(language) else _latin_cuts(line, begin)
        for start, end in zip([begin, *cuts], [*cuts, len(line)], strict=True):
            body = line[start:end]
            if stripped := body.strip():
                first = position + start + body.index(stripped)
                spans.append(Span(text=stripped, start=first, end=first + len(stripped)))
        position += len(line) + 1
    return spans


def is_sentence(span: Span) -> bool:
    """Tell whether a span ends as a sentence does, and is no table row."""
    return _ENDED.search(span.text) is not None and not span.text.startswith("|") and len(span.text) > 1


def _cjk_cuts(line: str, begin: int) -> list[int]:
    cuts = _cjk_scan(line, begin, nested=True)
    return cuts if cuts is not None else _cjk_scan(line, begin, nested=False) or []


def _cjk_scan(line: str, begin: int, nested: bool) -> list[int] | None:
    """Return the cuts, or None when brackets do not match and `nested` was asked for."""
    cuts: list[int] = []
    opened: list[str] = []
    position = begin
    while position < len(line):
        char = line[position]
        if nested and char in _OPEN:
            opened.append(char)
        elif nested and char in _CLOSE:
            if not opened or opened.pop() != _PARTNER[char]:
                return None
        elif not opened and (end := _cjk_stop(line, position)):
            cuts.append(end)
            position = end
            continue
        position += 1
    return None if opened else [cut for cut in cuts if cut < len(line)]


def _cjk_stop(line: str, position: int) -> int:
    """Return the end of the full stop at `position`, closers included, or 0."""
    char = line[position]
    if char in _FULL_STOPS:
        end = position + 1
        while end < len(line) and line[end] in _FULL_STOPS + _TRAIL.replace("（", ""):
            end += 1
        return end
    if char == "." and (match := _LATIN_STOP.match(line, position)):
        return 0 if _abbreviated(line, position, match.end()) else match.end()
    return 0


def _latin_cuts(line: str, begin: int) -> list[int]:
    cuts = []
    for match in _LATIN_STOP.finditer(line, begin):
        following = line[match.end() :].lstrip()
        if not following or following[0].islower():
            continue
        if line[match.start()] == "." and _abbreviated(line, match.start(), match.end()):
            continue
        cuts.append(match.end())
    return cuts


def _abbreviated(line: str, stop: int, end: int) -> bool:
    """Judge whether the full stop at `stop` belongs to an abbreviation, an initial or a German ordinal."""
    if end - stop > 1:
        return False
    word = re.search(r"[\w.&'’-]*$", line[max(0, stop - 20) : stop])
    token = word.group().lower() if word else ""
    following = re.match(r"\s+(\S+)", line[end:])
    next_word = following.group(1).strip("“\"'(«") if following else ""
    if token.isdigit():
        return len(token) <= 2 and _GERMAN_ORDINAL.match(line, end) is not None
    initial = len(token) == 1 and token.isalpha() and not is_cjk_letter(token)
    if token in _ENGLISH_NO_BREAK:
        return True
    if token in _ABBREVIATIONS or initial or re.fullmatch(r"(?:[^\W\d]\.)+[^\W\d]", token):
        return next_word not in _STARTERS
    return False


def is_cjk_letter(char: str) -> bool:
    """Tell whether a character is a Han, Kana or Hangul letter."""
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3"

"""Damages bytes, text and JSON the way servers, models and hands do; the same seed, the same damage."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

CHARSETS = (
    "utf-8",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "euc-kr",
    "gb18030",
    "big5",
    "utf-16",
    "windows-1252",
    "x-none",
)
ODD = (
    "", " ", "\0", "\ud800", "\udfff", "\U000e0041", "\u200b", "\u202e", "\ufeff", "\ufffd", "\uffff",
    "\x1b[2J", "\r\n", "〓", "é" * 3, "e\u0301\u0323", "ﷺ", "𝟙𝟚", "½", "٣", "०", "〇一二", "壱億", "-0",
    "1e999", "NaN", "９" * 40, "0" * 400, "2026年13月45日", "令和99年", "31. Februar 2026",
    "9999-12-31T23:59:60+99:99", "0000-00-00", "第零四半期", "<script>", "]]>", "&#xD800;", "&#0;", "&lt;",
    "{{7*7}}", "${x}", "%s%n", "../../etc/passwd", "javascript:alert(1)", "#99", "a1", "http://[::1",
    "http://a:99999999/", "//", "🏳️‍🌈" * 3, "ᄀ" * 9, "ا" * 60,
)  # fmt: skip
"""Pieces that parsers have stumbled over: lone surrogates, marks, numerals of other scripts, impossible dates."""


def bytes_of(body: bytes, draw: random.Random) -> bytes:
    """Return a body with 1 to 12 damages: bits flipped, pieces dropped, doubled, moved, put in; or cut off."""
    damaged = bytearray(body)
    for _ in range(draw.randint(1, 12)):
        if not damaged:
            break
        place, length = draw.randrange(len(damaged)), draw.choice((1, 2, 7, 60, 900))
        kind = draw.randrange(6)
        if kind == 0:
            damaged[place] ^= 1 << draw.randrange(8)
        elif kind == 1:
            del damaged[place : place + length]
        elif kind == 2:
            damaged[place:place] = damaged[place : place + length] * draw.choice((1, 3, 40))
        elif kind == 3:
            damaged[place:place] = draw.choice(ODD).encode("utf-8", "surrogatepass")
        elif kind == 4:
            damaged[place:place] = draw.randbytes(length)
        elif draw.random() < 0.2:
            del damaged[place:]
    return bytes(damaged)


def text_of(text: str, draw: random.Random) -> str:
    """Return a text with 1 to 6 damages: odd pieces put in, characters dropped, doubled, swapped."""
    chars = list(text)
    for _ in range(draw.randint(1, 6)):
        place = draw.randint(0, len(chars))
        kind = draw.randrange(4)
        if kind == 0:
            chars[place:place] = draw.choice(ODD)
        elif kind == 1:
            del chars[place : place + draw.randint(1, 8)]
        elif kind == 2:
            chars[place:place] = chars[place : place + draw.randint(1, 8)] * draw.randint(1, 5)
        else:
            chars[place : place + 1] = chr(draw.choice((draw.randrange(0x250), draw.randrange(0x10000), 0x1F300)))
    return "".join(chars)


def json_of(value: Any, draw: random.Random) -> Any:
    """Return a JSON value with one to four of its parts replaced, removed, doubled or of another type."""
    damaged = json.loads(json.dumps(value))
    for _ in range(draw.randint(1, 4)):
        damaged = _damaged(damaged, draw)
    return damaged


def _damaged(value: Any, draw: random.Random) -> Any:
    if isinstance(value, dict) and value and draw.random() < 0.85:
        key = draw.choice(sorted(value))
        if draw.random() < 0.06:
            del value[key]
        else:
            value[key] = _damaged(value[key], draw)
        return value
    if isinstance(value, list) and value and draw.random() < 0.8:
        place = draw.randrange(len(value))
        if draw.random() < 0.2:
            value[place:place] = [value[place]] * draw.choice((1, 2))
        else:
            value[place] = _damaged(value[place], draw)
        return value
    if isinstance(value, str) and draw.random() < 0.8:
        return text_of(value, draw)
    if isinstance(value, int | float) and draw.random() < 0.8:
        return draw.choice((0, -1, value + 1, 10**9, 2**63, -0.5, 1e308))
    others: Sequence[Callable[[], Any]] = (
        lambda: None, lambda: draw.choice(ODD), lambda: [], dict, lambda: True, lambda: 1e308, lambda: [[]] * 3
    )  # fmt: skip
    return draw.choice(others)()

"""Words of East Asian scripts taken apart into the units of sound that a Latin spelling writes one after another."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Script = Literal["ja", "ko", "zh"]
"""Kana, Hangul and Chinese characters (as Mandarin reads them): each has a table of its own, `data/sounds_*.txt`."""

_ROWS = {
    "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サ\0スセソ", "z": "ザ\0ズゼゾ", "t": "タ\0\0テト", "d": "ダ\0\0デド",
    "n": "ナニヌネノ", "h": "ハヒ\0ヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
    "": "アイウエオ", "y": "ヤ\0ユ\0ヨ", "w": "ワ\0\0\0\0",
}  # fmt: skip
_IRREGULAR = {
    "シ": ("sh", "i"), "チ": ("ch", "i"), "ツ": ("ts", "u"), "ジ": ("j", "i"), "ヂ": ("j", "i"), "ヅ": ("z", "u"),
    "フ": ("f", "u"), "ヴ": ("v", "u"), "ヲ": ("o",), "ン": ("N",), "ッ": ("Q",), "ー": ("-",),
}  # fmt: skip
_KANA = {
    **{kana: tuple(part for part in (row, vowel) if part) for row, all_kana in _ROWS.items()
       for kana, vowel in zip(all_kana, "aiueo", strict=True) if kana != "\0"},
    **_IRREGULAR,
}  # fmt: skip
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo", "ヮ": "wa"}
_PALATAL = ("sh", "ch", "j")
_NO_INITIAL = 11
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_PLAIN = str.maketrans("ıøłđðþß", "iolddts")
_SCRIPTS: tuple[tuple[Script, re.Pattern[str]], ...] = (
    ("ja", re.compile(r"[\u30a1-\u30fa\u30fc]+")),
    ("ko", re.compile(r"[가-힣]+")),
    ("zh", re.compile(r"[\u3400-\u9fff]+")),
)


def script_of(word: str) -> Script | None:
    """Return the script of a word that is all in one of the three, else None."""
    return next((script for script, pattern in _SCRIPTS if pattern.fullmatch(word)), None)


@lru_cache(maxsize=65536)
def units_of(word: str) -> tuple[str, ...]:
    """Return the consonants and vowels of a word of one East Asian script, nothing for any other word."""
    match script_of(word):
        case "ja":
            return tuple(_kana(word))
        case "ko":
            return tuple(unit for char in word for unit in _syllable(ord(char) - 0xAC00))
        case "zh":
            return tuple(unit for char in word for unit in _mandarin(char))
        case None:
            return ()


def latin_of(word: str) -> str:
    """Return a Latin word in small letters from a to z alone; other characters go."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(_PLAIN))
    return "".join(char for char in plain if "a" <= char <= "z")


def _kana(word: str) -> list[str]:
    units: list[str] = []
    for char in word:
        small = _SMALL.get(char)
        if small is None:
            units += _KANA.get(char, ())
            continue
        # ウィ and クォ have a w, ティ and ファ lose the vowel that stands before.
        if units and units[-1] in "aiueo" and units.pop() == "u" and not units[-1:]:
            units.append("w")
        if len(small) > 1 and units[-1:] and units[-1] not in _PALATAL:
            units.append(small[0])
        units.append(small[-1])
    return units


def _syllable(code: int) -> list[str]:
    initial, medial, final = code // 588, code % 588 // 28, code % 28
    units = [f"I{initial}"] if initial != _NO_INITIAL else []
    return [*units, f"M{medial}", *([f"F{final}"] if final else [])]


@lru_cache(maxsize=8192)
def _mandarin(char: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    reading = "".join(lazy_pinyin(char, style=Style.NORMAL, errors="ignore"))
    initial = next((start for start in _INITIALS if reading.startswith(start)), "")
    return tuple(part for part in (f"{initial}~" if initial else "", f"~{reading[len(initial) :]}") if len(part) > 1)

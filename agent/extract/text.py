"""Strings from outside made safe to store, compare and print."""

from __future__ import annotations

import re
import unicodedata

# Tag characters and the variation selectors above U+FE0F carry smuggled text; losing an ideographic variation
# selector costs only the choice between two forms of one character.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d"
    "\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_CJK = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿가-힯ｦ-ﾟ\U00020000-\U0003ffff]")


def clean(text: str) -> str:
    """Return `text` as NFC without characters that no reader sees.

    Removed: C0 and C1 controls (line breaks stay, as `\\n`; a tab becomes a space), zero-width, bidirectional and
    tag characters, byte order marks, lone surrogates, NUL. The result always encodes to UTF-8.
    """
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _DROPPED.sub("", text))


def clean_line(text: str) -> str:
    """Return `text` cleaned, on one line, with single spaces and none at the ends."""
    return " ".join(clean(text).split())


def clean_paragraphs(text: str) -> str:
    """Return `text` cleaned, one paragraph a line, without empty lines; full-width spaces inside a line stay."""
    lines = (re.sub(r"[ \xa0]+", " ", line).strip() for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)


def cut(text: str, limit: int) -> str:
    """Return the paragraphs of `text` that fit in `limit` characters; a longer first paragraph is cut at a sentence."""
    if len(text) <= limit:
        return text
    end = text.rfind("\n", 0, limit + 1)
    if end > 0:
        return text[:end]
    ends = [match.end() for match in re.finditer(r"[。！？!?]|[.](?=\s)", text[:limit])]
    return text[: ends[-1]] if ends else text[:limit]


def cjk_share(text: str) -> float:
    """Return the share (0 to 1) of Chinese, Japanese and Korean characters among the letters of `text`."""
    letters = sum(map(str.isalpha, text))
    return len(_CJK.findall(text)) / letters if letters else 0.0


def weight(text: str) -> int:
    """Return the length of `text` in Latin-script characters; a CJK character says as much as about two."""
    return len(text) + len(_CJK.findall(text))

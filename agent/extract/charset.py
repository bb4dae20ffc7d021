"""Bytes to text: the declared character set is believed only as far as the bytes bear it out."""

from __future__ import annotations

import codecs
import re
from functools import cache

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{2,40})", re.I)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.+-]{2,40})")
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{2,40})", re.I)
_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([BJIH]|\$\(D)")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels as browsers read them (WHATWG Encoding): the vendor's superset, not the standard that is named.
_SUPERSETS = {
    "shift_jis": "cp932", "euc_jp": "euc_jp", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030",
    "big5": "cp950", "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "cp949": "cp949",
}  # fmt: skip
_LABELS = {
    "x-sjis": "cp932", "windows-31j": "cp932", "ms_kanji": "cp932", "sjis": "cp932", "ms932": "cp932",
    "ks_c_5601-1987": "cp949", "x-euc-kr": "cp949", "windows-949": "cp949", "x-gbk": "gb18030", "x-x-big5": "cp950",
    "x-euc-jp": "euc_jp", "x-big5": "cp950", "unicode": "utf-16-le",
}  # fmt: skip
_GUESSES = ("cp932", "euc_jp", "cp949", "gb18030", "cp950", "cp1252")
_SECOND_TRY = {"euc_jp": "euc_jis_2004", "cp950": "big5hkscs", "cp932": "shift_jis_2004"}
_LATIN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœÿÀÁÂÄÅÆÇÈÉÊËÍÎÓÔÖØÚÜŒ«»“”„‘’–—…€°·©®½£§\xa0•¿¡ºª™")
_TWICE = re.compile("[ÂÃâãäåæçèéêëìí][\x80-¿Œœ\u0152-\u0178ƒˆ˜–-•…‰‹›€™]")
_SAMPLE = 32_000
_JIS = ("euc_jp", ((0xA1, 0xA1), (0xA3, 0xA5), (0xB0, 0xCF)))
# The lead bytes of symbols, letters and the first level of each national standard.
_ROWS: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = {
    "cp932": _JIS,
    "euc_jp": _JIS,
    "cp949": ("euc_kr", ((0xA1, 0xA3), (0xB0, 0xC8))),
    "gb18030": ("gb2312", ((0xA1, 0xA1), (0xA3, 0xA3), (0xB0, 0xD7))),
    "cp950": ("cp950", ((0xA1, 0xA2), (0xA4, 0xC6))),
}


def decode(body: bytes, content_type: str = "") -> tuple[str, bool]:
    """Return the text of `body`, and whether it can be trusted.

    Order: byte order mark, valid UTF-8, escape sequences of ISO-2022-JP, then whichever of the declared (HTTP
    header, meta element, XML declaration) and the usual East Asian and Western character sets explains the bytes
    best. False means that no character set does, or that the text was garbled before it was sent.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _checked(body[len(mark) :].decode(name, "replace"))
    if _ESCAPE.search(body) and not any(byte > 0x7F for byte in body[:_SAMPLE]):
        return _checked(_from_iso2022(body))
    if (utf16 := _utf16(body)) is not None:
        return _checked(utf16)
    try:
        return _checked(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3 and error.reason == "unexpected end of data":
            return _checked(body[: error.start].decode("utf-8"))
    declared = _declared(body, content_type)
    name, score = max(((name, _score(body, name, declared)) for name in _candidates(declared)), key=lambda it: it[1])
    return _checked(_decoded(body, name)) if score >= 0.45 else (_decoded(body, name), False)


def garbled(text: str) -> bool:
    """Tell whether `text` shows replacement characters or UTF-8 that was read as Windows-1252 (`Ã©`, `ã‚¢`)."""
    return "\ufffd" in text or len(_TWICE.findall(text)) > max(2, len(text) // 100)


def _checked(text: str) -> tuple[str, bool]:
    missing = text.count("\ufffd")
    return text, missing <= max(3, len(text) // 1000)


def _utf16(body: bytes) -> str | None:
    """Return the text of UTF-16 without a mark: markup is ASCII, so every second byte is often NUL."""
    head = body[:2000]
    for start, name, tag in ((1, "utf-16-le", b"<\x00"), (0, "utf-16-be", b"\x00<")):
        ascii_share = head[start::2].count(0) / (len(head) / 2 or 1)
        if head.startswith(tag) or (ascii_share > 0.3 and head[1 - start :: 2].count(0) < 4):
            return body.decode(name, "replace")
    return None


def _from_iso2022(body: bytes) -> str:
    """Read ISO-2022-JP by way of EUC-JP, which knows the NEC characters that Python's own codec refuses."""
    parts: list[str] = []
    state, position = b"\x1b(B", 0
    for match in [*_ESCAPE.finditer(body), None]:
        part = body[position : match.start() if match else len(body)]
        if state in (b"\x1b$B", b"\x1b$@"):
            raised = bytes(byte | 0x80 if byte > 0x20 else byte for byte in part)
            parts.append(_decoded(raised, "euc_jp"))
        elif state == b"\x1b(I":
            parts.append(bytes(byte | 0x80 for byte in part).decode("cp932", "replace"))
        elif state == b"\x1b$(D":
            parts.append(b"".join(b"\x8f" + bytes(b | 0x80 for b in part[i : i + 2]) for i in range(0, len(part), 2))
                         .decode("euc_jp", "replace"))  # fmt: skip
        else:
            parts.append(part.decode("ascii", "replace"))
        if match:
            state, position = match[0], match.end()
    return "".join(parts)


def _declared(body: bytes, content_type: str) -> tuple[str, ...]:
    """Return the codecs that the header and the document name, known ones only, without UTF-8 (already refuted)."""
    labels = [match[1] for match in [_HEADER.search(content_type)] if match]
    labels += [found[1].decode("ascii") for found in (_META.search(body[:8192]), _XML.search(body[:200])) if found]
    names: list[str] = []
    for label in labels:
        try:
            name = _LABELS.get(label.lower()) or codecs.lookup(label).name
        except LookupError:
            continue
        name = _SUPERSETS.get(name, name)
        if name not in names and name not in ("utf-8", "iso2022_jp") and not name.startswith("utf-16"):
            names.append(name)
    return tuple(names)


def _candidates(declared: tuple[str, ...]) -> tuple[str, ...]:
    return (*declared, *(name for name in _GUESSES if name not in declared))


def _decoded(body: bytes, name: str) -> str:
    """Decode strictly by `name` or its extension, else by whichever of them loses less."""
    tries = [name, *([_SECOND_TRY[name]] if name in _SECOND_TRY else [])]
    try:
        texts = [body.decode(each, "replace") for each in tries]
    except LookupError:
        return body.decode("cp1252", "replace")
    return min(texts, key=lambda text: text.count("\ufffd"))


def _score(body: bytes, name: str, declared: tuple[str, ...]) -> float:
    """Return how ordinary the non-ASCII characters are when the bytes are read by `name`: 1 is all of them."""
    first = next((index for index, byte in enumerate(body) if byte > 0x7F), 0)
    text = _decoded(body[first : first + _SAMPLE], name)[: _SAMPLE - 4]
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return 0.0
    bonus = 0.25 if declared[:1] == (name,) else 0.15 if name in declared else 0.0
    if name.startswith(("cp125", "iso8859", "koi8", "mac")):
        return _single_byte(text, name) + bonus
    known = _ordinary(name)
    points: float = sum(1.0 if char in known else _penalty(char) for char in foreign)
    return float(points / len(foreign)) + bonus + _likeness(foreign, name)


def _likeness(foreign: list[str], name: str) -> float:
    """Weigh what tells the languages apart: the double-byte sets share most codes, so each reads the others' text."""
    kana = sum("\u3040" <= char <= "\u30ff" for char in foreign) / len(foreign)
    hangul = sum("\uac00" <= char <= "\ud7a3" for char in foreign) / len(foreign)
    if name in ("cp932", "euc_jp"):
        return 0.0 if kana > 0.05 else -0.4
    if name == "cp949":
        return 0.3 if hangul > 0.88 else -0.4 if hangul < 0.75 else 0.0
    return -0.3 if kana > 0.05 else 0.0


def _single_byte(text: str, name: str) -> float:
    """Score Western text: its letters beyond ASCII stand alone or in pairs among ASCII ones."""
    runs: list[str] = re.findall("[^\x00-\x7f]+", text)
    total = sum(map(len, runs))
    if name != "cp1252":
        letters = sum(char.isalpha() for run in runs for char in run)
        return letters / total - 0.2
    plain = sum(len(run) for run in runs if len(run) <= 2 and all(char in _LATIN for char in run))
    return (2 * plain - total) / total


def _penalty(char: str) -> float:
    if char == "\ufffd":
        return -3.0
    if "\uff61" <= char <= "\uff9f" or "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f":
        return -1.0
    return 0.0


@cache
def _ordinary(name: str) -> frozenset[str]:
    """Return the characters that ordinary text in `name` consists of: level 1 of the national standard."""
    if name not in _ROWS:
        return frozenset()
    codec, ranges = _ROWS[name]
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)] if codec == "cp950" else [*range(0xA1, 0xFF)]
    cells = b"".join(bytes((lead, trail)) for low, high in ranges for lead in range(low, high + 1) for trail in trails)
    shared = "“”‘’…—·" if name == "cp949" else "“”‘’…—～〜―①②③④⑤㈱№"
    return frozenset(cells.decode(codec, "ignore")) | frozenset(shared)

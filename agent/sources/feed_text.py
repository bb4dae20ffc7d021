"""The bytes of a feed made safe for the parser: right characters, no document type, a bounded number of items."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from agent.errors import SourceError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}?\?>")
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
# What publishers call by these names is the larger set of their platform (WHATWG Encoding, names and labels).
_LARGER = {
    "shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950",
    "iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252",
}  # fmt: skip
_CHARACTER_SETS = ("utf-8", "utf-16", "iso", "cp", "euc", "shift", "gb", "big5", "koi8", "mac", "tis", "johab", "ascii")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:0*([0-9]+)|[xX]0*([0-9A-Fa-f]+));?")
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|channel)[\s>/]", re.IGNORECASE)
_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
# feedparser takes some 20 microseconds a tag: 5 MB of nothing but tags would hold the run up for half a minute.
_MOST_TAGS = 100_000
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def decode(body: bytes, content_type: str) -> str:
    """Return the characters of a feed or JSON document; what cannot be read becomes U+FFFD.

    In this order: byte order mark, ISO-2022 by declaration, UTF-8 when it fits without an error (text in another set
    hardly ever does), the XML declaration or else the header's charset, UTF-8 with holes.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if body[:4] == b"<\x00?\x00":
        return body.decode("utf-16-le", "replace")
    if body[:4] == b"\x00<\x00?":
        return body.decode("utf-16-be", "replace")
    declared = _declared(body, content_type)
    for name in [declared] if declared.startswith("iso2022") else ["utf-8", declared]:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode(declared, "replace")


def _declared(body: bytes, content_type: str) -> str:
    in_body = _DECLARED.search(body[:400])
    in_header = _CHARSET.search(content_type)
    labels = [in_body[1].decode("ascii")] if in_body else []
    labels += [in_header[1]] if in_header else []
    for label in labels:
        try:
            name = codecs.lookup(label).name
        except LookupError:
            continue
        # Python knows "encodings" that are no character sets, as hex and zip.
        if name.startswith(_CHARACTER_SETS):
            return _LARGER.get(name, name)
    return "utf-8"


def safe_xml(text: str, url: str, max_items: int) -> bytes:
    """Return an XML feed as UTF-8 with its first `max_items` items, without characters that XML does not know.

    Raises SourceError (bad_feed) when it declares a document type or entities, is no feed, or is all tags.
    """
    text = _NOT_XML.sub("", _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1))
    text = _REFERENCE.sub(_known, text)
    plain = _without_opaque(text)
    if _ROOT.search(plain[:10_000]) is None:
        raise SourceError("bad_feed", url, "neither RSS nor Atom nor a JSON feed")
    if _DOCTYPE.search(plain):
        raise SourceError("bad_feed", url, "declares a document type or entities")
    text = _first_items(text, max_items)
    if _without_opaque(text).count("<") > _MOST_TAGS:
        raise SourceError("bad_feed", url, f"more than {_MOST_TAGS} tags in {max_items} items")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + text.encode("utf-8")


def _known(reference: re.Match[str]) -> str:
    """Keep a numeric reference to a character that XML knows; others become U+FFFD, as browsers show them."""
    digits = reference[1] or reference[2]
    number = int(digits[:8], 10 if reference[1] else 16)
    return "\ufffd" if number > 0x10FFFF or not number or _NOT_XML.match(chr(number)) else reference[0]


def _without_opaque(text: str) -> str:
    """Drop CDATA sections and comments, in one pass: what they contain is no markup."""
    kept = []
    at = 0
    for opening in re.finditer(r"<!\[CDATA\[|<!--", text):
        if opening.start() < at:
            continue
        closing = "]]>" if opening[0].startswith("<![") else "-->"
        end = text.find(closing, opening.end())
        if end < 0:
            break
        kept.append(text[at : opening.start()])
        at = end + len(closing)
    kept.append(text[at:])
    return "".join(kept)


def _first_items(text: str, max_items: int) -> str:
    starts = [match.start() for match in islice(_ITEM.finditer(text), max_items + 1)]
    if len(starts) <= max_items:
        return text
    tail = text[-10_000:]
    ends = [match.end() for match in _ITEM_END.finditer(tail)]
    return text[: starts[max_items]] + (tail[ends[-1] :] if ends else "")

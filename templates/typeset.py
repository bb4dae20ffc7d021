"""Type set as HTML: the one module that makes markup out of text, and escapes it on the way."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

if TYPE_CHECKING:
    from budoux.parser import Parser

_UNITS = (
    r"(?:億|万|兆|千)*\s?(?:米ドル|台湾ドル|ドル|円|ウォン|ユーロ|元|ポンド|%|％|ポイント|kWh|GWh|TWh|GW|MW|kW|GB|TB|nm|"
    r"ナノメートル|ナノ|件|社|カ国|か国|倍|人|年|月|日|四半期|週|時間|分|基|台|本|つ|割|歳|回|種類|言語|トークン|"
    r"billion|million|trillion|percent|billones|Milliarden|Millionen|Mrd\.?|Euro)?"
)
_NUMBER = re.compile(r"[$€£¥₩]?\d[\d,.]*(?:万|億|兆)?(?:\d[\d,]*)?" + _UNITS + r"(?:以上|以下|未満|超)?")
_BUDOUX = {"ja": "load_default_japanese_parser", "zh-hant": "load_default_traditional_chinese_parser"}
_SIMPLIFIED = "load_default_simplified_chinese_parser"
_LONGEST_PHRASE = 12


def prose(text: str) -> Markup:
    """Return running text with every number kept on one line with its unit."""
    out, at = Markup(""), 0
    for match in _NUMBER.finditer(text):
        if len(match[0]) < 2 or len(match[0]) > 24:
            continue
        out += Markup('{}<span class="nb">{}</span>').format(text[at : match.start()], match[0])
        at = match.end()
    return out + Markup("{}").format(text[at:])


def split_tail(text: str) -> tuple[str, str]:
    """Split off the last word, or the last three wide characters, to keep a citation on one line with them."""
    words = text.split(" ")
    tail = words[-1] if len(words) > 1 and len(words[-1]) < 18 and words[-1].isascii() else text[-3:]
    return text[: len(text) - len(tail)], tail


def phrased(text: str, language: str) -> Markup:
    """Return a heading that breaks between phrases (BudouX) in Japanese and Chinese, between words elsewhere."""
    parser = _parser(language.lower())
    if parser is None:
        return Markup("{}").format(text)
    parts = parser.parse(text) if text else []
    return Markup("<wbr>").join(
        Markup('<span class="nb">{}</span>').format(part) if len(part) <= _LONGEST_PHRASE else Markup("{}").format(part)
        for part in parts
    )


@lru_cache(maxsize=8)
def _parser(language: str) -> Parser | None:
    primary = language.split("-")[0]
    if primary not in ("ja", "zh"):
        return None
    import budoux

    name = _BUDOUX.get("ja" if primary == "ja" else language, _SIMPLIFIED)
    parser: Parser = getattr(budoux, name)()
    return parser


def paragraphs(text: str) -> tuple[str, ...]:
    """Split text at its line ends; empty lines are left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def link(url: str) -> str:
    """Return `url` if it may be a link (http or https with a host), else an empty string."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    sound = parts.scheme.lower() in ("http", "https") and parts.netloc and not re.search(r"[\s<>\"\x00-\x1f]", url)
    return url if sound else ""


def stylesheet(css: str, accent: tuple[str, str], categories: int) -> Markup:
    """Return our own style sheet as markup, with the accent colours and the rules of the category filter.

    Nothing of a report may be passed in: `css` is a file of this package, `accent` two colours of `edition.py`.
    """
    colours = f"html{{--accent:{accent[0]};--accent-dark:{accent[1]}}}\n"
    filters = "".join(
        f".articles:has(#f{i}:checked) .article:not(.c{i}):not(:target){{display:none}}\n" for i in range(1, categories + 1)
    )
    return Markup("{}").format(Markup(colours + css + filters))  # noqa: S704

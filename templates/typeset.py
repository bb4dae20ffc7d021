"""Type set as HTML: the one module that makes markup out of text, and escapes it on the way."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

if TYPE_CHECKING:
    from budoux.parser import Parser

_UNITS = (
    r"(?:億|万|兆|千)*\s?(?:米ドル|台湾ドル|ドル|円|ウォン|ユーロ|元|ポンド|%|％|ポイント|kWh|GWh|TWh|GW|MW|kW|GB|TB|nm|"
    r"ナノメートル|ナノ|件|社|カ国|か国|倍|人|年|月期|月|日|四半期|週|時間|分|基|台|本|つ|割|歳|回|種類|言語|トークン|"
    r"亿|萬|만|억|조|\s?달러|원|위안|유로|엔|개국|개사|명|건|배|년|월|일|美元|日圓|日元|歐元|欧元|家|名|篇|則|"
    r"billion|million|trillion|percent|billones|Milliarden|Millionen|Mrd\.?|Euro)?"
)
_QUANTITY = r"[$€£¥₩]?\d[\d,.]*(?:万|億|兆)?(?:\d[\d,]*)?" + _UNITS
_DATE = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月(?!期)"
NUMBER = re.compile(rf"{_DATE}|約?{_QUANTITY}(?:[〜～–]{_QUANTITY})?(?:以上|以下|未満|超)?")
"""A date, or a number with the bound, range, unit and counter that stay on a line with it."""
_LONGEST_KEPT = 24
_KEPT = re.compile(rf"[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{{40,}}|{NUMBER.pattern}|US-Dollar")
"""What is not left to the line breaker: words as long as half a line, which may break, numbers, which may not."""
_BUDOUX = {"ja": "load_default_japanese_parser", "zh-hant": "load_default_traditional_chinese_parser"}
_SIMPLIFIED = "load_default_simplified_chinese_parser"
_LONGEST_PHRASE = 12
_WORDS = re.compile(rf"{NUMBER.pattern}|[A-Za-z0-9][A-Za-z0-9.&'’+-]*|(?:(?!(?:{NUMBER.pattern}))[^A-Za-z0-9])+")
"""What a phrase too long for a line is cut into: a Latin word and a number with its unit stay whole."""
_NOT_FIRST = frozenset("、。，．）」』】〉》〕！？：；ー・々％%)]}")
_NOT_LAST = frozenset("「『（【《〈［〔([{")
_AFTER_SPACE = re.compile(r"(?<=\s)(?=\S)")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_TAG = re.compile(r"(<[^>]*>)")
_KEPT_AS_IS = re.compile(r"<(?:title|h[123]|text)[ >]|<span class=\"(?:nb|long)")
_KOREAN = re.compile(r"(?<![가-힣])[가-힣]{2,16}(?![가-힣])")
_LATIN = re.compile(r"[A-Za-z0-9]")
_UNBREAKABLE = re.compile(r"[A-Za-z0-9]+|.?", re.DOTALL)
"""A line never breaks within these: an element for each would only cost time."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def prose(text: str) -> Markup:
    """Return running text with every number kept on one line with its unit; only very long words may be broken.

    Arabic or Hebrew text stays in one piece: WeasyPrint would set the pieces from left to right.
    """
    if right_to_left(text):
        return Markup("{}").format(text)
    out, at = Markup(""), 0
    for match in _KEPT.finditer(text):
        long = len(match[0]) > _LONGEST_KEPT
        # A line never breaks within plain digits with their signs: a span for them would only cost time.
        if not long and match[0].isascii() and not re.search("[ -]", match[0]):
            continue
        out += Markup('{}<span class="{}">{}</span>').format(
            text[at : match.start()], "long" if long else "nb", match[0]
        )
        at = match.end()
    return out + Markup("{}").format(text[at:])


def right_to_left(text: str) -> bool:
    """Tell whether the first letter of a text is Arabic, Hebrew or of another script read from right to left."""
    first = next((char for char in text if char.isalpha()), "")
    return _RIGHT_TO_LEFT.match(first) is not None


def unbroken_korean(html: str) -> str:
    """Return a page in which no line breaks inside a Korean word, as `word-break: keep-all` would have it.

    For WeasyPrint, which lacks that property: word joiners (U+2060) between the syllables. They have no glyph and leave
    no trace in the PDF's text. Headings have their own spans, and titles become bookmarks, so both stay as they are,
    and so do words of more than 16 syllables, which would not fit into a table's column.
    """
    parts = _TAG.split(html)
    for i in range(0, len(parts), 2):
        if not (i and _KEPT_AS_IS.match(parts[i - 1])):
            parts[i] = _KOREAN.sub(lambda word: "\u2060".join(word[0]), parts[i])
    return "".join(parts)


def split_tail(text: str) -> tuple[str, str]:
    """Split off the last word, or the last two wide characters, to keep a citation on one line with them."""
    if right_to_left(text):
        return text, ""
    words = text.split(" ")
    tail = words[-1] if len(words) > 1 and len(words[-1]) < 18 and not _WIDE.search(words[-1]) else text[-2:]
    return text[: len(text) - len(tail)], tail


def phrased(text: str, language: str) -> Markup:
    """Return a heading that breaks between phrases (BudouX) in Japanese and Chinese, between words elsewhere."""
    if _parser(language.lower()) is None:
        if language.lower().split("-")[0] != "ko":
            return Markup("{}").format(text)
        # Between the syllables of a Korean word a line may break, in a heading it should not.
        return Markup(" ").join(Markup('<span class="nb">{}</span>').format(word) for word in text.split(" "))
    out, last = Markup(""), " "
    for part in phrases(text, language):
        whole = part.rstrip()
        # At a space a line may break anyhow, and Chromium 156 crashes where <wbr> follows one. Beside a mark that may
        # not begin or end a line, the line breaker's own rules hold.
        if whole and not last.isspace() and whole[0] not in _NOT_FIRST and last not in _NOT_LAST:
            out += Markup("<wbr>")
        plain = len(whole) > _LONGEST_PHRASE or _UNBREAKABLE.fullmatch(whole)
        out += Markup("{}{}" if plain else '<span class="nb">{}</span>{}').format(whole, part[len(whole) :])  # noqa: S704
        last = part[-1]
    return out


def phrases(text: str, language: str) -> tuple[str, ...]:
    """Cut text where a line of a heading may end: between phrases in Japanese and Chinese, after spaces elsewhere."""
    parser = _parser(language.lower())
    if parser is None:
        return tuple(_AFTER_SPACE.split(text))
    return tuple(
        part
        for phrase in _phrases(parser, text)
        for part in ([phrase] if len(phrase) <= _LONGEST_PHRASE else _WORDS.findall(phrase))
    )


def _phrases(parser: Parser, text: str) -> list[str]:
    """Return BudouX's phrases, cut after spaces, and joined again where it cuts a Latin word or a number in two."""
    phrases: list[str] = []
    for phrase in (part for found in (parser.parse(text) if text else []) for part in _AFTER_SPACE.split(found)):
        if phrases and _LATIN.match(phrases[-1][-1]) and _LATIN.match(phrase[0]):
            phrases[-1] += phrase
        else:
            phrases.append(phrase)
    return phrases


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


def legal(text: str) -> str:
    """Return `text` without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def link(url: str) -> str:
    """Return `url` if it may be a link (http or https with a host), else an empty string."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    sound = parts.scheme.lower() in ("http", "https") and parts.netloc and not re.search(r"[\s<>\"\x00-\x1f]", url)
    return url if sound else ""


def stylesheet(css: str, accent: tuple[str, str]) -> Markup:
    """Return a style sheet as markup, with the accent colours before it.

    Nothing of a report may be passed in: `css` is a file of this package or of the user's theme with `filter_rules`,
    `accent` two colours of `edition.py`.
    """
    return Markup(f"html{{--accent:{accent[0]};--accent-dark:{accent[1]}}}\n{css}")  # noqa: S704


def filter_rules(categories: int, countries: int, pairs: Collection[tuple[int, int]]) -> str:
    """Return the rules of the filters by category and by country, which work without script and narrow each other.

    `pairs` are the category and country numbers that an article has: for all others a line says that there is none.
    """
    hidden = [
        f".articles:has(#f{i}:checked) .article:not(.c{i}):not(:target){{display:none}}" for i in _upto(categories)
    ]
    hidden += [
        f".articles:has(#g{i}:checked) .article:not(.k{i}):not(:target){{display:none}}" for i in _upto(countries)
    ]
    empty = [
        f".articles:has(#f{i}:checked):has(#g{j}:checked) .nomatch"
        for i in _upto(categories)
        for j in _upto(countries)
        if (i, j) not in pairs
    ]
    return "\n".join(hidden) + (f"\n{','.join(empty)}{{display:block}}" if empty else "") + "\n"


def _upto(n: int) -> range:
    return range(1, n + 1)

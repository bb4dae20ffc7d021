"""What a text says that its sources do not: numbers, dates and names are looked up after normalising."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from agent.grounding.stated import SMALL, Stated, plain_digits, stated_in, states_moment, states_quantity, together
from agent.language.scripts import fold, is_cjk
from agent.model import Article
from agent.moments import Moment, parse_moments
from agent.names import name_index, unborne_names
from agent.quantities import parse_quantities

_TRANSLATED_WORDS = (
    "ai it eu uk us usa un ceo cto cfo coo gdp llm vlm llms pc os url id tv dx pr ev ipo m&a r&d agi api q1 q2 "
    "q3 q4 h1 h2 gpu gpus cpu cpus sns ec moe ict saas"
)
_TRANSLATED = frozenset(_TRANSLATED_WORDS.split())
"""Abbreviations that a translation may use for a word that the source spells in its own language."""
_WORD = 4
_NAME = re.compile(r"[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9&'’+.-]*(?<![.'’-])")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_VERSION_OF = re.compile(r"(?<![A-Za-zÀ-ÿ0-9])([A-Z][A-Za-z0-9]*)[ -]\Z")
_NUMBERED = re.compile(r"[Nn]o\.\d+|\d{1,2}[.:]?\d{0,2}[aApP]\.?[mM]")
"""A number that is written like a name: No.1, 7.55am."""
_COUNTED = re.compile(r"\d|[〇零一二三四五六七八九十元][年月日號号]|[一二三四]四半期|[上下]半?期|[上下]半年")
_FOREIGN = re.compile(
    r"(?:https?|ftp|file|data|javascript|mailto):\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|"
    r"(?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|ai|jp|kr|tw|cn|de|fr|eu|uk|co|dev|app|example|test|invalid)"
    r"(?![\w])(?:/\S*)?|"
    r"</?[A-Za-z!][^>]*>|!?\[[^\]]*\](?:\(|\[|:)|\{\{|\}\}|\{%|\$\{|\*\*|__|`|^#{1,6}\s|"
    r"[#＃]\s?[0-9０-９]+|(?:記事|出典|資料)\s?[#＃]?[0-9０-９]+(?![0-9０-９]*[年月日件本点])|第?[0-9０-９]+番?の?記事|"
    r"(?<![A-Za-z0-9])[af][0-9]{1,2}(?![A-Za-z0-9])|[Aa]rticles? (?:no\.? ?)?[0-9]+",
    re.ASCII | re.MULTILINE,
)
"""What no writer may put into a text: addresses, markup, braces of templates, numbers and ids of articles."""
_NOT_NAMES_WORDS = (
    "The In At By On From To No Of And Order Day Part Step Page Table Figure Chapter Section Rule Category Grade Level "
    "Type Tier Stage Round Gate Zone Room Route Highway District Area Row Lane Turn Game Week Log Magnitude"
)
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())


@dataclass(frozen=True, slots=True)
class Source:
    """A source text, its language, and the date that its relative dates count from."""

    text: str
    language: str
    reference: date


def page_of(article: Article) -> Source:
    """Return an article as the source that claims about it are held against: title and text."""
    return Source(f"{article.title}\n{article.text}", article.language, article.published_at.date())


def prepare(article: Article, language: str) -> None:
    """Read an article's page ahead of the first claim about it; what is read is kept."""
    unsupported("", language, [page_of(article)])


@dataclass(frozen=True, slots=True)
class _Stock:
    """What the sources state, and the forms of their Latin words."""

    stated: Stated
    names: frozenset[str]


def unsupported(
    text: str, language: str, sources: Sequence[Source], names: Collection[str] = (), pages: Sequence[Source] = ()
) -> list[str]:
    """Return the stretches of `text` that no source bears out, in order: quantities, dates, names, other digits.

    A quantity is borne out when a source states the same one (`same_quantity`), no less precisely and with no bound
    the other way. A date needs the same period, or a more precise one within it, in a source; the sources' own
    dates bear out that day alone. In Chinese, Japanese and Korean text a Latin word must occur in a source or in
    `names` (forms that the reader may use); other names as `agent.names` finds and looks them up. Digits that are
    neither quantity nor date (versions, the numbers of laws) must occur in a source. Whole numbers up to 12 without a
    unit, and one of anything that is counted (1社, 1年), are not looked up. Addresses, markup and numbers of articles
    are the program's own: they are never borne out. Where `sources` are passages, `pages` are the whole texts, in
    which names are looked up.
    """
    stock = _stock(tuple(sources))
    reference = sources[0].reference if sources else date.min.replace(year=2000)
    quantities = parse_quantities(text, language)
    moments = parse_moments(text, language, reference)
    known = _stock(tuple(pages or sources)).names | frozenset(form for name in names for form in _forms(name))
    missing = [(q.start, q.end) for q in quantities if not states_quantity(stock.stated, q)]
    missing += [(m.start, m.end) for m in moments if _exact(text, m) and not states_moment(stock.stated, m, text)]
    taken = [(q.start, q.end) for q in quantities] + [(m.start, m.end) for m in moments]
    words = _names(text, taken, is_cjk(language))
    for start, end in words:
        if not _named(fold(text[start:end]), known):
            missing.append((start, end))
    missing += _loose_digits(text, taken + words, stock, known)
    indexes = [name_index(source.text, source.language) for source in pages or sources]
    missing += unborne_names(text, language, indexes, names)
    missing += [match.span() for match in _FOREIGN.finditer(text)]
    return [text[start:end] for start, end in sorted(set(missing))]


@lru_cache(maxsize=256)
def _stock_of(source: Source) -> _Stock:
    stated = stated_in(source.text, source.language, source.reference)
    return _Stock(stated, frozenset(_forms(fold(source.text))))


def _stock(sources: tuple[Source, ...]) -> _Stock:
    stocks = [_stock_of(source) for source in sources]
    return _Stock(together(stock.stated for stock in stocks), frozenset().union(*(stock.names for stock in stocks)))


def _exact(text: str, moment: Moment) -> bool:
    """Tell a date from a turn of phrase: 前年同期 and this year need no source, 2025年, 四月十日 and April 7 do."""
    return _COUNTED.search(text, moment.start, moment.end) is not None


def _names(text: str, taken: Sequence[tuple[int, int]], strict: bool) -> list[tuple[int, int]]:
    """Return where Latin words with a digit stand, and with `strict` those with a capital or of four letters too."""
    found = []
    for start, end in (match.span() for match in _NAME.finditer(fold(text))):
        word = text[start:end]
        if _NUMBERED.fullmatch(word):
            continue
        marked = any(c.isalpha() for c in word) and (
            any(c.isdigit() or (strict and c.isupper()) for c in word) or (strict and len(word) >= _WORD)
        )
        if marked and not any(a < end and start < b for a, b in taken):
            found.append((start, end))
    return found


def _forms(text: str) -> Iterable[str]:
    """Yield the Latin words of a text, their parts, and neighbours run together, without case and punctuation."""
    words = [_compact(match.group()) for match in _NAME.finditer(fold(text))]
    for match in _NAME.finditer(fold(text)):
        yield from (_compact(part) for part in re.split(r"[-.&'’]", match.group()))
    for size in (1, 2, 3):
        for i in range(len(words) - size + 1):
            yield "".join(words[i : i + size])


def _compact(word: str) -> str:
    return re.sub(r"[^a-zà-ÿ0-9]", "", word.lower())


def _named(word: str, known: frozenset[str]) -> bool:
    compact = _compact(word)
    if compact in known or word.lower() in _TRANSLATED or compact.removesuffix("s") in known:
        return True
    parts = [_compact(part) for part in re.split(r"[-.&'’]", word) if part]
    return len(parts) > 1 and all(part in known or part in _TRANSLATED for part in parts)


def _loose_digits(
    text: str, taken: Sequence[tuple[int, int]], stock: _Stock, known: frozenset[str]
) -> list[tuple[int, int]]:
    missing, plain = [], fold(text)
    for match in _DIGITS.finditer(plain):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        body = plain_digits(match.group())
        version = _VERSION_OF.search(plain, max(0, match.start() - 30), match.start())
        if version and version[1] not in _NOT_NAMES:
            if _compact(version[1] + body) not in known:
                missing.append((version.start(1), match.end()))
        elif body not in known and not all(_stands(part, stock.stated) for part in _parts(plain, match)):
            missing.append(match.span())
    return missing


def _parts(plain: str, match: re.Match[str]) -> list[str]:
    """Return the digits as they are looked up: hour and minute of 7.55am by themselves."""
    if re.compile(r" ?[aApP]\.?[mM]\b").match(plain, match.end()):
        return [str(int(part)) for part in re.split(r"[.:]", match.group())]
    return [plain_digits(match.group())]


def _stands(body: str, stated: Stated) -> bool:
    return (body.isdigit() and int(body) <= SMALL) or body in stated.digits

"""Names across the issue: one entity, one spelling; digests that speak of others' articles (rows 9, 29, 31)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from agent.checks.model import ArticleText, ReportText
from agent.checks.registry import Check, Found, named
from agent.language.scripts import is_cjk
from agent.names import names_in

_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z]{5,}(?![A-Za-z0-9])")
_ENDING = 3
_KATAKANA = re.compile(r"[ァ-ヶー]{3,}")
_TERM = re.compile(r"[A-Za-z][A-Za-z0-9.-]*[ァ-ヶー]+|[A-Za-z][A-Za-z0-9-]{3,}|[ァ-ヶー]{2,}[A-Z]{2,}|[ァ-ヶー]{6,}")
_DOCUMENT_WORDS = (("手引き", "手引"), ("指針",), ("ガイドライン",), ("ガイダンス",), ("要綱",))


def _spellings(report: ReportText) -> Iterator[Found]:
    places = _names_by_place(report, _LATIN)
    if not is_cjk(report.language):
        # Here words that are no names have capitals too, and names have endings.
        named = {
            word for _, text in report.prose() for name in names_in(text, report.language) for word in name.split()
        }
        places = {name: where for name, where in places.items() if name in named}
    names = sorted(places)
    text = "\n".join(text for _, text in report.prose())
    for i, name in enumerate(names):
        for other in names[i + 1 :]:
            if other[0] != name[0] or not _alike(name, other) or _ordinary(name, other, text):
                continue
            if is_cjk(report.language) or _misspelt(name, other):
                where = sorted({*places[name], *places[other]})
                yield ", ".join(where[:6]), f"{name} / {other}", "two spellings of what looks like one name"
    yield from _long_vowels(report)


def _names_by_place(report: ReportText, pattern: re.Pattern[str]) -> dict[str, set[str]]:
    places: dict[str, set[str]] = {}
    for where, text in report.prose():
        for match in pattern.finditer(text):
            places.setdefault(match[0], set()).add(where.split()[0])
    return places


def _alike(a: str, b: str) -> bool:
    """Tell whether two names differ in one letter, or in two where both are long; not by an ending alone."""
    short, long = sorted((a.lower(), b.lower()), key=len)
    ending = long.startswith(short) and long[-1] != short[-1]
    if short == long or ending or len(long) - len(short) > 2:
        return False
    limit = 2 if len(short) >= 8 else 1
    return distance(short, long) <= limit and _stem(short) != _stem(long)


def _stem(word: str) -> str:
    return re.sub(r"(?:ers?|ors?|ing|ed|es|s|al|ic|ion|ive)$", "", word)


def _misspelt(a: str, b: str) -> bool:
    """Tell whether two alike words are no two forms of one: a letter apart, not at the end as Probleme and Problems."""
    same = next((i for i, (x, y) in enumerate(zip(a.lower(), b.lower(), strict=False)) if x != y), min(len(a), len(b)))
    return same < min(len(a), len(b)) - _ENDING and distance(a.lower(), b.lower()) == 1


def _ordinary(a: str, b: str, text: str) -> bool:
    """Tell whether either word is also written small: then it is a word, not a name."""
    return any(re.search(rf"(?<![A-Za-z]){word.lower()}(?![A-Za-z])", text) for word in (a, b))


def distance(a: str, b: str) -> int:
    """Return the edits between two short words; neighbours that changed places are one (optimal string alignment)."""
    earlier: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        following = [i]
        for j, y in enumerate(b, 1):
            best = min(row[j] + 1, following[-1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                best = min(best, earlier[j - 2] + 1)
            following.append(best)
        earlier, row = row, following
    return row[-1]


def _long_vowels(report: ReportText) -> Iterator[Found]:
    forms: dict[str, Counter[str]] = {}
    for _, text in report.prose():
        for word in _KATAKANA.findall(text):
            if not word.startswith("ー") and len(word.rstrip("ー")) >= 3:
                forms.setdefault(word.rstrip("ー"), Counter())[word] += 1
    for found in forms.values():
        if len(found) > 1:
            told = ", ".join(f"{form} ({count})" for form, count in found.items())
            yield "spelling", " / ".join(found), f"one word in two spellings: {told}"


def _document_names(report: ReportText) -> Iterator[Found]:
    for article in report.articles:
        text = "\n".join((article.title, article.summary, article.details))
        # Only what is named as the document itself: 発表した指針, 「…手引き」を公表.
        found = [forms[0] for forms in _DOCUMENT_WORDS if any(form in text for form in forms)]
        if len(found) >= 3 and not article.foreign:
            yield article.name, ", ".join(found), f"one document may have {len(found)} names"


def _filed_elsewhere(report: ReportText) -> Iterator[Found]:
    by_number = {a.number: a for a in report.articles}
    for category in report.categories:
        own = [by_number[n] for n in category.articles if n in by_number]
        others = [a for a in report.articles if a.number not in category.articles]
        if not own:
            continue
        for statement in category.statements:
            if outside := [n for n in statement.cites if n in by_number and n not in category.articles]:
                yield category.title, statement.text, f"cites {named(outside)}, filed in another category"
        words = {term for s in category.statements if not s.foreign for term in _TERM.findall(s.text)}
        for term in sorted(words):
            holders = [a for a in others if term in _text(a)]
            if holders and len(holders) <= 2 and not any(term in _text(a) for a in own):
                yield category.title, term, f"speaks of {named([a.number for a in holders])}, filed in another category"


def _text(article: ArticleText) -> str:
    return "\n".join((article.title, article.summary, article.details))


CHECKS = (
    Check("filed elsewhere", 9, "warning", _filed_elsewhere),
    Check("spelling of names", 29, "warning", _spellings),
    Check("names of a document", 31, "note", _document_names),
)

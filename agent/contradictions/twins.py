"""Sentences of two reports that say one thing in nearly the same words, but for a name or for a not.

Only such twins in one language are certain enough: names are seen unevenly and negations differ between languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from agent.contradictions.lexicon import said_in
from agent.contradictions.model import Contradiction, Side
from agent.contradictions.naming import may_be_one_name, variants_of, without
from agent.contradictions.periods import overlap
from agent.grounding.negation import negations, without_negations
from agent.language.scripts import between_names, rules_of
from agent.language.sentences import is_sentence, split
from agent.model import Article, Span
from agent.moments import Moment, parse_moments
from agent.names import names_in
from agent.quantities import Quantity, parse_quantities, same_quantity

_NEAR, _ALIKE = 0.4, 0.75
"""Shares of the words of two sentences that both have: worth a look, and twins apart from what they differ in."""
_FEWEST_WORDS = 3
_MOST_NAMES = 2
"""Names in which twins differ: a town, and the prefecture that it lies in."""
_STEM = 6
_SHORT_WORD = 3
_RUNS = re.compile(r"[\u3400-\u9fff々]{2,}|[\u30a1-\u30fa\u30fc]+|[A-Za-z0-9]+")
_EASTERN = re.compile(r"[\u3400-\u9fff]+|[가-힣]+|[A-Za-z0-9]+")
_WESTERN = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True)
class _Told:
    """A sentence of an article that asserts something."""

    article: Article
    span: Span
    words: frozenset[str]
    said: frozenset[str]

    @property
    def language(self) -> str:
        return self.article.language

    @cached_property
    def negated(self) -> bool:
        return negations(self.span.text, self.language) % 2 == 1

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names_in(self.span.text, self.language)))

    @cached_property
    def moments(self) -> Sequence[Moment]:
        return parse_moments(self.span.text, self.language, self.article.published_at.date())

    @cached_property
    def quantities(self) -> Sequence[Quantity]:
        return [q for q in parse_quantities(self.span.text, self.language) if q.unit or q.value > 1]


def differing_twins(reports: Sequence[Article]) -> list[Contradiction]:
    """Return the sentences that reports of one event have in common but for a name, or of which one denies the other.

    Names must be in neither report elsewhere, and all else must agree: numbers, dates, versions and other names.
    """
    told = {report.id: list(_told(report)) for report in reports}
    found: list[Contradiction] = []
    for one, other in combinations(reports, 2):
        if rules_of(one.language) != rules_of(other.language):
            continue
        for a, b in product(told[one.id], told[other.id]):
            if _share(a.words, b.words) >= _NEAR and variants_of(a.span.text) == variants_of(b.span.text):
                found += _denial(a, b) or _swap(a, b)
    return found


def _told(article: Article) -> Iterator[_Told]:
    for span in split(article.text, article.language):
        said = said_in("acts", span.text, article.language)
        if is_sentence(span) and "unsure" not in said:
            yield _Told(article, span, _words(without_negations(span.text, article.language), article.language), said)


def _words(text: str, language: str) -> frozenset[str]:
    """Return what a sentence is made of, without its small words: words, their stems, or pairs of characters."""
    match rules_of(language).split("-")[0]:
        case "ja":
            return frozenset(_RUNS.findall(text))
        case "ko" | "zh":
            runs = _EASTERN.findall(text)
            return frozenset(run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1)))
        case _:
            words = _WESTERN.findall(text.casefold())
            return frozenset(word[:_STEM] for word in words if len(word) > _SHORT_WORD or word.isdigit())


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / len(one | other) if common >= _FEWEST_WORDS else 0.0


def _denial(one: _Told, other: _Told) -> list[Contradiction]:
    if one.negated == other.negated or _share(one.words, other.words) < _ALIKE or not _agree(one, other):
        return []
    if _apart(one, other) or _apart(other, one):
        return []
    sides = tuple(Side(article_id=t.article.id, evidence=t.span, denied=t.negated) for t in (one, other))
    return [Contradiction(kind="denial", sides=sides)]


def _swap(one: _Told, other: _Told) -> list[Contradiction]:
    # Two people may both have said it.
    if one.negated != other.negated or "told" in one.said | other.said or not _agree(one, other):
        return []
    ours, theirs = _apart(one, other), _apart(other, one)
    if not 0 < len(ours) == len(theirs) <= _MOST_NAMES:
        return []
    if _share(_bare(one, ours), _bare(other, theirs)) < _ALIKE:
        return []
    if any(name in _text(other) for name in ours) or any(name in _text(one) for name in theirs):
        return []
    sides = (
        Side(article_id=one.article.id, evidence=one.span, said=between_names(one.language).join(ours)),
        Side(article_id=other.article.id, evidence=other.span, said=between_names(other.language).join(theirs)),
    )
    return [Contradiction(kind="name", sides=sides)]


def _agree(one: _Told, other: _Told) -> bool:
    """Tell whether all numbers and dates of each sentence are in the other one."""
    pairs = ((one, other), (other, one))
    return all(
        all(any(same_quantity(q, p).equal for p in b.quantities) for q in a.quantities)
        and all(any(overlap(m, n) for n in b.moments) for m in a.moments)
        for a, b in pairs
    )


def _apart(one: _Told, other: _Told) -> list[str]:
    """Return the names of a sentence that are not in the other one, in whatever spelling."""
    return [
        name
        for name in one.names
        if name not in other.span.text and not any(may_be_one_name(name, o) for o in other.names)
    ]


def _bare(told: _Told, names: Sequence[str]) -> frozenset[str]:
    stretches = [match.span() for name in names for match in re.finditer(re.escape(name), told.span.text)]
    return _words(without_negations(without(told.span.text, stretches), told.language), told.language)


def _text(told: _Told) -> str:
    return f"{told.article.title}\n{told.article.text}"

"""The claims of a report: a sentence with one quantity, and whom, what and when it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from agent.contradictions.measures import measures_of, speaks_of_two
from agent.contradictions.naming import codes_of, names_of, share_a_name, variants_of, without
from agent.contradictions.periods import overlap
from agent.grounding.evidence import tells_a_plan
from agent.language.sentences import is_sentence, split
from agent.model import Article, Span
from agent.moments import Moment, parse_moments
from agent.quantities import Quantity, parse_quantities, same_quantity
from agent.quantities.currencies import CODES

_ANCHORS = 2
_FEW = 12
"""Counts up to here name parts of a thing more often than its size: two models, three layers."""
_PEOPLE = frozenset({"count:people", "count:cases"})
_VAGUE = frozenset({"", "count:items", "count:occasions", "count:stages", "count:kinds", "count:points", "times"})
_SPANS = frozenset({"s", "min", "h", "day", "week", "month", "quarter", "year", "count:years old"})
_KINDS = frozenset({"%", "percentage_point", *CODES})
"""Units of what is measured; all others (nm, GB, parameters) tell as well which product is spoken of."""
_RATES = frozenset({"%", "percentage_point"})
_DIRECTIONS = frozenset({"up", "down"})
_ABOUT_SO_MANY = re.compile(r"台(?![湾灣])|規模|余り?|강|여 |대(?=[를의로])|多")
_OF_PEOPLE = frozenset({"dead", "hurt", "missing", "moved", "arrested", "dismissed"})
_COMMA = re.compile(r"[、，；;]|,(?=\s)|\s(?:and|und|et|y)\s")


@dataclass(frozen=True)
class Claim:
    """A sentence of an article with the only quantity of its unit in it."""

    article: Article
    span: Span
    text: str
    """The sentence, or the clause that holds the quantity where the sentence has others of its unit."""
    quantity: Quantity
    others: tuple[Quantity, ...]
    measures: frozenset[str]
    names: tuple[str, ...]
    codes: frozenset[str]
    """Names of versions, rounds and models: E2B, Series G."""
    moments: tuple[Moment, ...]
    planned: bool

    @property
    def converted(self) -> bool:
        """Tell whether the sentence gives one sum in two currencies: then one of them is a conversion."""
        return self.quantity.unit in CODES and any(q.unit in CODES for q in self.others)


def claims_of(article: Article) -> Iterator[Claim]:
    """Yield what an article claims, sentence by sentence; what cannot be read with certainty is left out.

    That is: ranges, loose counts, spans of time, and sentences that set a part, a former value or an average beside
    their claim.
    """
    for span in split(article.text, article.language):
        if not is_sentence(span) or speaks_of_two(span.text, article.language):
            continue
        quantities = _counted(parse_quantities(span.text, article.language), span.text, article.language)
        units = [q.unit for q in quantities]
        for quantity in quantities:
            if not _is_claim(quantity) or _ABOUT_SO_MANY.match(span.text, quantity.end):
                continue
            if units.count(quantity.unit) == 1:
                yield _claim(article, span, span.text, quantity, quantities)
            elif clause := _clause(span.text, quantity, quantities):
                start, end = clause
                inside = [q for q in quantities if start <= q.start and q.end <= end]
                claim = _claim(article, span, span.text[start:end], quantity, inside, start)
                # A clause that names nobody leaves its subject to the rest of the sentence.
                if claim.names:
                    yield claim


def _counted(quantities: Sequence[Quantity], text: str, language: str) -> list[Quantity]:
    """Read a bare number as people where the sentence tells of casualties or arrests: 120 muertos."""
    if not measures_of(text, language) & _OF_PEOPLE:
        return list(quantities)
    return [replace(q, unit="count:people") if not q.unit and q.value > 1 else q for q in quantities]


def _clause(text: str, quantity: Quantity, beside: Sequence[Quantity]) -> tuple[int, int] | None:
    """Return where the clause of a quantity stands, None when another of its unit stands in it too."""
    cuts = [m.end() for m in _COMMA.finditer(text)]
    start = max((c for c in cuts if c <= quantity.start), default=0)
    end = min((c for c in cuts if c >= quantity.end), default=len(text))
    same = [q for q in beside if q.unit == quantity.unit and start <= q.start and q.end <= end]
    return (start, end) if len(same) == 1 else None


def _claim(
    article: Article, span: Span, text: str, quantity: Quantity, beside: Sequence[Quantity], offset: int = 0
) -> Claim:
    moments = tuple(parse_moments(text, article.language, article.published_at.date()))
    taken = [(q.start - offset, q.end - offset) for q in beside] + [(m.start, m.end) for m in moments]
    bare = without(text, taken)
    measures = measures_of(text, article.language)
    return Claim(
        article=article,
        span=span,
        text=text,
        quantity=quantity,
        others=tuple(q for q in beside if q is not quantity),
        measures=measures if quantity.unit in _RATES else measures - _DIRECTIONS,
        names=names_of(bare, article.language),
        codes=codes_of(bare),
        moments=moments,
        planned=tells_a_plan(text, article.language),
    )


def _is_claim(quantity: Quantity) -> bool:
    unit = quantity.unit
    if unit in _VAGUE or unit in _SPANS or quantity.upper is not None or quantity.value <= 0:
        return False
    return not (unit.startswith("count:") and unit not in _PEOPLE and quantity.value <= _FEW)


def about_one_thing(one: Claim, other: Claim) -> bool:
    """Tell whether nothing says that two claims speak of different subjects, measures, versions or periods."""
    if one.codes - other.codes and other.codes - one.codes:
        return False
    if one.measures - other.measures and other.measures - one.measures:
        return False
    if variants_of(one.text) != variants_of(other.text):
        return False
    if "each" in one.measures ^ other.measures:
        return False
    if one.quantity.unit in _RATES and _DIRECTIONS & (one.measures ^ other.measures):
        return False
    return _same_names(one, other) and _same_period(one, other) and _same_products(one, other)


def lacking(one: Claim, other: Claim) -> int:
    """Return how much is missing to be certain of one claim: 0 to 4.

    Two of five things must agree: measure, name, code, period, and what else is counted; a code or a plan in one of
    them alone counts against it.
    """
    agree = sum(
        (
            bool(one.measures & other.measures),
            shared_names(one, other),
            bool(one.codes & other.codes),
            any(overlap(a, b) for a in one.moments for b in other.moments),
            any(same_quantity(a, b).equal for a in one.others for b in other.others if a.unit and a.unit == b.unit),
        )
    )
    against = bool(one.codes ^ other.codes) + (one.planned != other.planned)
    return max(0, _ANCHORS - agree) + against


def shared_names(one: Claim, other: Claim) -> bool:
    """Tell whether both claims have a name in common, in whatever script."""
    return share_a_name(one.names, other.names)


def _same_names(one: Claim, other: Claim) -> bool:
    """Tell whether two claims that name somebody have a name in common; in one language, whether one has all of them.

    Across languages what is a name is seen too unevenly to ask for more.
    """
    if not one.names or not other.names:
        return True
    if one.article.language[:2] != other.article.language[:2]:
        return shared_names(one, other)
    ours, theirs = set(one.names), set(other.names)
    return bool(ours & theirs) and (ours <= theirs or theirs <= ours)


def _same_period(one: Claim, other: Claim) -> bool:
    """Tell whether the periods that both name may be one: they overlap, and of months, quarters and years one is equal.

    Where only one claim names any, they may.
    """
    if not one.moments or not other.moments:
        return True
    ours, theirs = _spans(one), _spans(other)
    if ours and theirs and not ours & theirs:
        return False
    return all(any(overlap(a, b) for b in other.moments) for a in one.moments) or all(
        any(overlap(a, b) for a in one.moments) for b in other.moments
    )


def _spans(claim: Claim) -> set[tuple[date, str]]:
    """Return the months, quarters and years that a claim names: what March brought is not what the quarter brought."""
    return {(moment.date, moment.precision) for moment in claim.moments if moment.precision != "day"}


def _same_products(one: Claim, other: Claim) -> bool:
    """Tell whether no physical quantity beside the claims contradicts too: 2 nm and 1.4 nm are two products."""
    beside = [(a, b) for a in one.others for b in other.others if a.unit == b.unit]
    units = {a.unit for a, _ in beside if a.unit not in _KINDS and a.unit not in _SPANS and a.unit}
    return all(any(same_quantity(a, b).equal for a, b in beside if a.unit == unit) for unit in units)

"""Where two reports of one event state one quantity differently: shown side by side, never settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from agent.embed import Encoder
from agent.model import Article, Bound, Number, Span, Value
from agent.quantities import Quantity, parse_quantities, same_quantity
from agent.sentences import split

_SAME_CLAIM = 0.7
"""Cosine from which two sentences make one claim; reports of one event lie at .52 to .77 as a whole."""
_FARTHEST = 3
"""Numbers farther apart than this factor measure different things."""
_MOST = 5


class Side(Value):
    """What one report states: a quantity in whole units, and the sentence that states it, verbatim."""

    article_id: str
    value: Number
    unit: str
    bound: Bound
    evidence: Span


class Contradiction(Value):
    """Two reports of one event that differ in a quantity."""

    first: Side
    second: Side


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence with the one quantity of its unit in it."""

    article: Article
    span: Span
    quantity: Quantity


def contradictions(reports: Sequence[Article], encoder: Encoder) -> tuple[Contradiction, ...]:
    """Return where reports of one event differ: at most five, the nearest sentences first.

    Two sentences contradict each other when they say nearly the same, each with one quantity of a unit, the
    quantities differ (`same_quantity`) by less than a factor of three, and neither report states the other's.
    """
    claims = [claim for report in reports for claim in _claims(report)]
    if not claims:
        return ()
    vectors = encoder.encode([claim.span.text for claim in claims])
    found = [
        (float(vectors[a] @ vectors[b]), claims[a], claims[b])
        for a, b in combinations(range(len(claims)), 2)
        if claims[a].article.id != claims[b].article.id and _differ(claims[a], claims[b])
    ]
    near = sorted((row for row in found if row[0] >= _SAME_CLAIM), key=lambda row: -row[0])
    stated = {report.id: parse_quantities(report.text, report.language) for report in reports}
    open_ones = [
        (a, b) for _, a, b in near if not _states(stated[b.article.id], a) and not _states(stated[a.article.id], b)
    ]
    return tuple(Contradiction(first=_side(a), second=_side(b)) for a, b in open_ones[:_MOST])


def _claims(report: Article) -> Iterator[_Claim]:
    for span in split(report.text, report.language):
        quantities = parse_quantities(span.text, report.language)
        for quantity in quantities:
            if quantity.unit and quantity.upper is None and [q.unit for q in quantities].count(quantity.unit) == 1:
                yield _Claim(report, span, quantity)


def _differ(a: _Claim, b: _Claim) -> bool:
    one, other = a.quantity, b.quantity
    if one.unit != other.unit or same_quantity(one, other).equal:
        return False
    low, high = sorted((abs(one.value), abs(other.value)))
    return low > 0 and high <= _FARTHEST * low


def _states(quantities: Sequence[Quantity], claim: _Claim) -> bool:
    return any(same_quantity(quantity, claim.quantity).equal for quantity in quantities)


def _side(claim: _Claim) -> Side:
    q = claim.quantity
    return Side(article_id=claim.article.id, value=q.value, unit=q.unit, bound=q.bound, evidence=claim.span)

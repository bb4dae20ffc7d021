"""Quantities that cannot both be right, gathered into what each report says of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from agent.contradictions.claims import Claim, about_one_thing, claims_of, lacking
from agent.contradictions.model import Contradiction, Side, gathered
from agent.model import Article
from agent.quantities import Quantity, parse_quantities, same_quantity
from agent.storage.embed import Encoder, Vectors

_ALIKE = {True: 0.55, False: 0.38}
"""Cosine from which two sentences, in one language or in two, may make one claim.

Sentences that tell one fact lie at .45 to .75 across languages (sample week), so the measure and a name must agree too.
"""
_LACKING = {True: 0.1, False: 0.08}
"""What it takes more when no measure, or no name, is seen in both."""
_ONLY_ONE_PERIOD = 0.05
_FARTHEST = 3
"""Numbers farther apart than this factor measure different things."""
_ROUGH = Decimal("0.1")
"""Behind `about`, or where a sum is converted from another currency, numbers nearer than this agree."""


def differing_amounts(reports: Sequence[Article], encoder: Encoder) -> list[Contradiction]:
    """Return where reports of one event differ in a quantity, the nearest sentences first.

    Two sentences contradict each other when each is the other's nearest among those of its report with that unit,
    they say nearly the same, nothing tells their subjects, measures or periods apart, the quantities differ by more
    than a rounding and less than a factor of three, no bound allows for both, and neither report states the other's.
    """
    claims = [claim for report in reports for claim in claims_of(report)]
    if not claims:
        return []
    vectors = encoder.encode([claim.text for claim in claims])
    stated = {r.id: parse_quantities(f"{r.title}\n{r.text}", r.language) for r in reports}
    found = [
        (likeness, a, b)
        for likeness, a, b in _nearest_pairs(claims, vectors)
        if _contradict(claims[a], claims[b], likeness)
        and not _states(stated[claims[b].article.id], claims[a])
        and not _states(stated[claims[a].article.id], claims[b])
    ]
    pairs = [(a, b) for _, a, b in sorted(found, key=lambda row: -row[0])]
    return [_told(group) for group in gathered(pairs, claims, reports)]


def _nearest_pairs(claims: Sequence[Claim], vectors: Vectors) -> list[tuple[float, int, int]]:
    """Return pairs of claims of two reports in one unit, each the other's nearest in that report."""
    likeness = vectors @ vectors.T
    places: dict[tuple[str, str], list[int]] = {}
    for place, claim in enumerate(claims):
        places.setdefault((claim.article.id, claim.quantity.unit), []).append(place)
    nearest = {
        (a, report): able[int(np.argmax(likeness[a, able]))]
        for a, claim in enumerate(claims)
        for (report, unit), able in places.items()
        if unit == claim.quantity.unit and report != claim.article.id
    }
    return [
        (float(likeness[a, b]), a, b)
        for (a, _), b in nearest.items()
        if a < b and nearest[b, claims[a].article.id] == a
    ]


def _contradict(a: Claim, b: Claim, likeness: float) -> bool:
    one_language = a.article.language[:2] == b.article.language[:2]
    needed = _ALIKE[one_language] + lacking(a, b) * _LACKING[one_language]
    needed += _ONLY_ONE_PERIOD * (bool(a.moments) != bool(b.moments))
    return likeness >= needed and _differ(a, b) and about_one_thing(a, b)


def _differ(a: Claim, b: Claim) -> bool:
    one, other = a.quantity, b.quantity
    low, high = sorted((one.value, other.value))
    apart = high - low
    if same_quantity(one, other).equal or high > _FARTHEST * low or apart < max(one.step, other.step):
        return False
    rough = "about" in (one.bound, other.bound) or a.converted or b.converted
    return not (rough and apart <= high * _ROUGH) and not (_allows(one, other) or _allows(other, one))


def _allows(bounded: Quantity, other: Quantity) -> bool:
    """Tell whether a bound leaves room for the other number: more than 300 for 350."""
    if bounded.bound in ("at_least", "more_than"):
        return other.value >= bounded.value
    return bounded.bound in ("at_most", "less_than") and other.value <= bounded.value


def _states(quantities: Sequence[Quantity], claim: Claim) -> bool:
    return any(q.unit == claim.quantity.unit and same_quantity(q, claim.quantity).equal for q in quantities)


def _told(group: Sequence[Claim]) -> Contradiction:
    measures = frozenset.intersection(*(claim.measures for claim in group))
    return Contradiction(kind="amount", measures=tuple(sorted(measures)), sides=tuple(map(_side, group)))


def _side(claim: Claim) -> Side:
    q = claim.quantity
    return Side(article_id=claim.article.id, value=q.value, unit=q.unit, bound=q.bound, evidence=claim.span)

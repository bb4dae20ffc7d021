"""The claims of a report: a sentence with one quantity, and whom, what and when it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from agent.contradictions.measures import measures_of, speaks_of_two
from agent.grounding.evidence import tells_a_plan
from agent.language.scripts import is_cjk
from agent.language.sentences import is_sentence, split
from agent.model import Article, Span
from agent.moments import Moment, parse_moments
from agent.names.known import general, group_of
from agent.names.sounds import sounds_alike
from agent.names.words import capitalised_names, japanese_names
from agent.quantities import Quantity, parse_quantities, same_quantity
from agent.quantities.currencies import CODES
from agent.roadmap import period_end

_ANCHORS = 2
_FEW = 12
"""Counts up to here name parts of a thing more often than its size: two models, three layers."""
_PEOPLE = frozenset({"count:people", "count:cases"})
_VAGUE = frozenset({"", "count:items", "count:occasions", "count:stages", "count:kinds", "count:points", "times"})
_SPANS = frozenset({"s", "min", "h", "day", "week", "month", "quarter", "year", "count:years old"})
_KINDS = frozenset({"%", "percentage_point", *CODES})
"""Units of what is measured; all others (nm, GB, parameters) tell as well which product is spoken of."""
_CAPITALS = frozenset({"en", "fr", "es"})
_RATES = frozenset({"%", "percentage_point"})
_DIRECTIONS = frozenset({"up", "down"})
_LATIN = re.compile(r"[A-Za-zÀ-ÿ][\w&.+’'-]*[A-Za-zÀ-ÿ0-9]")
_CODE = re.compile(
    r"(?<![\w.])(?=[\w.-]*[A-Za-z])(?=[\w.-]*\d)[\w.-]+(?!\w)|[A-Z]\w+[ -]\d+(?:\.\d+)*(?!\w)"
    r"|(?:シリーズ|Series |Serie |série |serie )[A-Z]\b"
)
_VARIANT = re.compile(
    r"(?<=[A-Za-z0-9][ -])(?:Pro|Max|Plus|Ultra|Mini|Lite|Air|Nano|Turbo|Flash|Instant|SE|FE)(?![A-Za-z])"
)
_ABOUT_SO_MANY = re.compile(r"台(?![湾灣])|規模|余り?|강|여 |대(?=[를의로])|多")
_OF_PEOPLE = frozenset({"dead", "hurt", "missing", "moved", "arrested", "dismissed"})
_COMMA = re.compile(r"[、，；;]|,(?=\s)|\s(?:and|und|et|y)\s")
_NO_NAME_WORDS = (
    "AI KI IA LLM GPU NPU CPU GPUs NPUs US U.S USA UK EU CEO CTO CFO CSP Q1 Q2 Q3 Q4 H1 H2 AI-related Co Inc Corp Ltd "
    "United States Manufacturing Company Series Serie"
)
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
"""Capitals that tell no subject apart."""
_CAPITALS_ELSEWHERE = re.compile(r"[A-Z].*[A-Z0-9]|\d")


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
    bare = _without(text, taken)
    measures = measures_of(text, article.language)
    return Claim(
        article=article,
        span=span,
        text=text,
        quantity=quantity,
        others=tuple(q for q in beside if q is not quantity),
        measures=measures if quantity.unit in _RATES else measures - _DIRECTIONS,
        names=_names(bare, article.language),
        codes=frozenset(m.group().casefold() for m in _CODE.finditer(bare)),
        moments=moments,
        planned=tells_a_plan(text, article.language),
    )


def _is_claim(quantity: Quantity) -> bool:
    unit = quantity.unit
    if unit in _VAGUE or unit in _SPANS or quantity.upper is not None or quantity.value <= 0:
        return False
    return not (unit.startswith("count:") and unit not in _PEOPLE and quantity.value <= _FEW)


def _without(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """Return a text with stretches blanked."""
    for start, end in taken:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _names(text: str, language: str) -> tuple[str, ...]:
    words = [re.sub(r"[’']s$", "", m.group()) for m in _LATIN.finditer(text)]
    found = [word for word in words if _CAPITALS_ELSEWHERE.search(word)]
    if is_cjk(language):
        found += [word for word in words if word[0].isupper()]
    if language[:2] == "ja":
        found += [name.text for name in japanese_names(text)]
    elif language[:2] in _CAPITALS:
        found += [name.text.removesuffix("'s").removesuffix("’s") for name in capitalised_names(text)]
    found += [match.group() for match in _world().finditer(text)]
    free = general(language) | _NO_NAMES
    return tuple(name for name in dict.fromkeys(found) if name not in free)


@cache
def _world() -> re.Pattern[str]:
    """Return what finds the known forms that are long enough, or in a script without word ends."""
    forms = {form for forms in group_of().values() for form in forms}
    latin = sorted((re.escape(f) for f in forms if f.isascii() and len(f) > 3), key=len, reverse=True)
    other = sorted((re.escape(f) for f in forms if not f.isascii() and len(f) > 1), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(latin)})(?![A-Za-z0-9])|{'|'.join(other)}")


def about_one_thing(one: Claim, other: Claim) -> bool:
    """Tell whether nothing says that two claims speak of different subjects, measures, versions or periods."""
    if one.codes - other.codes and other.codes - one.codes:
        return False
    if one.measures - other.measures and other.measures - one.measures:
        return False
    if _variants(one) != _variants(other):
        return False
    if "each" in one.measures ^ other.measures:
        return False
    if one.quantity.unit in _RATES and _DIRECTIONS & (one.measures ^ other.measures):
        return False
    return _same_names(one, other) and _same_period(one, other) and _same_products(one, other)


def _variants(claim: Claim) -> frozenset[str]:
    """Return what tells versions of a product apart that have its whole name: X4 Pro, X4 Mini."""
    return frozenset(match.group().casefold() for match in _VARIANT.finditer(claim.text))


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
            any(_overlap(a, b) for a in one.moments for b in other.moments),
            any(same_quantity(a, b).equal for a in one.others for b in other.others if a.unit and a.unit == b.unit),
        )
    )
    against = bool(one.codes ^ other.codes) + (one.planned != other.planned)
    return max(0, _ANCHORS - agree) + against


def shared_names(one: Claim, other: Claim) -> bool:
    """Tell whether both claims have a name in common, in whatever script."""
    return any(_one_name(a, b) for a in one.names for b in other.names)


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


@cache
def _one_name(a: str, b: str) -> bool:
    one, other = a.casefold(), b.casefold()
    if one == other or other in {form.casefold() for form in group_of().get(one, ())}:
        return True
    return a.isascii() != b.isascii() and sounds_alike(a, b)


def _same_period(one: Claim, other: Claim) -> bool:
    """Tell whether the periods that both name may be one: they overlap, and of months, quarters and years one is equal.

    Where only one claim names any, they may.
    """
    if not one.moments or not other.moments:
        return True
    ours, theirs = _spans(one), _spans(other)
    if ours and theirs and not ours & theirs:
        return False
    return all(any(_overlap(a, b) for b in other.moments) for a in one.moments) or all(
        any(_overlap(a, b) for a in one.moments) for b in other.moments
    )


def _spans(claim: Claim) -> set[tuple[date, str]]:
    """Return the months, quarters and years that a claim names: what March brought is not what the quarter brought."""
    return {(moment.date, moment.precision) for moment in claim.moments if moment.precision != "day"}


def _overlap(a: Moment, b: Moment) -> bool:
    # A report of Tuesday may date to Monday what happened in the night.
    slack = timedelta(days=1) if a.precision == b.precision == "day" else timedelta()
    return _last(b) + slack >= a.date and _last(a) + slack >= b.date


def _last(moment: Moment) -> date:
    return period_end(moment.date, moment.precision)


def _same_products(one: Claim, other: Claim) -> bool:
    """Tell whether no physical quantity beside the claims contradicts too: 2 nm and 1.4 nm are two products."""
    beside = [(a, b) for a in one.others for b in other.others if a.unit == b.unit]
    units = {a.unit for a, _ in beside if a.unit not in _KINDS and a.unit not in _SPANS and a.unit}
    return all(any(same_quantity(a, b).equal for a, b in beside if a.unit == unit) for unit in units)

"""Dates that cannot both be right: one act of one subject, dated differently by two reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import get_args

from agent.contradictions.lexicon import said_in
from agent.contradictions.model import Contradiction, Side, gathered
from agent.contradictions.naming import codes_of, countries_of, names_first, share_a_name, variants_of, without
from agent.contradictions.periods import overlap
from agent.language.sentences import is_sentence, split
from agent.model import Article, Precision, Span
from agent.moments import Moment, parse_moments
from agent.names import names_in
from agent.storage.embed import Encoder

_ALIKE = {True: 0.5, False: 0.38}
"""Cosine from which two sentences, in one language or in two, may tell of one act."""
_ALIKE_UNNAMED = 0.72
"""The same where no name says that they speak of one subject: in one language alone."""
_FARTHEST_DAYS = 550
_OWN_DAYS = 2
_FIRST = re.compile(r"\A[A-Z]\w+(?= [A-Z])")
"""A sentence's first word that begins a name: Marlow Bank."""
_FINER: tuple[Precision, ...] = get_args(Precision)
_NO_ACTS = frozenset({"told", "unsure"})


@dataclass(frozen=True)
class _Dated:
    """A sentence that dates an act, with the only date in it."""

    article: Article
    span: Span
    text: str
    """The sentence without its dates."""
    moment: Moment
    acts: frozenset[str]
    names: tuple[str, ...]
    codes: frozenset[str]
    countries: frozenset[str]


def differing_dates(reports: Sequence[Article], encoder: Encoder) -> list[Contradiction]:
    """Return where reports of one event date one act differently, the nearest sentences first.

    Two sentences do when they have an act and a subject in common, nothing tells acts, subjects, versions or countries
    apart, their dates lie more than a day and less than a year and a half apart, neither is a part of the other, and
    neither report names the other's date.
    """
    told = [dated for report in reports for dated in _dated_of(report)]
    pairs = [(a, b) for a, b in combinations(range(len(told)), 2) if _may_differ(told[a], told[b])]
    if not pairs:
        return []
    named = {report.id: _moments(report) for report in reports}
    pairs = [(a, b) for a, b in pairs if not _knows(named, told[a], told[b]) and not _knows(named, told[b], told[a])]
    places = sorted({place for pair in pairs for place in pair})
    vectors = dict(zip(places, encoder.encode([told[place].span.text for place in places]), strict=True))
    likeness = {(a, b): float(vectors[a] @ vectors[b]) for a, b in pairs}
    near = [pair for pair in pairs if likeness[pair] >= _needed(told[pair[0]], told[pair[1]])]
    near.sort(key=lambda pair: -likeness[pair])
    return [_found(group) for group in gathered(near, told, reports)]


def _dated_of(article: Article) -> Iterator[_Dated]:
    """Yield the sentences of an article that date an act."""
    language, day = article.language, article.published_at.date()
    for span in split(article.text, language):
        said = said_in("acts", span.text, language)
        if not is_sentence(span) or "unsure" in said or not said - _NO_ACTS:
            continue
        moments = parse_moments(span.text, language, day)
        if len(dates := _dates(moments, day)) != 1:
            continue
        bare = without(span.text, [(m.start, m.end) for m in moments])
        yield _Dated(
            article,
            span,
            bare,
            dates[0],
            said - _NO_ACTS,
            (*_FIRST.findall(bare), *names_in(bare, language)),
            codes_of(bare),
            countries_of(span.text, language),
        )


def _dates(moments: Sequence[Moment], day: date) -> list[Moment]:
    """Return the dates of acts in a report of that day: not its own, nor a year or month that another date lies in."""
    # On Tuesday it said that it opens on May 3 this year.
    apart = [m for m in moments if len(moments) == 1 or abs((m.date - day).days) > _OWN_DAYS or m.precision != "day"]
    return [
        m
        for m in apart
        if not any(overlap(m, n) and _FINER.index(n.precision) < _FINER.index(m.precision) for n in apart)
    ]


def _may_differ(one: _Dated, other: _Dated) -> bool:
    if one.article.id == other.article.id or overlap(one.moment, other.moment):
        return False
    if abs((one.moment.date - other.moment.date).days) > _FARTHEST_DAYS:
        return False
    shared = one.acts & other.acts
    if not shared or (one.acts - shared and other.acts - shared) or one.countries != other.countries:
        return False
    if one.codes != other.codes:
        return False
    return variants_of(one.span.text) == variants_of(other.span.text) and _one_subject(one, other)


def _one_subject(one: _Dated, other: _Dated) -> bool:
    """Tell whether names say, or leave room for it, that two sentences speak of one subject."""
    if not _one_language(one, other):
        pairs = ((one, other), (other, one))
        told = {names_first(a.text, a.article.language, b.text, b.article.language) for a, b in pairs}
        return True in told and False not in told
    return not _unmatched(one, other) or not _unmatched(other, one)


def _unmatched(one: _Dated, other: _Dated) -> list[str]:
    return [name for name in one.names if not share_a_name([name], other.names)]


def _one_language(one: _Dated, other: _Dated) -> bool:
    return one.article.language[:2] == other.article.language[:2]


def _needed(one: _Dated, other: _Dated) -> float:
    one_language = _one_language(one, other)
    named = share_a_name(one.names, other.names)
    return _ALIKE_UNNAMED if one_language and not named else _ALIKE[one_language]


def _moments(report: Article) -> list[Moment]:
    return parse_moments(f"{report.title}\n{report.text}", report.language, report.published_at.date())


def _knows(named: dict[str, list[Moment]], one: _Dated, other: _Dated) -> bool:
    """Tell whether the report of one sentence names the date of the other one, as exactly or more."""
    exact = _FINER.index(other.moment.precision)
    return any(
        overlap(moment, other.moment) and _FINER.index(moment.precision) <= exact for moment in named[one.article.id]
    )


def _found(group: Sequence[_Dated]) -> Contradiction:
    sides = [
        Side(article_id=d.article.id, evidence=d.span, day=d.moment.date, precision=d.moment.precision) for d in group
    ]
    return Contradiction(kind="date", sides=tuple(sides))

"""How much of an article a sentence carries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agent.extractive.cues import dangles, is_noise, reports_news
from agent.language.scripts import is_cjk
from agent.language.sentences import is_sentence, split
from agent.model import Article, Span
from agent.quantities import parse_quantities
from agent.storage.embed import Encoder, Vectors

_TITLE, _CENTRE, _LEAD, _FIGURE, _NEWS = 0.6, 0.35, 0.32, 0.06, 0.1
_REDUNDANCY = 0.35
"""Weight of likeness to what is already chosen: maximal marginal relevance, Carbonell and Goldstein 1998."""
_HANGING = 0.5
_NEIGHBOUR = 0.05


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be printed: its place among all spans of the text, its vector's row, and its salience."""

    span: Span
    place: int
    row: int
    position: float
    """0 for the first sentence of the article, 1 for the last."""
    salience: float
    hanging: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """The sentences of an article in source order, with their vectors."""

    sentences: tuple[Sentence, ...]
    vectors: Vectors


def rank(article: Article, encoder: Encoder) -> Ranked:
    """Return the article's printable sentences with their salience.

    Salience is likeness to the title and to the middle of all sentences, the place in the text (news puts the
    weight first), and figures. Captions, pitches, very short and very long sentences are left out.
    """
    spans = split(article.text, article.language)
    usable = [(place, span) for place, span in enumerate(spans) if _printable(span, article)]
    if not usable:
        return Ranked((), np.zeros((0, 1), dtype=np.float32))
    vectors = encoder.encode([article.title, *(span.text for _, span in usable)])
    title, rows = vectors[0], vectors[1:]
    centre = rows.mean(axis=0)
    length = float(np.linalg.norm(centre)) or 1.0
    scores = _TITLE * (rows @ title) + _CENTRE * (rows @ centre) / length
    last = max(1, len(usable) - 1)
    sentences = tuple(
        Sentence(
            span, place, row, row / last,
            float(scores[row]) + _LEAD / (1 + 0.6 * row) + _extra(span.text, article.language),
            dangles(span.text, article.language),
        )
        for row, (place, span) in enumerate(usable)
    )  # fmt: skip
    return Ranked(sentences, rows)


def choose(
    ranked: Ranked,
    pool: list[Sentence],
    taken: list[Sentence],
    most: int,
    room: int,
    bonus: dict[int, float] | None = None,
) -> list[Sentence]:
    """Choose up to `most` sentences of `pool` within `room` characters, in source order, by marginal relevance.

    `taken` are sentences printed elsewhere: likeness to them counts against a sentence too. `bonus` adds to the
    salience by row. A sentence that points back is chosen only behind the one that it points at.
    """
    chosen: list[Sentence] = []
    free = list(pool)
    while free and len(chosen) < most:
        fitting = [s for s in free if sum(len(c.span.text) for c in chosen) + len(s.span.text) <= room]
        if not fitting:
            break
        best = max(fitting, key=lambda s: _worth(ranked, s, chosen, taken) + (bonus or {}).get(s.row, 0.0))
        chosen.append(best)
        free.remove(best)
    ordered = sorted(chosen, key=lambda s: s.place)
    return _without_orphans(ordered)


def _worth(ranked: Ranked, sentence: Sentence, chosen: list[Sentence], taken: list[Sentence]) -> float:
    worth = sentence.salience
    others = [c.row for c in (*chosen, *taken)]
    if others:
        worth -= _REDUNDANCY * float((ranked.vectors[others] @ ranked.vectors[sentence.row]).max())
    follows = any(c.place == sentence.place - 1 for c in chosen)
    if sentence.hanging and not follows:
        worth -= _HANGING
    beside = any(abs(c.place - sentence.place) == 1 for c in chosen)
    return worth + (_NEIGHBOUR if beside else 0.0)


def _without_orphans(ordered: list[Sentence]) -> list[Sentence]:
    """Drop sentences that point back at nothing, as long as two others remain."""
    kept: list[Sentence] = []
    for sentence in ordered:
        follows = bool(kept) and kept[-1].place == sentence.place - 1
        if not sentence.hanging or follows:
            kept.append(sentence)
    return kept if len(kept) >= min(2, len(ordered)) else ordered


def _printable(span: Span, article: Article) -> bool:
    shortest, longest = (14, 220) if is_cjk(article.language) else (35, 480)
    return is_sentence(span) and shortest <= len(span.text) <= longest and not is_noise(span.text)


def _extra(sentence: str, language: str) -> float:
    firm = sum(1 for q in parse_quantities(sentence, language) if q.unit and not q.unit.startswith("count:items"))
    question = 0.15 if sentence.rstrip('」』”"').endswith(("?", "？", "か。")) else 0.0
    news = _NEWS if reports_news(sentence, language) else 0.0
    return _FIGURE * min(firm, 2) + news - question

"""A digest without a model: sentences of the article itself, chosen and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.embed import Encoder
from agent.engine import Brief
from agent.extractive.cues import cue_count
from agent.extractive.facts import events, figures
from agent.extractive.salience import Ranked, Sentence, choose, rank
from agent.model import Article, Detail, Digest
from agent.scripts import is_cjk

_SUMMARY_SENTENCES, _PART_SENTENCES = 4, 3
_ENOUGH = 3
"""So many sentences must be left for the detail to be given three parts."""


@dataclass(frozen=True, slots=True)
class _Room:
    """Lengths in characters of the language's own script."""

    summary: int
    part: int


def extract_digest(article: Article, brief: Brief, encoder: Encoder) -> Digest:
    """Make a digest of an article from its own sentences, in its own language.

    `summary` holds up to four whole sentences (320 characters of Chinese, Japanese or Korean, 700 of other scripts);
    `detail` is made of the rest and never repeats one. A short article leaves parts of the detail empty. The title
    is the article's, and figures and events carry the sentence that states them as evidence, at exact offsets.
    """
    ranked = rank(article, encoder)
    room = _Room(320, 280) if is_cjk(article.language) else _Room(700, 620)
    everything = list(ranked.sentences)
    summary = choose(ranked, everything, [], _SUMMARY_SENTENCES, room.summary) or everything[:1]
    detail = _detail(ranked, summary, article.language, room)
    return Digest(
        article_id=article.id,
        engine="extractive",
        language=article.language,
        title=article.title,
        summary=_joined(summary, article.language),
        detail=detail,
        figures=figures(article, ranked.sentences),
        events=events(article, ranked.sentences),
    )


def _detail(ranked: Ranked, summary: Sequence[Sentence], language: str, room: _Room) -> Detail:
    used = list(summary)
    rest = [s for s in ranked.sentences if s not in used]
    short = len(rest) < _ENOUGH
    impact = _part(ranked, _ahead(rest, language), used, room)
    used += impact
    back = [s for s in _back(rest, language) if s not in used]
    background = _part(ranked, back, used, room)
    used += background
    main = _part(ranked, [(s, 0.0) for s in rest if s not in used], used, room) if not short else []
    return Detail(
        background=_joined(background, language), main=_joined(main, language), impact=_joined(impact, language)
    )


def _joined(sentences: Sequence[Sentence], language: str) -> str:
    """Join sentences as the language does: no space between Chinese and Japanese ones."""
    return ("" if language[:2] in ("ja", "zh") else " ").join(s.span.text for s in sentences)

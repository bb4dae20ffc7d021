"""A digest without a model: sentences of the article itself, chosen and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.engine import Brief
from agent.extractive.cues import cue_count
from agent.extractive.facts import events, figures
from agent.extractive.salience import Ranked, Sentence, choose, rank
from agent.language.scripts import is_cjk
from agent.model import Article, Detail, Digest
from agent.storage.embed import Encoder

_SUMMARY_SENTENCES, _PART_SENTENCES = 4, 3
_CUE, _PLACE = 0.25, 0.5
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
    """Share out what the summary left: effects and plans, causes and what was before, and the main rest."""
    used = list(summary)
    rest = [s for s in ranked.sentences if s not in used]
    most = _PART_SENTENCES if len(rest) >= 3 * _PART_SENTENCES else max(1, len(rest) // 3)
    impact: list[Sentence] = []
    background: list[Sentence] = []
    if len(rest) >= _ENOUGH:
        ahead = {s.row: _cue_bonus(s, language, ahead=True) for s in rest}
        impact = _part(ranked, rest, used, most, room, ahead)
        used += impact
        back = {s.row: _cue_bonus(s, language, ahead=False) for s in rest}
        background = _part(ranked, [s for s in rest if s not in used], used, most, room, back)
        used += background
    main = _part(ranked, [s for s in rest if s not in used], used, _PART_SENTENCES, room, None)
    return Detail(
        background=_joined(background, language), main=_joined(main, language), impact=_joined(impact, language)
    )


def _part(
    ranked: Ranked, pool: list[Sentence], used: list[Sentence], most: int, room: _Room, bonus: dict[int, float] | None
) -> list[Sentence]:
    fit = [s for s in pool if bonus is None or bonus[s.row] > 0]
    return choose(ranked, fit, used, most, room.part, bonus)


def _cue_bonus(sentence: Sentence, language: str, ahead: bool) -> float:
    """Weigh a sentence for a part by its cue words and its place; 0 or less keeps it out."""
    cues = cue_count(sentence.span.text, language, ahead)
    against = cue_count(sentence.span.text, language, not ahead)
    place = sentence.position if ahead else 1 - sentence.position
    if not cues and place < 0.7:
        return 0.0
    return _CUE * min(cues, 2) - 0.5 * _CUE * min(against, 2) + _PLACE * (place - 0.3)


def _joined(sentences: Sequence[Sentence], language: str) -> str:
    """Join sentences as the language does: no space between Chinese and Japanese ones."""
    return ("" if language[:2] in ("ja", "zh") else " ").join(s.span.text for s in sentences)

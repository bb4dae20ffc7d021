"""Contradictions between reports of one event found, and none where they agree or speak of different things."""

from __future__ import annotations

from typing import Literal

from agent.contradictions import contradictions
from agent.language.sentences import split
from agent.model import Article, Value
from agent.storage.embed import Encoder, SentenceEncoder
from evals.bench import Bench, Skip
from evals.dataset import read_dataset, read_jsonl, sentences_of, used
from evals.events import news_article
from evals.result import DatasetUsed, Measured, Metric
from evals.scores import number, share

_TOLERANCE = 0.02
_FILE = "ntrex_docs_en_ja_ko_zh.jsonl"
_LANGUAGES = ("en", "ja", "ko", "zh-CN")
Kind = Literal[
    "contradiction", "another notation", "rounding", "about", "conversion", "bound", "another period",
    "another subject", "another measure", "part and whole", "forecast and fact", "former value",
    "per year and total", "another product", "another currency", "both are stated", "rise and level", "rise and fall",
    "another place", "small counts", "unrelated",
    # In the held-out pairs alone; the first five differ.
    "number", "date", "negation", "name", "cause", "another date", "date, coarser", "another name", "another cause",
    "not turned",
]  # fmt: skip


class Told(Value):
    """What one report says."""

    language: str
    text: str


class Pair(Value):
    """Two reports of one event; `kind` says why they agree, or speak of different things, when they do not differ."""

    differ: bool
    kind: Kind
    first: Told
    second: Told


async def measure(bench: Bench) -> Measured:
    """Score our own pairs, and count what is found where nothing differs: the sample week, translations of a story."""
    pairs, dataset = read_dataset("contradictions", Pair)
    encoder = SentenceEncoder()
    verdicts = [(pair, _differ(pair, encoder)) for pair in pairs]
    metrics = [
        share("contradictions found", [found for pair, found in verdicts if pair.differ], dataset.name,
              tolerance=_TOLERANCE),
        share("agreeing pairs left alone", [not found for pair, found in verdicts if not pair.differ], dataset.name),
    ]  # fmt: skip
    held, held_out = read_dataset("contradictions_held", Pair)
    # What was found wrongly in every other pair has been read, and mended where a rule was lacking.
    held = held[1::2]
    told_apart = [(pair, _differ(pair, encoder)) for pair in held]
    for kind in sorted({pair.kind for pair in held if pair.differ}):
        found_of = [found for pair, found in told_apart if pair.kind == kind]
        metrics.append(share(f"held out: {kind} found", found_of, held_out.name, tolerance=_TOLERANCE))
    left = [not found for pair, found in told_apart if not pair.differ]
    metrics.append(share("held out: agreeing pairs left alone", left, held_out.name, tolerance=_TOLERANCE))
    mistakes = [f"{p.kind}: {p.first.text} / {p.second.text}" for p, found in verdicts if found != p.differ]
    datasets, notes = [dataset, held_out], []
    try:
        metric, week, told = await _sample(bench)
        metrics.append(metric)
        datasets.append(week)
        mistakes += told
    except Skip as absent:
        notes.append(str(absent))
    if bench.has("ntrex"):
        metric, translated, told = _translations(bench, encoder)
        metrics.append(metric)
        datasets.append(translated)
        mistakes += told
    else:
        notes.append("data absent: NTREX translations not measured")
    return Measured(metrics=tuple(metrics), datasets=tuple(datasets), mistakes=tuple(mistakes), note="; ".join(notes))


def _differ(pair: Pair, encoder: Encoder) -> bool:
    reports = [
        news_article(name, [s.text for s in split(told.text, told.language)], told.language)
        for name, told in (("first", pair.first), ("second", pair.second))
    ]
    return bool(contradictions(reports, encoder))


async def _sample(bench: Bench) -> tuple[Metric, DatasetUsed, list[str]]:
    """Count what is shown in the sample week, whose reports of one event agree."""
    week = await bench.sample()
    events = [[week.articles[i] for i in (e.article_id, *e.other_ids)] for e in week.plan.events if e.other_ids]
    found = [told for reports in events for told in _told(reports, week.encoder)]
    metric = number("shown in the sample week", len(found), len(events), week.dataset.name, better="lower")
    return metric, week.dataset, found


def _translations(bench: Bench, encoder: Encoder) -> tuple[Metric, DatasetUsed, list[str]]:
    """Count what is found between translations of one story, which say the same."""
    path = bench.real("ntrex") / _FILE
    rows = read_jsonl(path)[: bench.few(12, 1000)]
    found = []
    for place, row in enumerate(rows):
        texts = {language: sentences_of(row, language) for language in _LANGUAGES}
        found += _told(
            [news_article(f"{place}-{tongue}", said, tongue) for tongue, said in texts.items() if said], encoder
        )
    metric = number("found in NTREX translations, a story", len(found) / len(rows), len(rows), "NTREX translations",
                    better="lower")  # fmt: skip
    return metric, used("NTREX translations", [path], len(rows)), found


def _told(reports: list[Article], encoder: Encoder) -> list[str]:
    return [" / ".join(side.evidence.text for side in found.sides) for found in contradictions(reports, encoder)]

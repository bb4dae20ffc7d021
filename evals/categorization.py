"""Articles in the categories that a careful editor chose, and sentences of SIB-200 by topic across languages."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from agent.engine import Brief, Digested, Engine
from agent.extractive.engine import ExtractiveEngine
from agent.model import Article, Detail, Digest
from agent.week import Week
from evals.bench import Bench
from evals.dataset import used
from evals.result import DatasetUsed, Measured, Metric
from evals.sample_week import SampleWeek
from evals.scores import macro_f1, number, share

_LANGUAGES = {"eng_Latn": "en", "jpn_Jpan": "ja", "kor_Hang": "ko", "zho_Hans": "zh-Hans", "deu_Latn": "de"}
_HINTS = {
    "science/technology": "science, research, technology, physics, chemistry, computers, experiments, space",
    "travel": "travel, tourists, hotels, flights, trips, visiting places, transport for travellers",
    "politics": "politics, government, elections, parliament, war, diplomacy, law",
    "sports": "sports, athletes, teams, matches, olympics, championships",
    "health": "health, disease, medicine, hospitals, virus, patients",
    "entertainment": "entertainment, music, films, television, art, celebrities, festivals",
    "geography": "geography, mountains, rivers, islands, climate, regions, animals of a place",
}


async def measure(bench: Bench) -> Measured:
    """Score the engine's categories: the model's where one is named, else the extractive engine's."""
    week = await bench.sample()
    engine = _engine(bench, week)
    metrics, mistakes = await _sample(week, engine)
    datasets, note = [week.dataset], ""
    if bench.client is None and bench.has("sib200"):
        found, data = await _sib(bench.real("sib200"), bench, engine)
        metrics += found
        datasets.append(data)
    elif bench.client is None:
        note = "data absent: SIB-200 not measured"
    return Measured(metrics=tuple(metrics), datasets=tuple(datasets), mistakes=tuple(mistakes), note=note)


def _engine(bench: Bench, week: SampleWeek) -> Engine:
    if bench.client is None:
        return ExtractiveEngine(week.encoder)
    from agent.model_engine import ModelEngine

    return ModelEngine(bench.client)


async def _sample(week: SampleWeek, engine: Engine) -> tuple[list[Metric], list[str]]:
    articles, by_url = [], week.by_url()
    gold: dict[str, str] = {}
    for event in week.expected.events:
        for url in event.urls:
            article = by_url.get(url)
            if article is not None and article.id not in gold:
                gold[article.id] = event.category
                articles.append(article)
    found = await _labels([digested(article) for article in articles], week.topic.brief(week.week), engine)
    name = week.dataset.name
    mistakes = [f"{found[a.id]} for {gold[a.id]}: {a.title}" for a in articles if found[a.id] != gold[a.id]]
    metrics = [
        share("sample week accuracy", [found[a.id] == gold[a.id] for a in articles], name, tolerance=0.02),
        number(
            "sample week macro F1",
            macro_f1([gold[a.id] for a in articles], [found[a.id] for a in articles]),
            len(articles),
            name,
            tolerance=0.02,
        ),
    ]
    return metrics, mistakes


async def _labels(items: Sequence[Digested], brief: Brief, engine: Engine) -> dict[str, str]:
    drafts = await engine.categorize(items, brief)
    return {article_id: draft.name for draft in drafts for article_id in draft.article_ids}


def digested(article: Article) -> Digested:
    """Return an article with a digest of its own first paragraphs: sorting needs no better one."""
    lines = [line for line in article.text.split("\n") if line]
    parts = [lines[min(place, len(lines) - 1)] for place in range(4)]
    detail = Detail(background=parts[1], main=parts[2], impact=parts[3])
    digest = Digest(
        article_id=article.id,
        engine="extractive",
        language=article.language,
        title=article.title,
        summary=parts[0],
        detail=detail,
    )
    return Digested(article, digest)


async def _sib(folder: Path, bench: Bench, engine: Engine) -> tuple[list[Metric], DatasetUsed]:
    brief = Brief("News", "", "en", Week(2026, 15, "UTC"), categories=tuple(_HINTS), category_hints=_HINTS)
    metrics: list[Metric] = []
    labels: dict[str, list[str]] = {}
    count, languages = bench.few(40, 204), dict(list(_LANGUAGES.items())[: bench.few(2, 5)])
    data = used("SIB-200", [folder / f"{name}.test.tsv" for name in languages], count)
    for name, language in languages.items():
        rows = _rows(folder / f"{name}.test.tsv", count)
        items = [digested(_sentence(row["index_id"], row["text"], language)) for row in rows]
        found = await _labels(items, brief, engine)
        labels[language] = [found[item.article.id] for item in items]
        f1 = macro_f1([row["category"] for row in rows], labels[language])
        metrics.append(number(f"SIB-200 {language} macro F1", f1, len(rows), data.name, tolerance=0.02))
    agreed = [max(Counter(row).values()) == len(row) for row in zip(*labels.values(), strict=True)]
    metrics.append(share("SIB-200 same label in every language", agreed, data.name, tolerance=0.02))
    return metrics, data


def _rows(path: Path, count: int) -> list[dict[str, str]]:
    """Return `count` rows, the same in every language, and of mixed topics: the files hold them topic by topic."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(
            csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), key=lambda row: int(row["index_id"])
        )
    return rows[:count]


def _sentence(name: str, text: str, language: str) -> Article:
    moment = datetime(2026, 4, 8, tzinfo=UTC)
    return Article(
        id=name,
        url=f"https://news.example/{name}",
        title=text,
        text=text,
        language=language,
        published_at=moment,
        outlet="News",
        outlet_class="newsroom",
        country="",
        source="eval",
        fetched_at=moment,
    )

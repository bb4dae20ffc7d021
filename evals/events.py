"""Reports of one event brought together: B-cubed on the sample week, and on stories told in parts and languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from agent.model import Article
from agent.selection.events import group_events
from agent.storage.embed import SentenceEncoder, unit_rows
from evals.bench import Bench
from evals.dataset import read_jsonl, sentences_of, used
from evals.research import score_research
from evals.result import DatasetUsed, Measured, Metric
from evals.scores import b_cubed, number

_WINDOW = 4
_NTREX_LANGUAGES = ("en", "ja", "ko", "zh-CN")
_FILE = "ntrex_docs_en_ja_ko_zh.jsonl"


async def measure(bench: Bench) -> Measured:
    """Score the grouping of the sample week's reports and, where the data is, of windows of NTREX documents.

    The windows are a stand-in for real reports of one event: each story is told 1 to 6 times, by four sentences that no
    other telling has where the document is long enough, in a language that changes from telling to telling. Reports of
    one event share what happened, so that in the second measure every telling begins with the story's first two
    sentences; the first, in which they share nothing, is the floor.
    """
    week = await bench.sample()
    score = score_research(week.plan, week.articles, week.expected)
    members = sum(len(event.other_ids) + 1 for event in week.plan.events)
    metrics = [number("b_cubed sample week", score.b_cubed, members, week.dataset.name, tolerance=0.01)]
    datasets, note = [week.dataset], ""
    if bench.has("ntrex"):
        rows, dataset = _stories(bench)
        for lead, name in ((0, "b_cubed NTREX stories"), (2, "b_cubed NTREX stories, shared lead")):
            told = [telling for place, row in enumerate(rows) for telling in _tellings(place, row, lead)]
            metrics.append(_grouping(name, told, week.encoder, dataset.name))
        datasets.append(dataset)
    else:
        note = "data absent: NTREX stories not measured"
    return Measured(metrics=tuple(metrics), datasets=tuple(datasets), note=note)


def _stories(bench: Bench) -> tuple[Sequence[Mapping[str, object]], DatasetUsed]:
    path = bench.real("ntrex") / _FILE
    rows = read_jsonl(path)[: bench.few(15, 1000)]
    return rows, used("NTREX stories", [path], len(rows))


def _tellings(place: int, row: Mapping[str, object], lead: int) -> list[tuple[str, Article]]:
    languages = [language for language in _NTREX_LANGUAGES if sentences_of(row, language)]
    articles = []
    for turn in range(1 + place % 6):
        language = languages[(place + turn) % len(languages)]
        sentences = sentences_of(row, language)
        first = min(turn * _WINDOW, max(len(sentences) - _WINDOW, 0))
        window = [*sentences[: min(lead, first)], *sentences[first : first + _WINDOW]]
        articles.append((str(row["doc_id"]), news_article(f"{place}-{turn}", window, language)))
    return articles


def news_article(name: str, sentences: Sequence[str], language: str) -> Article:
    """Return NTREX sentences as an article whose title is the first one; NTREX's language tags are turned into ours."""
    moment = datetime(2026, 4, 8, tzinfo=UTC)
    return Article(
        id=name,
        url=f"https://news.example/{name}",
        title=sentences[0],
        text="\n".join(sentences),
        language="zh-Hans" if language == "zh-CN" else language,
        published_at=moment,
        outlet="News",
        outlet_class="newsroom",
        country="",
        source="eval",
        fetched_at=moment,
    )


def _grouping(name: str, told: Sequence[tuple[str, Article]], encoder: SentenceEncoder, dataset: str) -> Metric:
    articles = [article for _, article in told]
    rows = unit_rows(encoder.encode([a.title for a in articles]) + encoder.encode([a.text for a in articles]))
    found = {index: str(group) for group, members in enumerate(group_events(articles, rows)) for index in members}
    gold = {index: story for index, (story, _) in enumerate(told)}
    return number(name, b_cubed(gold, found), len(articles), dataset, tolerance=0.01)

"""True and false claims told apart: ours on the sample week, and human translations of news that were altered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from agent.grounding.unsupported import Source, unsupported
from agent.model import Article, Value
from agent.storage.embed import Encoder, SentenceEncoder
from agent.storage.store import ArticleStore, Filing
from evals.altering import altered, figures_in
from evals.bench import Bench, Skip
from evals.dataset import read_dataset, read_jsonl, sentences_of, used
from evals.events import news_article
from evals.naming import names_measured
from evals.result import DatasetUsed, Measured, Metric
from evals.scores import share

_NEAREST = 3
_TOLERANCE = 0.02
_FILE = "ntrex_docs_en_ja_ko_zh.jsonl"
_PAIRS = (("ja", "en"), ("ko", "en"), ("zh-CN", "en"), ("en", "ja"))
Falsehood = Literal["true", "number", "date", "name", "source"]


class Claim(Value):
    """A sentence about the article at `url`: true, or false in one respect."""

    claim: str
    language: str
    url: str
    kind: Falsehood


Verdicts = dict[tuple[str, str], list[bool]]
"""(language of the claim, what is false in it) -> whether it was judged rightly.

`true, names aside` counts a true claim as kept when no number or date of it is missed: a report's claims come with
the names that a digest has verified, these do not.
"""


async def measure(bench: Bench) -> Measured:
    """Score the grounding code behind the vector store's three nearest passages, by language and kind of falsehood."""
    verdicts: Verdicts = defaultdict(list)
    mistakes: list[str] = []
    metrics: list[Metric] = []
    datasets: list[DatasetUsed] = []
    notes = []
    try:
        dataset = await _own(bench, verdicts, mistakes)
        metrics += _metrics("own", verdicts, dataset)
        datasets.append(dataset)
    except Skip as absent:
        notes.append(str(absent))
    if bench.has("ntrex"):
        found: Verdicts = defaultdict(list)
        data = await _translated(bench, found, mistakes)
        metrics += _metrics("NTREX", found, data)
        names, named = names_measured(bench)
        metrics += names
        datasets += [data, named]
    else:
        notes.append("data absent: altered NTREX sentences not measured")
    if not metrics:
        raise Skip("; ".join(notes))
    return Measured(metrics=tuple(metrics), datasets=tuple(datasets), mistakes=tuple(mistakes), note="; ".join(notes))


def _metrics(prefix: str, verdicts: Verdicts, dataset: DatasetUsed) -> list[Metric]:
    rows = []
    for language in dict.fromkeys(language for language, _ in verdicts):
        of = {kind: found for (tongue, kind), found in verdicts.items() if tongue == language}
        judged = [v for kind, found in of.items() if kind != "true, names aside" for v in found]
        rows.append(share(f"{prefix} {language} accuracy", judged, dataset.name, tolerance=_TOLERANCE))
        for kind, found in of.items():
            name = kind.replace("true", "true kept") if kind.startswith("true") else f"false {kind} caught"
            rows.append(share(f"{prefix} {language} {name}", found, dataset.name, tolerance=_TOLERANCE))
    return rows


async def _own(bench: Bench, verdicts: Verdicts, mistakes: list[str]) -> DatasetUsed:
    claims, dataset = read_dataset("grounding", Claim)
    week = await bench.sample()
    articles = week.by_url()
    cited = list({articles[claim.url].id: articles[claim.url] for claim in claims}.values())
    with _store(bench, "claims", cited, week.encoder) as store:
        for claim in claims:
            missing = _missing(claim.claim, claim.language, articles[claim.url], store)
            right = bool(missing) == (claim.kind != "true")
            verdicts[claim.language, claim.kind].append(right)
            if claim.kind == "true":
                verdicts[claim.language, "true, names aside"].append(not any(map(_has_number, missing)))
            if not right:
                mistakes.append(f"{claim.kind}: {claim.claim} {', '.join(missing)}")
    return dataset


def _store(bench: Bench, name: str, articles: Sequence[Article], encoder: Encoder) -> ArticleStore:
    store = ArticleStore(bench.work / "grounding" / name, encoder)
    store.put_passages(articles, {article.id: Filing("eval", "eval") for article in articles})
    return store


def _missing(claim: str, language: str, article: Article, store: ArticleStore) -> list[str]:
    passages = [hit.text for hit in store.evidence(claim, [article.id], _NEAREST)]
    text = "\n".join([article.title, *passages])
    return unsupported(claim, language, [Source(text, article.language, article.published_at.date())])


async def _translated(bench: Bench, verdicts: Verdicts, mistakes: list[str]) -> DatasetUsed:
    """Judge human translations that state a number or date against their source, then altered, then misplaced."""
    path, encoder = bench.real("ntrex") / _FILE, SentenceEncoder()
    rows = read_jsonl(path)[: bench.few(2, 20)]
    for language, original in _PAIRS[: bench.few(1, 4)]:
        documents = [
            (news_article(f"{original}-{place}", sentences_of(row, original), original), sentences_of(row, language))
            for place, row in enumerate(rows)
            if sentences_of(row, original) and sentences_of(row, language)
        ]
        with _store(bench, f"{language}-{original}", [article for article, _ in documents], encoder) as store:
            for place, (article, sentences) in enumerate(documents):
                other = documents[(place + 1) % len(documents)][0]
                mistakes += _judge(_tag(language), sentences, article, other, store, verdicts)
    return used("NTREX claims", [path], sum(map(len, verdicts.values())))


def _judge(
    language: str, sentences: Iterable[str], article: Article, other: Article, store: ArticleStore, verdicts: Verdicts
) -> Iterator[str]:
    for sentence in sentences:
        if not figures_in(sentence, language):
            continue
        if missing := _missing(sentence, language, article, store):
            yield f"true: {sentence} {', '.join(missing)}"
        verdicts[language, "true"].append(not missing)
        verdicts[language, "true, names aside"].append(not any(map(_has_number, missing)))
        verdicts[language, "source"].append(bool(_missing(sentence, language, other, store)))
        for kind, claim in altered(sentence, language).items():
            verdicts[language, kind].append(bool(_missing(claim, language, article, store)))


def _has_number(stretch: str) -> bool:
    return any(character.isnumeric() for character in stretch)


def _tag(language: str) -> str:
    return "zh-Hans" if language == "zh-CN" else language

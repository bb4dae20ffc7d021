"""A model as verifier: planted swaps and negations that it catches, true claims that it doubts. The marks admit it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.grounding.admission import MarkRow, add_mark, prompt_mark
from agent.grounding.unsupported import Source, page_of
from agent.grounding.verifier import Evidence, EvidencedClaim, Verdict, judge, needs_verdict
from agent.language.sentences import split
from agent.method import VerifierMark
from agent.model import Article
from agent.names import names_in
from agent.storage.embed import SentenceEncoder
from evals.bench import Bench, Skip
from evals.dataset import read_dataset, read_jsonl, sentences_of, used
from evals.events import news_article
from evals.falsifying import negated, replaced, swapped
from evals.grounding import Claim
from evals.result import DatasetUsed, Measured, Metric
from evals.scores import number, share

_TOLERANCE = 0.05
_FILE = "ntrex_24docs_16langs.jsonl"
_LANGUAGES = ("ja", "en", "ko", "zh-CN", "de", "fr", "es")
_OF_AN_ARTICLE, _OF_A_TRANSLATION = 6, 2


@dataclass(frozen=True)
class Case:
    """A claim with its evidence; `kind` says what is false in it, `true` that nothing is."""

    claim: EvidencedClaim
    language: str
    kind: str


async def measure(bench: Bench) -> Measured:
    """Judge planted and true claims of stored articles, and of human translations where they are, with the model.

    Each is judged with the prompts of a Japanese and of an English report. A claim without a verdict counts as missed
    or as an alarm. The marks are kept when there are enough claims for them. Raises Skip without a model, and what
    `judge` raises.
    """
    client = bench.model()
    cases, datasets = await _cases(bench)
    metrics: list[Metric] = []
    mistakes: list[str] = []
    rows = []
    name = datasets[0].name
    for prompt in ("ja", "en"):
        verdicts = await judge([case.claim for case in cases], prompt, client)
        row = mark_of(cases, verdicts, client.name, prompt)
        rows.append(row)
        metrics += _metrics(prompt, row, cases, verdicts, name)
        mistakes += _mistakes(prompt, cases, verdicts)
    if bench.marks is not None and not bench.small:
        add_mark(bench.marks, rows)
    said = ", ".join(
        f"{p}: {'admitted' if r.admitted else 'not admitted'}" for p, r in zip(("ja", "en"), rows, strict=True)
    )
    return Measured(metrics=tuple(metrics), datasets=tuple(datasets), mistakes=tuple(mistakes), note=said)


def mark_of(cases: Sequence[Case], verdicts: Sequence[Verdict | None], model: str, prompt: str) -> MarkRow:
    """Return the mark of a model from its verdicts on `cases`, for the prompt of a report in the language `prompt`."""
    planted = [
        verdict not in ("supported", None) for case, verdict in zip(cases, verdicts, strict=True) if case.kind != "true"
    ]
    true = [verdict != "supported" for case, verdict in zip(cases, verdicts, strict=True) if case.kind == "true"]
    mark = VerifierMark(
        model=model,
        prompt=prompt_mark(prompt),
        caught=round(sum(planted) / max(1, len(planted)), 4),
        false_alarms=round(sum(true) / max(1, len(true)), 4),
    )
    return MarkRow(mark=mark, planted=len(planted), true=len(true), unread=sum(v is None for v in verdicts))


def _metrics(
    prompt: str, row: MarkRow, cases: Sequence[Case], verdicts: Sequence[Verdict | None], dataset: str
) -> Iterator[Metric]:
    caught: dict[str, list[bool]] = defaultdict(list)
    for case, verdict in zip(cases, verdicts, strict=True):
        caught[case.kind].append(verdict != "supported" if case.kind == "true" else verdict not in ("supported", None))
    for kind, found in caught.items():
        if kind == "true":
            yield share(f"{prompt} true claims doubted", found, dataset, better="lower", tolerance=_TOLERANCE)
        else:
            yield share(f"{prompt} {kind} caught", found, dataset, tolerance=_TOLERANCE)
    yield number(f"{prompt} claims without a verdict", row.unread, len(cases), dataset, better="lower")
    yield number(f"{prompt} admitted", int(row.admitted), 1, dataset)


def _mistakes(prompt: str, cases: Sequence[Case], verdicts: Sequence[Verdict | None]) -> Iterator[str]:
    for case, verdict in zip(cases, verdicts, strict=True):
        if (verdict == "supported") != (case.kind == "true"):
            yield f"{prompt} {case.kind} ({case.language}): {verdict}: {case.claim.text}"


async def _cases(bench: Bench) -> tuple[list[Case], list[DatasetUsed]]:
    plants: list[_Plant] = []
    datasets: list[DatasetUsed] = []
    try:
        by_url = (await bench.sample()).by_url()
        plants += [plant for article in list(by_url.values())[: bench.few(6, 26)] for plant in _plants_of(article)]
        rows, known = read_dataset("grounding", Claim)
        true = [row for row in rows if row.kind == "true"]
        plants += [plant for row in true for plant in _planted(row.claim, row.language, page_of(by_url[row.url]), ())]
        datasets.append(known)
    except Skip:
        pass
    if bench.has("ntrex"):
        path = bench.real("ntrex") / _FILE
        translated = list(_translated(read_jsonl(path)[: bench.few(2, 24)]))
        plants += translated
        datasets.append(used("NTREX documents", [path], len(translated)))
    if not datasets:
        raise Skip("neither the sample week nor NTREX is there to plant in")
    evidence = Evidence(SentenceEncoder()).of([(plant.sentence, [plant.page]) for plant in plants])
    cases = [
        Case(EvidencedClaim(plant.claim, shown), plant.language, plant.kind)
        for plant, shown in zip(plants, evidence, strict=True)
    ]
    return cases, datasets


@dataclass(frozen=True)
class _Plant:
    """A claim made of a true sentence about `page`."""

    claim: str
    sentence: str
    language: str
    kind: str
    page: Source


def _plants_of(article: Article) -> Iterator[_Plant]:
    sentences = [span.text for span in split(article.text, article.language) if "|" not in span.text]
    names = [name for sentence in sentences for name in names_in(sentence, article.language)]
    telling = [s for s in sentences if needs_verdict(s, article.language, ())][:_OF_AN_ARTICLE]
    for sentence in telling:
        yield from _planted(sentence, article.language, page_of(article), names)


def _translated(rows: Sequence[Mapping[str, object]]) -> Iterator[_Plant]:
    for place, row in enumerate(rows):
        for language in _LANGUAGES:
            original = "ja" if language == "en" else "en"
            page = page_of(news_article(f"{original}-{place}", sentences_of(row, original), original))
            tag = "zh-Hans" if language == "zh-CN" else language
            telling = [s for s in sentences_of(row, language) if needs_verdict(s, tag, ())]
            for sentence in telling[:_OF_A_TRANSLATION]:
                yield from _planted(sentence, tag, page, ())


def _planted(sentence: str, language: str, page: Source, names: Sequence[str]) -> Iterator[_Plant]:
    """Yield what can be planted in a sentence, and the sentence itself beside it."""
    planted = {
        "swapped names": swapped(sentence, language),
        "another name": replaced(sentence, language, names),
        "negation": negated(sentence, language),
    }
    found = {kind: claim for kind, claim in planted.items() if claim and claim != sentence}
    for kind, claim in ({"true": sentence, **found} if found else {}).items():
        yield _Plant(claim, sentence, language, kind, page)

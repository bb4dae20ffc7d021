"""The language of headlines, sentences and whole articles."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from agent.language.detect import detect
from agent.model import Value
from evals.bench import Bench
from evals.dataset import read_dataset, read_jsonl, used
from evals.result import DatasetUsed, Measured, Metric
from evals.scores import share

_TAGS = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "pt-BR": "pt"}
_SIB = {
    "arb_Arab": "ar", "deu_Latn": "de", "eng_Latn": "en", "fra_Latn": "fr", "hin_Deva": "hi", "ind_Latn": "id",
    "jpn_Jpan": "ja", "kor_Hang": "ko", "rus_Cyrl": "ru", "spa_Latn": "es", "tha_Thai": "th", "vie_Latn": "vi",
    "zho_Hans": "zh-Hans", "zho_Hant": "zh-Hant",
}  # fmt: skip

Case = tuple[str, str]
"""(text, BCP 47 tag)"""


class Headline(Value):
    """A short text and its language; `und` for a text that has none."""

    language: str
    text: str


async def measure(bench: Bench) -> Measured:
    """Score language identification on our headlines and, where the data is, NTREX and SIB-200."""
    rows, dataset = read_dataset("language_id", Headline)
    metrics, mistakes = _score("headlines", [(row.text, row.language) for row in rows], dataset.name)
    found, datasets = [metrics], [dataset]
    for name, cases, data in _real(bench):
        metric, wrong = _score(name, cases, data.name)
        found.append(metric)
        mistakes += wrong[:10]
        datasets += [data] if data not in datasets else []
    note = "" if len(found) > 1 else "data absent: NTREX and SIB-200 not measured"
    return Measured(metrics=tuple(found), datasets=tuple(datasets), mistakes=tuple(mistakes), note=note)


def _score(name: str, cases: Sequence[Case], dataset: str) -> tuple[Metric, list[str]]:
    found = [detect(text) for text, _ in cases]
    wrong = [
        f"{name}: {tag} taken for {guess}: {text[:40]}"
        for (text, tag), guess in zip(cases, found, strict=True)
        if guess != tag
    ]
    verdicts = [guess == tag for (_, tag), guess in zip(cases, found, strict=True)]
    return share(name, verdicts, dataset), wrong


def _real(bench: Bench) -> list[tuple[str, list[Case], DatasetUsed]]:
    measured = []
    if bench.has("ntrex"):
        path = bench.real("ntrex") / "ntrex_24docs_16langs.jsonl"
        whole, single = _ntrex(path, bench.few(3, 1000))
        data = used("NTREX 16 languages", [path], len(single))
        measured += [("NTREX documents", whole, data), ("NTREX sentences", single, data)]
        measured.append(("NTREX first 25 characters", [(text[:25], tag) for text, tag in single], data))
    if bench.has("sib200"):
        folder = bench.real("sib200")
        cases = [case for name, tag in _SIB.items() for case in _sib(folder, name, tag)[: bench.few(20, 1000)]]
        files = [folder / f"{name}.test.tsv" for name in _SIB]
        measured.append(("SIB-200 sentences", cases, used("SIB-200", files, len(cases))))
    return measured


def _ntrex(path: Path, documents: int) -> tuple[list[Case], list[Case]]:
    whole: list[Case] = []
    single: list[Case] = []
    for row in read_jsonl(path)[:documents]:
        for name, sentences in row.items():
            if isinstance(sentences, list):
                tag = _TAGS.get(name, name)
                whole.append((" ".join(sentences), tag))
                single += [(sentence, tag) for sentence in sentences]
    return whole, single


def _sib(folder: Path, name: str, tag: str) -> list[Case]:
    with (folder / f"{name}.test.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], tag) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]

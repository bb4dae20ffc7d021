"""Translation into Japanese: chrF, BLEU, numbers and names kept, script pure."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.calls.answers import Answer
from agent.model import Value
from evals.altering import altered
from evals.asking import Asker, prompt_for
from evals.bench import Bench
from evals.dataset import read_dataset, read_jsonl, sentences_of, used
from evals.keeping import is_pure, names_kept, numbers_kept
from evals.result import DatasetUsed, Measured, Metric
from evals.scores import number, share
from prompts import fence_tag

_TARGET = "ja"
_FILE = "ntrex_docs_en_ja_ko_zh.jsonl"
_AT_ONCE = 10
_ORIGINALS = ("en", "ko", "zh-CN")


class Pair(Value):
    """A sentence and its human translation into Japanese."""

    source: str
    language: str
    reference: str


class LinesAnswer(Answer):
    """The translations, in order."""

    lines: list[str]


@dataclass(frozen=True)
class _Set:
    name: str
    pairs: Sequence[Pair]
    dataset: DatasetUsed


async def measure(bench: Bench) -> Measured:
    """Score a model's translations, or without one show on human and damaged translations that the measures work."""
    sets = [_Set("own", *read_dataset("translation", Pair))]
    note = "" if bench.has("ntrex") else "data absent: NTREX not measured"
    if bench.has("ntrex"):
        sets.append(_ntrex(bench))
    if bench.client is None:
        metrics = [metric for each in sets for metric in _meta(each)]
        return Measured(
            metrics=tuple(metrics),
            datasets=tuple(each.dataset for each in sets),
            note="; ".join(filter(None, [note, "no model: human references and damaged ones"])),
        )
    asker = Asker(bench.model())
    metrics = []
    for each in sets:
        metrics += _scores(each.name, each, await _translate(each.pairs, asker))
    metrics.append(number("unscored answers", len(asker.unscored), asker.asked, "translation", better="lower"))
    return Measured(
        metrics=tuple(metrics),
        datasets=tuple(each.dataset for each in sets),
        mistakes=tuple(asker.unscored),
        note=note,
    )


def _ntrex(bench: Bench) -> _Set:
    path = bench.real("ntrex") / _FILE
    rows = read_jsonl(path)[: bench.few(3, 40)]
    pairs = [
        Pair(source=source, language="zh-Hans" if original == "zh-CN" else original, reference=reference)
        for place, row in enumerate(rows)
        for original in [_ORIGINALS[place % 3]]
        for source, reference in zip(sentences_of(row, original), sentences_of(row, _TARGET), strict=False)
    ]
    return _Set("NTREX", pairs, used("NTREX translations", [path], len(pairs)))


async def _translate(pairs: Sequence[Pair], asker: Asker) -> list[str | None]:
    async def some(part: Sequence[Pair]) -> list[str | None]:
        lines = "\n".join(f"{place}. {pair.source}" for place, pair in enumerate(part, 1))
        prompt = prompt_for("translate_lines", _TARGET, tag=fence_tag(lines), lines=lines)
        answer = await asker.ask(prompt, LinesAnswer, len(part))
        return list(answer.lines) if answer else [None] * len(part)

    parts = [pairs[first : first + _AT_ONCE] for first in range(0, len(pairs), _AT_ONCE)]
    return [line for part in await asyncio.gather(*map(some, parts)) for line in part]


def _scores(name: str, each: _Set, found: Sequence[str | None], tolerance: float = 0.02) -> list[Metric]:
    scored = [(pair, line) for pair, line in zip(each.pairs, found, strict=True) if line is not None]
    if not scored:
        return []
    lines, references = [line for _, line in scored], [pair.reference for pair, _ in scored]
    chrf, bleu = corpus_scores(lines, references)
    numbers = [kept for pair, line in scored for kept in numbers_kept(pair.source, pair.language, line, _TARGET)]
    names = [kept for pair, line in scored for kept in names_kept(pair.source, pair.reference, line)]
    data, n = each.dataset.name, len(scored)
    metrics = [
        number(f"{name} chrF", chrf, n, data, tolerance=100 * tolerance),
        number(f"{name} BLEU ja-mecab", bleu, n, data, tolerance=100 * tolerance),
    ]
    metrics += [share(f"{name} numbers kept", numbers, data, tolerance=tolerance)] if numbers else []
    metrics += [share(f"{name} Latin names kept", names, data, tolerance=tolerance)] if names else []
    return [
        *metrics,
        share(f"{name} script pure", [is_pure(line, _TARGET) for line in lines], data, tolerance=tolerance),
    ]


def corpus_scores(lines: Sequence[str], references: Sequence[str]) -> tuple[float, float]:
    """Return chrF2 (Popović 2015) and BLEU over MeCab's words, 0 to 100, as sacrebleu computes them (Post 2018)."""
    from evals.bench import Skip

    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF

        bleu = BLEU(tokenize="ja-mecab")
    except (ImportError, RuntimeError) as error:
        raise Skip("needs sacrebleu with MeCab: pip install 'shuho[evals]'") from error
    chrf = CHRF()
    return (
        float(chrf.corpus_score(list(lines), [list(references)]).score),
        float(bleu.corpus_score(list(lines), [list(references)]).score),
    )


def _meta(each: _Set) -> list[Metric]:
    """Score the references themselves and three damaged forms: a measure that does not fall is none."""
    damages: dict[str, Callable[[Pair], str]] = {
        "human": lambda pair: pair.reference,
        "a digit changed": lambda pair: altered(pair.reference, _TARGET).get("number", pair.reference),
        "source copied": lambda pair: pair.source,
        "a fifth of the characters lost": _thinned,
    }
    return [
        metric.model_copy(update={"better": "higher" if what == "human" else "lower"})
        for what, damage in damages.items()
        for metric in _scores(f"{each.name}, {what}:", each, [damage(pair) for pair in each.pairs], 0.005)
    ]


def _thinned(pair: Pair) -> str:
    draw = random.Random(pair.reference)  # noqa: S311
    return "".join(c for c in pair.reference if draw.random() > 0.2)

"""A report read by a model, and that model judged itself: on planted pairs and on claims known to be true or false."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agent.storage.embed import SentenceEncoder
from agent.storage.passages import passages_of
from evals.asking import Asker
from evals.bench import Bench, Skip
from evals.dataset import read_dataset, used
from evals.end_to_end import read_report, sources_beside
from evals.grounding import Claim
from evals.judging import CRITERIA, CitedClaim, Manuscript, Verdict, grade, judge_claims, prefer
from evals.manuscripts import claims_of, damaged, manuscript_of, nearest, read_manuscript
from evals.result import DatasetUsed, Measured, Metric
from evals.scores import mean, number, share

_TOLERANCE = 0.05
_SMALL = 10


async def measure(bench: Bench) -> Measured:
    """Score a report (the one given, or the sample week's) and the judge.

    The report: grades of 1 to 5, the share of its sentences that their evidence bears out and, with another report to
    compare, which is preferred. The judge: planted pairs in which the sound report must win in both orders, and claims
    of the grounding set; a judge is fit for use that catches .8 of the false ones and accuses .05 of the true ones.
    What cannot be read is unscored and counted.
    """
    asker = Asker(bench.model())
    path = bench.report if bench.report is not None else await bench.issue() / "report.json"
    data = used(f"report {path.name}", [path], 1)
    metrics: list[Metric] = []
    mistakes: list[str] = []
    own = path.suffix.lower() == ".json"
    script = manuscript_of(read_report(path)) if own else read_manuscript(path)
    metrics += await _grades(script, data.name, asker)
    if bench.against is not None:
        metrics += await _against(script, bench.against, data.name, asker)
    if own:
        metrics += await _faithful(path, bench, data.name, asker, mistakes)
        metrics += await _pairs(path, bench, data.name, asker, mistakes)
    datasets: list[DatasetUsed] = [data]
    try:
        claims, known = await _known_claims(bench, asker, mistakes)
        metrics += claims
        datasets.append(known)
    except Skip as reason:
        mistakes.append(f"claims of the grounding set not judged: {reason}")
    metrics.append(number("unscored answers", len(asker.unscored), asker.asked, data.name, better="lower"))
    return Measured(metrics=tuple(metrics), datasets=tuple(datasets), mistakes=(*mistakes, *asker.unscored))


async def _grades(script: Manuscript, dataset: str, asker: Asker) -> list[Metric]:
    grades = await grade(script, asker)
    if grades is None:
        return []
    scores = [float(getattr(grades, name).score) for name in CRITERIA]
    quoted = [_plain(getattr(grades, name).quote) in _plain(script.text) for name in CRITERIA]
    metrics = [number(name, score, 1, dataset, tolerance=0.5) for name, score in zip(CRITERIA, scores, strict=True)]
    metrics.append(mean("grades, mean", scores, dataset, tolerance=0.5))
    metrics.append(share("grades with a true quote", quoted, dataset, better="neither"))
    return metrics


def _plain(text: str) -> str:
    return "".join(text.split())


async def _against(script: Manuscript, other: Path, dataset: str, asker: Asker) -> list[Metric]:
    is_own = other.suffix.lower() == ".json"
    rival = manuscript_of(read_report(other)) if is_own else read_manuscript(other, script)
    choices = [choice for choice in await prefer(script, rival, asker) if choice is not None]
    if not choices:
        return []
    points = [{"A": 1.0, "tie": 0.5, "B": 0.0}[choice] for choice in choices]
    return [
        mean("preferred to the other report", points, dataset, tolerance=0.5),
        share("both orders agree", [len(choices) == 2 and choices[0] == choices[1]], dataset, better="neither"),
    ]


async def _faithful(path: Path, bench: Bench, dataset: str, asker: Asker, mistakes: list[str]) -> list[Metric]:
    report = read_report(path)
    claims = claims_of(report, sources_beside(path), SentenceEncoder())
    claims = claims[: bench.few(_SMALL, len(claims))]
    verdicts = await judge_claims(claims, report.language, asker)
    scored = [(claim, verdict) for claim, verdict in zip(claims, verdicts, strict=True) if verdict is not None]
    mistakes += [f"{verdict}: {claim.text}" for claim, verdict in scored if verdict != "supported"]
    if not scored:
        return []
    right = [verdict == "supported" for _, verdict in scored]
    return [share("faithfulness", right, dataset, tolerance=_TOLERANCE)]


async def _pairs(path: Path, bench: Bench, dataset: str, asker: Asker, mistakes: list[str]) -> list[Metric]:
    report = read_report(path)
    sound, right, agreed = manuscript_of(report), [], []
    for what, copy in list(damaged(report))[: bench.few(2, 4)]:
        choices = await prefer(sound, manuscript_of(copy), asker)
        if None in choices:
            continue
        right.append(choices == ("A", "A"))
        agreed.append(choices[0] == choices[1])
        if not right[-1]:
            mistakes.append(f"judge: sound report not preferred in both orders, {what}: {choices}")
    if not right:
        return []
    return [
        share("judge: planted pairs right in both orders", right, dataset, tolerance=_TOLERANCE),
        share("judge: both orders agree", agreed, dataset, tolerance=_TOLERANCE),
    ]


async def _known_claims(bench: Bench, asker: Asker, mistakes: list[str]) -> tuple[list[Metric], DatasetUsed]:
    week = await bench.sample()
    articles = week.by_url()
    claims, dataset = read_dataset("grounding", Claim)
    cited = [
        CitedClaim(claim.claim, _evidence(claim, [text for _, text in passages_of(articles[claim.url])], week.encoder))
        for claim in claims[: bench.few(2 * _SMALL, len(claims))]
    ]
    verdicts = await judge_claims(cited, "ja", asker)
    scored = [(claim, v) for claim, v in zip(claims, verdicts, strict=False) if v is not None]
    mistakes += [f"judge: {v} for a claim false by {c.kind}: {c.claim}" for c, v in scored if _missed(c, v)]
    true = [v != "supported" for c, v in scored if c.kind == "true"]
    false = [v != "supported" for c, v in scored if c.kind != "true"]
    metrics = [share("judge: false claims caught", false, dataset.name, tolerance=_TOLERANCE)] if false else []
    if true:
        accused = share("judge: true claims accused", true, dataset.name, better="lower", tolerance=_TOLERANCE)
        metrics.append(accused)
    return metrics, dataset


def _evidence(claim: Claim, passages: Sequence[str], encoder: SentenceEncoder) -> str:
    return "\n".join(nearest(claim.claim, passages, encoder))


def _missed(claim: Claim, verdict: Verdict) -> bool:
    return claim.kind != "true" and verdict == "supported"

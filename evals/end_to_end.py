"""A whole report: what is in it, what its checks say, and whether its evidence stands in the stored sources."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from agent.errors import SettingError
from agent.model import Article
from agent.report import Report
from agent.storage.record import Record
from evals.bench import Bench
from evals.dataset import used
from evals.result import Measured, Metric
from evals.scores import number, share

_FORMATS = ("report.pdf", "report.html", "report.md", "report.json")


async def measure(bench: Bench) -> Measured:
    """Score the report given, or the sample week's as the extractive engine writes it."""
    started = time.monotonic()
    given = bench.report is not None
    path = bench.report if bench.report is not None else await bench.issue() / "report.json"
    seconds = time.monotonic() - started
    report = read_report(path)
    data = used(f"report {path.name}", [path], len(report.articles)) if given else (await bench.sample()).dataset
    metrics = list(_counts(report, data.name))
    sources = sources_beside(path)
    if sources:
        metrics.append(share("evidence verbatim in the sources", list(_verbatim(report, sources)), data.name))
    if not given:
        written = [(path.parent / name).is_file() for name in _FORMATS]
        metrics.append(share("formats written", written, data.name))
        metrics.append(number("seconds", round(seconds, 1), 1, data.name, better="neither"))
    failed = [f"{check.check}: {check.where}: {check.what}" for check in report.checks.failed]
    gaps = Counter(gap.reason for gap in report.gaps)
    note = "gaps: " + (", ".join(f"{reason} {count}" for reason, count in gaps.most_common()) or "none")
    return Measured(metrics=tuple(metrics), datasets=(data,), mistakes=tuple(failed), note=note)


def read_report(path: Path) -> Report:
    """Read a report.json. Raises SettingError when it is none."""
    try:
        return Report.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise SettingError(f"{path}: is no report.json of this program ({str(error).splitlines()[0]})") from error


def sources_beside(path: Path) -> Mapping[str, Article]:
    """Return the stored articles of the output folder that a report lies in, by id; none when there is no record."""
    database = path.resolve().parents[2] / ".shuho" / "record.sqlite" if len(path.resolve().parents) > 2 else path
    if database == path or not database.is_file():
        return {}
    record = Record(database)
    try:
        return {article.id: article for article in record.articles()}
    finally:
        record.close()


def _counts(report: Report, dataset: str) -> Iterator[Metric]:
    parts = (report.trends, report.topics, report.key_figures, report.categories, report.roadmap, report.outlook)
    placed = Counter(number_ for category in report.categories for number_ in category.articles)
    checks = report.checks.passed + len({check.check for check in report.checks.failed})
    summaries = [bool(article.summary.strip() and article.detail.main.strip()) for article in report.articles]
    yield number("articles", len(report.articles), 1, dataset)
    yield share("parts that hold something", [bool(part) for part in parts], dataset)
    yield share("articles in one category", [placed[article.number] == 1 for article in report.articles], dataset)
    yield share("articles with summary and detail", summaries, dataset)
    yield number("key figures", len(report.key_figures), 1, dataset, better="neither")
    yield number("countries", len({a.country for a in report.articles if a.country}), 1, dataset, better="neither")
    yield number("checks failed", len(report.checks.failed), max(checks, 1), dataset, better="lower")
    yield number("gaps of writing", sum(g.stage != "research" for g in report.gaps), 1, dataset, better="lower")


def _verbatim(report: Report, sources: Mapping[str, Article]) -> Iterator[bool]:
    by_number = {article.number: article for article in report.articles}
    for article in report.articles:
        text = sources[article.id].text if article.id in sources else ""
        yield from (text[f.start : f.end] == f.evidence for f in article.figures)
        yield from (text[e.start : e.end] == e.evidence for e in article.events)
    for figure in report.key_figures:
        article = by_number[figure.articles[0]]
        text = sources[article.id].text if article.id in sources else ""
        yield text[figure.start : figure.end] == figure.evidence

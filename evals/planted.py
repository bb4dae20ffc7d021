"""The checks of `shuho check` against planted defects: recall and precision a check, false alarms a clean report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

from pydantic import TypeAdapter

from agent.checks.from_report import text_of_report
from agent.checks.from_text import text_of_markdown
from agent.checks.lint import lint
from agent.checks.model import Finding, ReportText
from agent.model import Article, Value
from agent.report import Report
from evals.bench import Bench
from evals.dataset import used
from evals.planting import Plant
from evals.plants_held import HELD
from evals.plants_sources import SOURCES_HELD, SOURCES_TUNED
from evals.plants_tuned import TUNED
from evals.result import Measured, Metric
from evals.scores import number, share

Half = Literal["tuned", "held"]
# An added sentence has no source, and a dropped citation uses an article less: true of many plants.
_TRUE_BESIDE = frozenset({"number against source", "unused articles"})
_DATASET = Path(__file__).with_name("datasets") / "planted"


class Judged(Value):
    """A finding on a clean report that a person has read and found true."""

    check: str
    quote: str


@dataclass(frozen=True)
class Planted:
    """One plant in one report: which checks found something new. `found` tells whether its own check is among them."""

    half: Half
    plant: Plant
    clean: str
    seed: int
    fired: frozenset[str]

    @property
    def found(self) -> bool:
        """Tell whether the plant's own check found it."""
        return self.plant.check in self.fired


@dataclass(frozen=True)
class Clean:
    """A clean report with its Markdown, and what the checks say of each."""

    name: str
    report: Report
    markdown: str

    def findings(self) -> list[Finding]:
        """Return what the checks find in the JSON and, once more, in the Markdown."""
        return [
            *lint(text_of_report(self.report), sources_of(self.report)),
            *lint(text_of_markdown(self.markdown, "md")),
        ]


async def measure(bench: Bench) -> Measured:
    """Plant every defect in every clean report and count what the checks find, and what they find in clean ones."""
    cleans = [clean_report()]
    if bench.run_week is not None and not bench.small:
        folder = await bench.issue()
        report = Report.model_validate_json((folder / "report.json").read_bytes())
        cleans.append(Clean("sample week", report, (folder / "report.md").read_text("utf-8")))
    outcomes = [o for clean in cleans for o in plant_all(clean, range(bench.few(2, 6)))]
    alarms = false_alarms(cleans)
    dataset = used("planted", _DATASET.iterdir(), len(HELD) + len(TUNED))
    return Measured(
        metrics=tuple(_metrics(outcomes, alarms, len(cleans), dataset.name)),
        datasets=(dataset,),
        mistakes=tuple(
            dict.fromkeys(
                [f"missed: {o.half} {o.plant.check}/{o.plant.name} in {o.clean}" for o in outcomes if not o.found]
                + [f"false alarm: {f.check}: {f.where}: {f.quote}: {f.message}" for f in alarms]
            )
        ),
    )


@cache
def clean_report() -> Clean:
    """Return the clean report that ships with the suite."""
    from templates.render import render

    report = Report.model_validate_json((_DATASET / "clean.json").read_bytes())
    return Clean("sample report", report, render(report, formats=("md",))["report.md"].decode())


def plant_all(clean: Clean, seeds: Sequence[int]) -> list[Planted]:
    """Return the outcome of every plant of both halves, once a seed."""
    sources = sources_of(clean.report)
    before = _Before(
        sources,
        frozenset(lint(text_of_report(clean.report), sources)),
        frozenset(lint(text_of_markdown(clean.markdown, "md"))),
    )
    halves: tuple[tuple[Half, tuple[Plant, ...]], ...] = (
        ("tuned", TUNED + SOURCES_TUNED),
        ("held", HELD + SOURCES_HELD),
    )
    return [
        Planted(half, plant, clean.name, seed, _fired(plant, clean, seed, before))
        for half, plants in halves
        for plant in plants
        for seed in seeds
    ]


@dataclass(frozen=True)
class _Before:
    sources: Mapping[int, Article]
    report: frozenset[Finding]
    markdown: frozenset[Finding]


def _fired(plant: Plant, clean: Clean, seed: int, before: _Before) -> frozenset[str]:
    random = Random(f"{plant.check} {plant.name} {seed}")  # noqa: S311 - repeatable, no secret
    if plant.change is not None:
        changed = plant.change(clean.report, random)
        found = lint(text_of_report(changed), before.sources)
        return frozenset(f.check for f in found if f not in before.report)
    assert plant.edit is not None
    found = lint(_read(plant.edit(clean.markdown, random)))
    return frozenset(f.check for f in found if f not in before.markdown)


def _read(markdown: str) -> ReportText:
    return text_of_markdown(markdown, "md")


@cache
def _judged() -> frozenset[tuple[str, str]]:
    rows = TypeAdapter(tuple[Judged, ...]).validate_json((_DATASET / "judged.json").read_bytes())
    return frozenset((row.check, row.quote) for row in rows)


def false_alarms(cleans: Sequence[Clean]) -> list[Finding]:
    """Return what the checks find in clean reports and no person has found true."""
    return [f for clean in cleans for f in clean.findings() if (f.check, f.quote) not in _judged()]


def sources_of(report: Report) -> Mapping[int, Article]:
    """Return stand-ins for the stored articles: what the clean report says of each is what its source says."""
    told: dict[int, list[str]] = {a.number: [] for a in report.articles}
    grouped = [s for t in report.topics for s in t.sentences] + [s for c in report.categories for s in c.sentences]
    for sentence in (*report.trends, *report.outlook, *grouped):
        for n in sentence.articles:
            told[n].append(sentence.text)
    return {
        a.number: Article(
            id=a.id,
            url=a.url,
            title=a.title,
            text="\n".join(
                (a.summary, a.detail.background, a.detail.main, a.detail.impact, *dict.fromkeys(told[a.number]))
            ),
            language=a.text_language,
            published_at=a.published_at,
            outlet=a.outlet,
            outlet_class=a.outlet_class,
            country=a.country,
            source="planted",
            fetched_at=a.published_at,
        )
        for a in report.articles
    }


def _metrics(outcomes: Sequence[Planted], alarms: Sequence[Finding], cleans: int, dataset: str) -> list[Metric]:
    metrics = []
    halves: tuple[Half, ...] = ("held", "tuned")
    for half in halves:
        metrics.append(share(f"recall, {half}", [o.found for o in outcomes if o.half == half], dataset))
    metrics.append(number("false alarms a clean report", len(alarms) / cleans, cleans, dataset, better="lower"))
    for check in sorted({o.plant.check for o in outcomes}):
        own = [o for o in outcomes if o.plant.check == check]
        held = [o.found for o in own if o.half == "held"]
        fired = [o.plant.check == check for o in outcomes if check in o.fired and not _expected(check, o.plant)]
        metrics.append(
            share(f"{check}: recall, {'held' if held else 'tuned'}", held or [o.found for o in own], dataset)
        )
        if fired:
            metrics.append(share(f"{check}: precision", fired, dataset))
        count = sum(f.check == check for f in alarms) / cleans
        metrics.append(number(f"{check}: false alarms", count, cleans, dataset, better="lower"))
    return metrics


def _expected(check: str, plant: Plant) -> bool:
    """Tell whether a check other than the plant's own is right to speak up."""
    return check != plant.check and (check in plant.also or check in _TRUE_BESIDE)

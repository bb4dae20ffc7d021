"""The report: the record from which every format is rendered (report.json).

`shuho schema` publishes it as JSON Schema. Fields are only ever added; a change of meaning raises SCHEMA_VERSION.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from agent.method import Method
from agent.model import Bound, Detail, Difference, EngineName, Gap, Kind, Number, OutletClass, Precision, Value
from agent.week import Timezone

SCHEMA_VERSION = "1.0"


class ReportWeek(Value):
    """The window: `start` to `end` are both days of the week (Monday and Sunday) in `timezone`."""

    iso: str = Field(pattern=r"^\d{4}-W\d{2}$")
    start: date
    end: date
    timezone: Timezone


class ReportFigure(Value):
    """A quantity as a source states it; `evidence` is `article text[start:end]`, verbatim, in the source's language."""

    value: Number
    upper: Number | None = None
    unit: str
    bound: Bound
    label: str
    holder: str = ""
    display: str
    """The quantity as it is printed, in the report's language: 2,210億ドル以上."""
    evidence: str
    start: int
    end: int


class ReportEvent(Value):
    """A dated event; `date` is the first day of the period that `precision` names."""

    date: date
    precision: Precision
    what: str
    display: str
    """The date as it is printed: 2026年8月, 2026年第3四半期."""
    evidence: str
    start: int
    end: int


class OtherSource(Value):
    """Another report of the same event."""

    url: str
    title: str
    outlet: str
    country: str
    country_name: str
    language: str


class ContradictionSide(Value):
    """What one report of an event states; `evidence` is its sentence, verbatim, in its own `language`."""

    value: Number | None = None
    """A quantity in whole units; None where the reports differ in something else."""
    unit: str = ""
    bound: Bound = "exact"
    day: date | None = None
    """The first day of the period of `precision`; None where the reports do not differ in a date."""
    precision: Precision | None = None
    display: str
    """What is stated as it is printed: a quantity, a date, yes or no in the report's language, a name in its own."""
    outlet: str
    url: str
    title: str
    language: str
    evidence: str
    start: int
    end: int


class ReportContradiction(Value):
    """What reports of one event state differently; which is right is not settled."""

    kind: Difference = "amount"
    what: str
    """What is measured, or the kind of difference, in the report's language."""
    sides: tuple[ContradictionSide, ...] = Field(min_length=2)


class ReportArticle(Value):
    """One printed article. `text_language` is what title, summary and detail are in: not the report's for 原文."""

    number: int = Field(ge=1)
    id: str
    url: str
    title: str
    original_title: str
    language: str
    text_language: str
    outlet: str
    outlet_class: OutletClass
    country: str
    country_name: str
    published_at: datetime
    published_precision: Literal["time", "day"]
    image: str = ""
    engine: EngineName
    summary: str
    detail: Detail
    category: str
    event_id: str
    other_sources: tuple[OtherSource, ...] = ()
    contradictions: tuple[ReportContradiction, ...] = ()
    """Where this article and `other_sources` state one thing differently."""
    figures: tuple[ReportFigure, ...] = ()
    events: tuple[ReportEvent, ...] = ()


class ReportSentence(Value):
    """One sentence of the synthesis with the numbers of the articles that bear it out."""

    text: str
    articles: tuple[int, ...] = Field(min_length=1)
    kind: Kind
    language: str


class ReportTopic(Value):
    """One of 注目トピック."""

    title: str
    language: str
    articles: tuple[int, ...]
    sentences: tuple[ReportSentence, ...]


class ReportCategory(Value):
    """A category; `count == len(articles)`, and the categories partition the articles."""

    name: str
    count: int
    articles: tuple[int, ...]
    sentences: tuple[ReportSentence, ...]


class KeyFigure(Value):
    """A figure of the week, taken from `articles[0]`."""

    value: Number
    upper: Number | None = None
    unit: str
    bound: Bound
    label: str
    language: str
    """The language of `label`."""
    holder: str
    display: str
    articles: tuple[int, ...] = Field(min_length=1)
    evidence: str
    start: int
    end: int


class RoadmapEntry(Value):
    """A dated event that lies after the week's first day."""

    date: date
    precision: Precision
    what: str
    language: str
    display: str
    articles: tuple[int, ...] = Field(min_length=1)
    evidence: str


class ContinuityEntry(Value):
    """A story against last week's report: numbers of this week's and of last week's articles."""

    title: str
    language: str
    """The language of `title`."""
    articles: tuple[int, ...] = ()
    last_week: tuple[int, ...] = ()


class Continuity(Value):
    """What is new, continuing or gone since `last_week` (an ISO week, empty when there was no report)."""

    last_week: str = ""
    new: tuple[ContinuityEntry, ...] = ()
    continuing: tuple[ContinuityEntry, ...] = ()
    ended: tuple[ContinuityEntry, ...] = ()


class FailedCheck(Value):
    """A check that did not pass."""

    check: str
    where: str
    what: str


class Checks(Value):
    """The checks of the run: how many passed, and what failed."""

    passed: int = 0
    failed: tuple[FailedCheck, ...] = ()


class Spent(Value):
    """What a revision has cost; `cached` answers were paid before, `cost` is in USD, None where no price is known."""

    calls: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None


class Version(Value):
    """One version of the report. `spent` is a revision's own, None when no model was asked; a run's is in `method`."""

    version: int
    at: datetime
    section: str
    instruction: str
    author: str
    spent: Spent | None = None


class Spelling(Value):
    """An entity that articles named differently: the form that is printed, and those that it stands for."""

    name: str
    forms: tuple[str, ...]
    articles: tuple[int, ...]


class Report(Value):
    """One issue."""

    schema_version: str = SCHEMA_VERSION
    topic: str
    title: str
    description: str = ""
    language: str
    week: ReportWeek
    collected_at: datetime
    engine: EngineName
    model: str
    """`provider:name`, empty for the extractive engine."""
    articles: tuple[ReportArticle, ...]
    trends: tuple[ReportSentence, ...]
    topics: tuple[ReportTopic, ...]
    key_figures: tuple[KeyFigure, ...]
    categories: tuple[ReportCategory, ...]
    roadmap: tuple[RoadmapEntry, ...]
    outlook: tuple[ReportSentence, ...]
    continuity: Continuity = Continuity()
    spellings: tuple[Spelling, ...] = ()
    """What was brought to one spelling."""
    gaps: tuple[Gap, ...] = ()
    checks: Checks = Checks()
    method: Method
    versions: tuple[Version, ...]

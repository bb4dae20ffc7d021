"""The words that the program itself prints in a report: one `Words` a language, in `templates/words_*.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agent.model import Bound, EngineName, GapReason, OutletClass, Precision, Stage

_PARTS = ("synthesis", "trends", "topics", "key_figures", "categories", "roadmap", "outlook", "articles")


@dataclass(frozen=True)
class Counted:
    """A number with its word, as in `{n} articles`; `one` is the form for 1."""

    one: str
    many: str

    def of(self, n: int) -> str:
        """Return the number with its word."""
        return (self.one if n == 1 else self.many).format(n=n)

    def word(self, n: int) -> str:
        """Return the word for `n` alone."""
        return (self.one if n == 1 else self.many).format(n="").strip()


@dataclass(frozen=True)
class Dates:
    """How days are written: CLDR patterns for Babel, the days of the week from Monday on, and a stretch of days."""

    long: str
    short: str
    plain: str
    day: str
    month: str
    weekdays: tuple[str, ...]
    span: str


@dataclass(frozen=True)
class Words:
    """The words of one language. `{n}`, `{m}` and `{name}` are places to fill with `str.format`."""

    locale: str
    dates: Dates
    headline: str
    kicker: str
    weekly: str
    week_name: str
    cover_note: str
    separator: str
    label_colon: str
    collected: str
    window: str
    article_count: Counted
    articles_unit: Counted
    country_count: Counted
    no_country: str
    region_count: Counted
    language_count: Counted
    made_by: str
    model: str
    engine: str
    engines: Mapping[EngineName, str]
    notice: Mapping[EngineName, str]
    contents: str
    skip: str
    at_a_glance: str
    synthesis: str
    trends: str
    topics: str
    key_figures: str
    categories: str
    differences: str
    differences_note: str
    roadmap: str
    outlook: str
    coverage: str
    continuity: str
    articles: str
    method: str
    gaps: str
    checks: str
    nothing: str
    no_roadmap: str
    roadmap_note: str
    timeline_title: str
    when: str
    what: str
    source: str
    precision: str
    precisions: Mapping[Precision, str]
    bounds: Mapping[Bound, str]
    inference: str
    original: str
    by_day: str
    by_country: str
    by_category: str
    by_language: str
    unknown: str
    table: str
    item: str
    count: str
    continuity_first: str
    continuity_against: str
    new: str
    continuing: str
    ended: str
    last_week: str
    published: str
    outlet: str
    country: str
    kind: str
    kinds: Mapping[OutletClass, str]
    category: str
    summary: str
    detail: str
    background: str
    main: str
    impact: str
    figures: str
    evidence: str
    article_url: str
    original_title: str
    other_sources: str
    cited_in: str
    picture_credit: str
    back_to_contents: str
    show_all: str
    filter_by: str
    filter_country: str
    no_match: str
    mail_note: str
    accessibility: str
    sources_asked: str
    offered: str
    kept: str
    failed: str
    dropped: str
    reason: str
    stage: str
    subject: str
    effort: str
    candidates: str
    events: str
    verifier: str
    no_verifier: str
    verified_by: str
    calls: str
    cached_calls: str
    input_tokens: str
    output_tokens: str
    cost: str
    no_price: str
    program: str
    encoder: str
    prompts: str
    no_prompts: str
    outlet_kinds: str
    versions: str
    spellings: str
    no_gaps: str
    gaps_note: str
    checks_passed: Counted
    checks_failed: str
    reasons: Mapping[GapReason, str]
    stages: Mapping[Stage, str]

    def part(self, subject: str) -> str:
        """Return what a gap is about: the name of a part or category of the report, all else as it is."""
        kind, _, name = subject.partition(": ")
        if kind == "category" and name:
            return f"{self.category}{self.label_colon}{name}"
        key = subject.replace(" ", "_")
        return str(getattr(self, key)) if key in _PARTS else subject

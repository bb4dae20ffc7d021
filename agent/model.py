"""The values that the agents hand to one another. All are frozen; what is stored is checked when read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from agent.secrecy import redacted

OutletClass = Literal[
    "newsroom", "press_release", "company_blog", "personal", "government", "paper", "aggregator", "unknown"
]
Bound = Literal["exact", "at_least", "more_than", "at_most", "less_than", "about"]
Precision = Literal["day", "month", "quarter", "half", "year"]
Difference = Literal["amount", "date", "name", "denial"]
"""What reports of one event differ in: a quantity, when a thing happens, whom or where they name, whether it is so."""
EngineName = Literal["model", "extractive"]
Kind = Literal["reported", "inference"]
GapReason = Literal[
    # fetching
    "unreachable", "http_error", "refused_address", "robots", "too_large", "bad_feed", "empty_source", "no_key",
    # reading a page
    "error_page", "paywall", "cookie_wall", "needs_script", "too_short", "not_text", "undecodable", "parser_failed",
    # choosing
    "no_date", "outside_week", "exact_duplicate", "near_duplicate", "off_topic", "over_budget",
    # writing
    "hidden_instructions", "model_failed", "unsupported", "no_future_date", "budget", "not_written", "unverified",
    "render_failed", "no_glyph", "other_model",
]  # fmt: skip
Stage = Literal["research", "translate", "categorize", "edit", "check", "publish"]

Number = Annotated[Decimal, PlainSerializer(lambda d: int(d) if d == d.to_integral() else float(d), when_used="json")]


Told = Annotated[str, AfterValidator(redacted)]
"""Text that may hold what a server, a library or a person said: secrets are taken out."""


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Gap(Value):
    """Something that was dropped, skipped or left unverified. `subject` is an address, title or section."""

    stage: Stage
    subject: Told
    reason: GapReason
    detail: Told = ""


class Candidate(Value):
    """What a source offers: an address, with the text itself where the source delivered it (files, Tavily)."""

    url: str
    source: str
    """Label of the source in the topic file, as in `feed https://news.example/ai.xml`."""
    title: str = ""
    published: datetime | None = None
    published_text: str = ""
    """The source's own words for the date, when it could not be read as a moment."""
    body: bytes | None = None
    content_type: str = ""


class Fetched(Value):
    """A fetched page or file: decoded from its transfer encoding, not from its character set."""

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    fetched_at: datetime
    etag: str = ""
    last_modified: str = ""
    redirects: tuple[str, ...] = ()


class Extracted(Value):
    """What is read off one page. `problem` names why it is no article; the text may be empty then."""

    url: str
    canonical_url: str
    title: str
    text: str
    """Paragraphs separated by one newline, NFC, no control, zero-width, tag or bidirectional characters."""
    language: str
    """BCP 47: en, ja, ko, zh-Hant, zh-Hans, de, ...; `und` when unknown."""
    published: datetime | None
    published_precision: Literal["time", "day"] = "time"
    sitename: str = ""
    author: str = ""
    image: str = ""
    links: tuple[tuple[str, str], ...] = ()
    """(address, anchor text) of the page's links to its own host, in page order."""
    problem: GapReason | None = None
    suspicions: tuple[str, ...] = ()
    """What looks like hidden instructions, one short phrase each."""


class Article(Value):
    """One article in the record. `id` is derived from the canonical address and stays the same across runs."""

    id: str
    url: str
    other_urls: tuple[str, ...] = ()
    title: str
    text: str
    language: str
    published_at: datetime
    published_precision: Literal["time", "day"] = "time"
    outlet: str
    outlet_class: OutletClass
    country: str
    """ISO 3166-1 alpha-2 of the outlet, or empty when unknown."""
    author: str = ""
    image: str = ""
    source: str
    fetched_at: datetime
    suspicions: tuple[str, ...] = ()


class Span(Value):
    """A verbatim stretch of an article's stored text: `text == article.text[start:end]`."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Figure(Value):
    """A quantity that a source states. `value` is in whole units: 221 billion dollars is 221000000000, USD."""

    value: Number
    upper: Number | None = None
    """The upper end when the source gives a range."""
    unit: str
    """ISO 4217 code, `%`, `percentage_point`, a unit symbol (kWh, nm, GB), or a counter in the source's words."""
    bound: Bound = "exact"
    label: str
    """What it measures, in the digest's language."""
    holder: str = ""
    """Whose figure it is; empty when the source does not say."""
    evidence: Span


class DatedEvent(Value):
    """Something that a source dates. `date` is the first day of the period that `precision` names."""

    date: date
    precision: Precision
    what: str
    evidence: Span


class Entity(Value):
    """A name: its form in the digest and its form in the source."""

    name: str
    source_form: str
    kind: Literal["organisation", "person", "product", "place", "law", "other"] = "other"


class Detail(Value):
    """The three parts of 詳細."""

    background: str
    main: str
    impact: str


class Digest(Value):
    """An article in the reader's language, or in its own (原文) when the extractive engine wrote it."""

    article_id: str
    engine: EngineName
    language: str
    """The language that the digest's text is in."""
    title: str
    summary: str
    detail: Detail
    figures: tuple[Figure, ...] = ()
    events: tuple[DatedEvent, ...] = ()
    entities: tuple[Entity, ...] = ()
    category: str = ""
    """Which of the topic's categories its writer chose for the article; empty where it was not asked or chose none."""
    model: str = ""
    """The model that wrote it where the topic's own had failed; empty for the topic's own."""


class Event(Value):
    """Reports of one event: the article that is printed and the others that tell it too."""

    id: str
    article_id: str
    other_ids: tuple[str, ...] = ()


class Plan(Value):
    """What the researcher decided for one run: the events chosen, in order of rank, and everything left out."""

    events: tuple[Event, ...]
    gaps: tuple[Gap, ...]
    asked: tuple[SourceCount, ...]


class SourceCount(Value):
    """How one source fared: what it offered, and how much of that was kept as an article of the week."""

    source: str
    offered: int
    kept: int
    failed: int = 0


class Statement(Value):
    """One sentence of the synthesis and the articles that bear it out (ids, at least one)."""

    text: str
    article_ids: tuple[str, ...] = Field(min_length=1)
    kind: Kind = "reported"
    language: str


class TopicDraft(Value):
    """One of 注目トピック."""

    title: str
    language: str
    statements: tuple[Statement, ...]


class FigureRef(Value):
    """A key figure, by reference to `digest.figures[index]`; the program prints the number."""

    article_id: str
    index: int = Field(ge=0)


class CategoryDraft(Value):
    """One category and the articles in it, most important first."""

    name: str
    article_ids: tuple[str, ...]


class Synthesis(Value):
    """What the editor writes. `category_digests` maps a category's name to its sentences."""

    trends: tuple[Statement, ...] = ()
    topics: tuple[TopicDraft, ...] = ()
    category_digests: Mapping[str, tuple[Statement, ...]] = Field(default_factory=dict)
    key_figures: tuple[FigureRef, ...] = ()
    outlook: tuple[Statement, ...] = ()
    gaps: tuple[Gap, ...] = ()

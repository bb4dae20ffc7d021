"""The topic file: what a report is about, where its articles come from, and the limits of a run."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator

from agent.engine import Brief
from agent.errors import TopicError
from agent.language.scripts import report_language
from agent.model import OutletClass, Value
from agent.topic_errors import explain, line_of_syntax_error
from agent.week import Timezone, Week


class FeedSpec(Value):
    """An RSS, Atom or JSON feed."""

    kind: Literal["feed"]
    url: str = Field(pattern=r"^https?://")


class PagesSpec(Value):
    """Article pages by address; with `links = true` the addresses are list pages whose links are the articles."""

    kind: Literal["pages"]
    urls: tuple[Annotated[str, Field(pattern=r"^https?://")], ...] = Field(min_length=1)
    links: bool = False


class FilesSpec(Value):
    """A folder, file or glob, relative to the topic file."""

    kind: Literal["files"]
    path: str = Field(min_length=1)


class TavilySpec(Value):
    """Queries to Tavily's news search, one call each."""

    kind: Literal["tavily"]
    queries: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)
    max_results: int = Field(default=20, ge=1, le=20)


SourceSpec = Annotated[FeedSpec | PagesSpec | FilesSpec | TavilySpec, Field(discriminator="kind")]


class OutletRow(Value):
    """An outlet: name, country (ISO 3166-1 alpha-2) and class."""

    name: str = Field(min_length=1)
    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    kind: OutletClass = Field(default="newsroom", alias="class")


class Limits(Value):
    """Limits of a run; a budget of 0 means no limit."""

    model_concurrency: int = Field(default=32, ge=1, le=256)
    allow_private_addresses: bool = False
    fetch_concurrency: int = Field(default=8, ge=1, le=64)
    host_interval: float = Field(default=0.5, ge=0, le=60)
    """Seconds between two requests to one host."""
    requests_per_minute: int = Field(default=0, ge=0)
    tokens_per_minute: int = Field(default=0, ge=0)
    calls: int = Field(default=0, ge=0)
    tokens: int = Field(default=0, ge=0)
    cost: float = Field(default=0, ge=0)
    calls_per_day: int = Field(default=0, ge=0)
    """Model calls of all runs of this model and output folder, from one reset of the provider's quotas to the next."""
    tokens_per_day: int = Field(default=0, ge=0)
    wall_minutes: float = Field(default=0, ge=0)
    """Minutes after which a run asks the model nothing more and finishes without it."""
    candidates: int = Field(default=400, ge=1)
    """Candidate pages that are fetched at most."""


class Prices(Value):
    """USD per million tokens of the model in use, for the cost in run.json."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class Topic(Value):
    """A checked topic file."""

    title: str = Field(min_length=1)
    description: str = ""
    language: Annotated[str, AfterValidator(report_language)] = "ja"
    timezone: Timezone = "Asia/Tokyo"
    articles: int = Field(default=26, ge=1, le=400)
    categories: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    category_hints: Mapping[str, str] = Field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    """An article that contains one of these is on topic whatever the encoder thinks."""
    model: str = ""
    second_model: str = ""
    """PROVIDER:NAME of the model that is asked where the first one fails for good; empty for none."""
    verify: bool = True
    """Whether a model that is admitted as verifier judges what it wrote against the sources."""
    synthesis: Literal["written", "guarded"] = "written"
    """How a model makes the synthesis: it writes it in view of all digests, or no article can touch another's part."""
    mirror: str = ""
    """A folder, relative to the topic file: hosts with a folder in it are read from there, not from the network."""
    sources: tuple[SourceSpec, ...] = Field(min_length=1)
    outlets: Mapping[str, OutletRow] = Field(default_factory=dict)
    glossary: Mapping[str, str] = Field(default_factory=dict)
    limits: Limits = Limits()
    prices: Prices | None = None
    path: Path = Field(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _hints_name_categories(self) -> Topic:
        unknown = [name for name in self.category_hints if name not in self.categories]
        if unknown:
            raise ValueError(f"category_hints names {unknown[0]!r}, which is not in categories")
        if len(set(self.categories)) != len(self.categories):
            raise ValueError("categories names one category twice")
        return self

    @property
    def slug(self) -> str:
        """The topic's name in paths and in the store: the file's name without its suffix."""
        return self.path.stem if self.path.stem != "topic" else self.path.resolve().parent.name

    def brief(self, week: Week) -> Brief:
        """Return what the writers must know."""
        return Brief(
            title=self.title,
            description=self.description,
            language=self.language,
            week=week,
            categories=self.categories,
            category_hints=self.category_hints,
            glossary=self.glossary,
        )


def read_topic(path: Path) -> Topic:
    """Read and check a topic file. Raises TopicError with the line and what would be right."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TopicError(str(path), 0, "no such file; `shuho init` writes one to start from") from None
    except (OSError, UnicodeDecodeError) as error:
        raise TopicError(str(path), 0, f"cannot be read as UTF-8 text: {error}") from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TopicError(str(path), line_of_syntax_error(text, str(error)), f"is not valid TOML: {error}") from None
    if "path" in table:
        raise explain(str(path), text, Topic, {"type": "extra_forbidden", "loc": ("path",), "msg": "", "input": None})
    try:
        return Topic.model_validate({**table, "path": path})
    except ValidationError as error:
        # A misspelt key says more than the missing one that it was meant to be.
        found = min(error.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
        raise explain(str(path), text, Topic, found) from None

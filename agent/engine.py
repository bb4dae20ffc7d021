"""The seam between the agents and what writes for them: one protocol, two engines.

`agent/model_engine/` asks a language model, `agent/extractive/` chooses sentences of the sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from agent.model import Article, CategoryDraft, Digest, EngineName, Synthesis
from agent.week import Week


@dataclass(frozen=True)
class Brief:
    """What every writer must know of the issue it writes for."""

    title: str
    description: str
    language: str
    week: Week
    categories: tuple[str, ...] = ()
    """Empty: found from the articles."""
    category_hints: Mapping[str, str] = field(default_factory=dict)
    """Category name -> words that describe it, for whoever sorts the articles."""
    glossary: Mapping[str, str] = field(default_factory=dict)
    """Source form -> the only form that may be printed."""


@dataclass(frozen=True)
class Digested:
    """An article with its digest."""

    article: Article
    digest: Digest


class Engine(Protocol):
    """Writes the parts of a report that need a writer."""

    name: EngineName

    async def digest(self, article: Article, brief: Brief) -> Digest:
        """Return the digest of one article. Raises AnswerError, RetryError or StopError when it cannot."""
        ...

    async def categorize(self, items: Sequence[Digested], brief: Brief) -> tuple[CategoryDraft, ...]:
        """Put every item into exactly one category; empty categories are left out."""
        ...

    async def edit(self, items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief) -> Synthesis:
        """Write trends, topics, category digests, key figures and outlook from the items."""
        ...


class PackingEngine(Engine, Protocol):
    """An engine that can digest several articles by one call."""

    async def digest_packed(self, article: Article, pack: Sequence[Article], brief: Brief) -> Digest:
        """Return the digest of one article of `pack`; whoever asks first asks for all of them. Raises as `digest`."""
        ...

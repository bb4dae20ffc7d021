"""The engine that needs no key, no network and no model: everything it prints stands in a source."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from agent.engine import Brief, Digested
from agent.extractive.categorize import categorize
from agent.extractive.digest import extract_digest
from agent.extractive.edit import edit
from agent.model import Article, CategoryDraft, Digest, EngineName, Synthesis
from agent.storage.embed import Encoder

_AT_ONCE = 2


class ExtractiveEngine:
    """Chooses sentences of the sources; articles in other languages stay in them."""

    name: EngineName = "extractive"

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def digest(self, article: Article, brief: Brief) -> Digest:
        """Return a digest of the article's own sentences, in its own language."""
        async with self._places:
            return await asyncio.to_thread(extract_digest, article, brief, self._encoder)

    async def categorize(self, items: Sequence[Digested], brief: Brief) -> tuple[CategoryDraft, ...]:
        """Put every item into the category nearest to it, or into clusters when the topic names none."""
        return await asyncio.to_thread(categorize, items, brief, self._encoder)

    async def edit(self, items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief) -> Synthesis:
        """Choose whole sentences and figures for every part of the synthesis."""
        return await asyncio.to_thread(edit, items, categories, brief, self._encoder)

"""The model that is asked where the first one fails for good."""

from __future__ import annotations

from collections.abc import Sequence

from agent.engine import Brief, Digested, PackingEngine
from agent.errors import AnswerError, RetryError
from agent.model import Article, CategoryDraft, Digest, EngineName, Gap, Synthesis


class SecondModelEngine:
    """Asks `second`, a model of the name `named`, for what `first` fails to write after all its attempts.

    Limits and quotas of the first model are no failures: they end its asking as they would without a second one. What
    the second one writes is marked.
    """

    def __init__(self, first: PackingEngine, second: PackingEngine, named: str) -> None:
        """Take both engines and the second model's name, `provider:name`."""
        self.name: EngineName = first.name
        self._first = first
        self._second = second
        self._named = named

    async def digest(self, article: Article, brief: Brief) -> Digest:
        """Return the digest of one article, with the second model's name if that wrote it. Raises as that does."""
        try:
            return await self._first.digest(article, brief)
        except (AnswerError, RetryError):
            return await self._instead(article, brief)

    async def digest_packed(self, article: Article, pack: Sequence[Article], brief: Brief) -> Digest:
        """Return the digest of one article of a pack; the second model is asked for that article alone."""
        try:
            return await self._first.digest_packed(article, pack, brief)
        except (AnswerError, RetryError):
            return await self._instead(article, brief)

    async def _instead(self, article: Article, brief: Brief) -> Digest:
        digest = await self._second.digest(article, brief)
        return digest.model_copy(update={"model": self._named})

    async def categorize(self, items: Sequence[Digested], brief: Brief) -> tuple[CategoryDraft, ...]:
        """Put every item into exactly one category."""
        try:
            return await self._first.categorize(items, brief)
        except (AnswerError, RetryError):
            return await self._second.categorize(items, brief)

    async def edit(self, items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief) -> Synthesis:
        """Write the synthesis; a gap names the second model if that wrote it."""
        try:
            return await self._first.edit(items, categories, brief)
        except (AnswerError, RetryError) as error:
            draft = await self._second.edit(items, categories, brief)
            gap = Gap(stage="edit", subject="synthesis", reason="other_model", detail=f"{self._named}: {error}")
            return draft.model_copy(update={"gaps": (*draft.gaps, gap)})

"""The model engine: `agent.engine.Engine` by questions about one article each, and about a few together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

from agent.calls.llm import CheckFailed, ModelClient
from agent.engine import Brief, Digested
from agent.errors import AnswerBlocked, AnswerError, AnswerInvalid, AnswerTruncated
from agent.model import Article, CategoryDraft, Digest, EngineName, Synthesis
from agent.model_engine.categorizing import categorize_items
from agent.model_engine.digesting import digest_article
from agent.model_engine.editing import edit_issue
from agent.model_engine.packing import PackedDigests
from agent.model_engine.prose import without_quotes
from agent.model_engine.readers import Readers, grounded_readers
from agent.model_engine.writing import write_issue
from agent.storage.embed import Encoder, SentenceEncoder


@contextmanager
def _unquoted() -> Iterator[None]:
    """Give errors a message without the model's own words, since it ends up in the report as a gap."""
    try:
        yield
    except CheckFailed as error:
        raise AnswerInvalid(without_quotes(str(error))) from None
    except AnswerTruncated:
        raise AnswerTruncated("the answer stopped at the output limit") from None
    except AnswerBlocked:
        raise AnswerBlocked("the answer was blocked or empty") from None
    except AnswerError:
        raise AnswerInvalid("the answer was not the JSON object that was asked for") from None


class ModelEngine:
    """Writes with a language model what the articles bear out. Longest chain of calls: a digest, the synthesis.

    `guarded` puts the synthesis together from the digests' own sentences and what the model says a few articles have in
    common, so that no article can touch what is said of another; else the model writes it in view of all digests.
    """

    name: EngineName = "model"

    def __init__(
        self,
        client: ModelClient,
        readers: Readers | None = None,
        encoder: Encoder | None = None,
        *,
        guarded: bool = False,
    ) -> None:
        self._client = client
        self._given = readers
        self._packs = PackedDigests(client, lambda: self._readers)
        self._encoder = encoder or SentenceEncoder()
        self._guarded = guarded

    @cached_property
    def _readers(self) -> Readers:
        return self._given or grounded_readers()

    async def digest(self, article: Article, brief: Brief) -> Digest:
        """Return the digest of one article. Raises AnswerError, RetryError, StopError or ModelRefused."""
        with _unquoted():
            return await digest_article(article, brief, self._client, self._readers)

    async def digest_packed(self, article: Article, pack: Sequence[Article], brief: Brief) -> Digest:
        """Return the digest of an article that is asked for together with the others of `pack`. Raises as `digest`."""
        with _unquoted():
            return await self._packs.digest(article, tuple(pack), brief)

    async def categorize(self, items: Sequence[Digested], brief: Brief) -> tuple[CategoryDraft, ...]:
        """Put every item into exactly one category, each by itself. Raises AnswerError, RetryError, StopError or
        ModelRefused.
        """
        with _unquoted():
            return await categorize_items(items, brief, self._client, self._encoder)

    async def edit(self, items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief) -> Synthesis:
        """Write the synthesis. Raises AnswerError, RetryError, StopError or ModelRefused."""
        with _unquoted():
            if not self._guarded:
                return await write_issue(items, categories, brief, self._client, self._readers)
            return await edit_issue(items, categories, brief, self._client, self._readers, self._encoder)

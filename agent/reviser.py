"""The reviser: from a person's message to an edit of a finished report, an answer, or a question back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.calls.streaming import Hear, unheard
from agent.editor import EvidenceFinder
from agent.model import Article
from agent.report import Report, ReportArticle
from agent.revision import requests
from agent.revision.apply import apply
from agent.revision.choosing import placed, shortened
from agent.revision.edits import AddArticle, Edit, Passage, RefusedEdit, Revised, Sources
from agent.revision.requests import Do, Fetch, Place, Question, Request, Shorten, Unclear, Write

FetchArticle = Callable[[str, Report], Awaitable[tuple[Article, ReportArticle]]]
"""(address, report) -> the stored article and how it is printed; raises RefusedEdit when it cannot be one."""


class Writer(Protocol):
    """What a language model does for the reviser. Raises AnswerError, RetryError, StopError or ModelRefused."""

    async def understand(self, message: str, section: str, report: Report) -> Request:
        """Return what a message asks for."""
        ...

    async def rewrite(
        self, wish: Write, report: Report, sources: Sources, evidence: Sequence[Passage], show: Hear
    ) -> Edit:
        """Return the edit that a wish asks for; `show` gets the draft. Raises RefusedEdit when it is not borne out."""
        ...

    async def answer(
        self, question: str, report: Report, articles: Mapping[str, Article], evidence: Sequence[Passage], show: Hear
    ) -> str:
        """Return an answer, empty when the sources do not say; `show` gets each sentence that holds as it comes."""
        ...


class NeedsWriter(RefusedEdit):
    """The wish needs a language model, and there is none."""

    def __init__(self) -> None:
        super().__init__("needs_model")


@dataclass(frozen=True)
class Reviser:
    """Revises one report; without a writer it does what needs no writing."""

    finder: EvidenceFinder | None = None
    writer: Writer | None = None
    fetch: FetchArticle | None = None

    async def understand(self, message: str, section: str, report: Report) -> Request:
        """Return what a message asks for: by rules where they fit, else by the writer.

        With a writer, shortening is writing too: it can say the same in fewer words. Raises RefusedEdit.
        """
        request = requests.understand(message, section, report)
        if self.writer is not None:
            if isinstance(request, Shorten) and not request.sentences:
                return Write(section=request.section, instruction=message)
            if request is None or isinstance(request, Unclear):
                return await self.writer.understand(message, section, report)
        if request is not None:
            return request
        chosen = section or requests.named_section(message, report)
        return Write(section=chosen, instruction=message)

    async def edit(
        self, request: Request, report: Report, sources: Sources, evidence: Sequence[Passage], show: Hear = unheard
    ) -> Edit:
        """Return the edit that a request comes to; `show` gets a writer's draft as it grows, not yet looked at.

        Raises RefusedEdit, NeedsWriter, or what the writer raises.
        """
        if isinstance(request, Do):
            return request.edit
        if isinstance(request, Shorten):
            return shortened(report, request.section, request.sentences)
        if isinstance(request, Place):
            return placed(report, request, sources)
        if isinstance(request, Fetch):
            return AddArticle(article=await self._fetched(request.url, report))
        if isinstance(request, Write):
            if self.writer is None:
                raise NeedsWriter
            return await self.writer.rewrite(request, report, sources, evidence, show)
        raise RefusedEdit("no_edit", kind=request.kind)

    async def answer(
        self,
        question: Question,
        report: Report,
        articles: Mapping[str, Article],
        evidence: Sequence[Passage],
        show: Hear = unheard,
    ) -> str:
        """Return an answer that changes nothing, empty when the sources do not say or there is no writer.

        `show` gets the sentences that hold, all so far, whenever there is one more.
        """
        if self.writer is None:
            return ""
        return await self.writer.answer(question.text, report, articles, evidence, show)

    def try_out(self, report: Report, edit: Edit, sources: Sources) -> Revised:
        """Return the report as it would be. Raises RefusedEdit."""
        return apply(report, edit, sources, self.finder)

    async def _fetched(self, url: str, report: Report) -> ReportArticle:
        if self.fetch is None:
            raise RefusedEdit("no_fetch")
        _, printed = await self.fetch(url, report)
        return printed

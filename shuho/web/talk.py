"""The talk about each report while the page is served: what is being worked on, what is written so far, who listens.

What was said lies in the transcript, beside the reports: it is there again after a restart.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from agent.errors import ShuhoError
from agent.revision.reasons import reason_of
from agent.revision.transcript import Said, Transcript
from shuho.issue_parts import IssuePlace, transcript_path
from shuho.revising import Revising
from shuho.turns import Told, Turn, heard
from shuho.web.desk import AUTHOR, Desk
from shuho.web.shelf import Issue

MOST_ENTRIES = 200
_NOTHING = Told("")
_CHANGED = frozenset({"written", "stepped"})


@dataclass
class Talk:
    """The talk about one report. `now` is what is being worked on, its step empty when nothing is."""

    transcript: Transcript
    now: Told = _NOTHING
    trouble: Said | None = None
    """Why a request could not even be begun; it is no part of the talk."""
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def entries(self) -> Sequence[Said]:
        """What was said, oldest first."""
        return [*self.transcript.last(MOST_ENTRIES), *([self.trouble] if self.trouble else [])]

    def at(self, told: Told) -> None:
        """Note where the work stands, and tell all listeners."""
        self.now = told
        self.moved.set()
        self.moved = asyncio.Event()


class Busy(Exception):
    """Something else is being worked on."""


class Talks:
    """All talks. One request is worked on at a time, whatever becomes of the browser that sent it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._talks: dict[tuple[str, str], Talk] = {}
        self._task: asyncio.Task[None] | None = None

    def of(self, issue: Issue) -> Talk:
        """Return the talk about an issue."""
        key = (issue.topic, issue.week)
        if key not in self._talks:
            place = IssuePlace(issue.folder.path.parent.parent, issue.folder)
            self._talks[key] = Talk(Transcript(transcript_path(place)))
        return self._talks[key]

    async def waiting(self, issue: Issue, *, open_it: bool) -> Turn | None:
        """Return what waits for a decision, also from before a restart; nothing while something is worked on.

        Without `open_it` only reports that are open for revision already are asked.
        """
        if self.of(issue).now.step or not (open_it or self._desk.is_open(issue)):
            return None
        return await (await self._desk.revising(issue)).pending()

    def ask(self, issue: Issue, message: str, section: str, language: str) -> asyncio.Task[None]:
        """Begin to work on a message. Raises Busy."""
        talk = self.of(issue)

        async def turn(revising: Revising) -> Turn:
            return await revising.say(message, section, AUTHOR, talk.at, language=language, noted=True)

        self._free()
        talk.transcript.add(heard(message, section, AUTHOR, language))
        return self._begin(issue, "understand", turn, language)

    def decide(self, issue: Issue, proposal: str, language: str, *, approve: bool) -> asyncio.Task[None]:
        """Begin to write or to drop what waits. Raises Busy."""
        talk = self.of(issue)

        async def turn(revising: Revising) -> Turn:
            if approve:
                return await revising.approve(proposal, talk.at, language=language)
            return await revising.reject(proposal, language=language)

        return self._begin(issue, "write", turn, language)

    def step(self, issue: Issue, way: Literal["undo", "redo"] | int, seen: int, language: str) -> asyncio.Task[None]:
        """Begin to go back, forth, or to the version of a number, from version `seen`. Raises Busy."""

        async def turn(revising: Revising) -> Turn:
            if isinstance(way, int):
                return await revising.restore(way, seen, language=language)
            return await (revising.undo if way == "undo" else revising.redo)(seen, language=language)

        return self._begin(issue, "write", turn, language)

    async def listen(self, issue: Issue) -> AsyncIterator[Told]:
        """Yield where the work stands whenever that changes, the newest only, and an empty step at the end."""
        talk = self.of(issue)
        while talk.now.step:
            moved = talk.moved
            yield talk.now
            await moved.wait()
        yield Told("")

    async def close(self) -> None:
        """Stop what is being worked on; the revision graph goes on with an approved edit at the next start."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _free(self) -> None:
        if self._task is not None and not self._task.done():
            raise Busy

    def _begin(
        self, issue: Issue, first: str, turn: Callable[[Revising], Awaitable[Turn]], language: str
    ) -> asyncio.Task[None]:
        self._free()
        self.of(issue).at(Told(first))
        self._task = asyncio.create_task(self._work(issue, turn, language))
        return self._task

    async def _work(self, issue: Issue, turn: Callable[[Revising], Awaitable[Turn]], language: str) -> None:
        talk = self.of(issue)
        talk.trouble = None
        revising = None
        try:
            revising = await self._desk.revising(issue)
            done = await turn(revising)
            if done.status in _CHANGED:
                self._desk.render(revising)
        except ShuhoError as error:
            # Once the report is open, its own transcript has the reason.
            if revising is None:
                now, words = datetime.now(UTC), reason_of(error, language)
                talk.trouble = Said(at=now, who="agent", text=words, language=language, status="failed")
        finally:
            talk.at(Told(""))

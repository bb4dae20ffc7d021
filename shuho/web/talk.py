"""The talk about each report while the page is served: what was said, what is being worked on, who listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from agent.errors import ShuhoError
from shuho.revising import Revising, Turn
from shuho.web.desk import AUTHOR, Desk
from shuho.web.shelf import Issue

MOST_ENTRIES = 200
_CHANGED = frozenset({"written", "stepped"})


@dataclass(frozen=True)
class Entry:
    """Something said; `section` is what a person's message was about; `failed` tells that it is an error."""

    who: Literal["person", "agent"]
    text: str
    section: str = ""
    turn: Turn | None = None
    failed: bool = False


@dataclass
class Talk:
    """The talk about one report; `step` is what is being worked on, empty when nothing is."""

    entries: list[Entry] = field(default_factory=list)
    step: str = ""
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def say(self, entry: Entry) -> None:
        """Add an entry; the oldest ones go."""
        self.entries.append(entry)
        del self.entries[:-MOST_ENTRIES]

    def at(self, step: str) -> None:
        """Note the step that begins, and tell all listeners."""
        self.step = step
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
        return self._talks.setdefault((issue.topic, issue.week), Talk())

    async def waiting(self, issue: Issue, *, open_it: bool) -> Turn | None:
        """Return what waits for a decision, also from before a restart; nothing while something is worked on.

        Without `open_it` only reports that are open for revision already are asked.
        """
        if self.of(issue).step or not (open_it or self._desk.is_open(issue)):
            return None
        return await (await self._desk.revising(issue)).pending()

    def ask(self, issue: Issue, message: str, section: str) -> asyncio.Task[None]:
        """Begin to work on a message. Raises Busy."""
        talk = self.of(issue)

        async def turn(revising: Revising) -> Turn:
            return await revising.say(message, section, AUTHOR, talk.at)

        task = self._begin(issue, "understand", turn)
        talk.say(Entry("person", message, section))
        return task

    def decide(self, issue: Issue, proposal: str, *, approve: bool) -> asyncio.Task[None]:
        """Begin to write or to drop what waits. Raises Busy."""
        talk = self.of(issue)

        async def turn(revising: Revising) -> Turn:
            return await (revising.approve(proposal, talk.at) if approve else revising.reject(proposal))

        return self._begin(issue, "write", turn)

    def step(self, issue: Issue, way: Literal["undo", "redo"] | int) -> asyncio.Task[None]:
        """Begin to go back, forth, or to the version of a number. Raises Busy."""

        async def turn(revising: Revising) -> Turn:
            if isinstance(way, int):
                return await revising.restore(way)
            return await (revising.undo() if way == "undo" else revising.redo())

        return self._begin(issue, "write", turn)

    async def listen(self, issue: Issue) -> AsyncIterator[str]:
        """Yield the step that is being worked on whenever it changes, and an empty one at the end."""
        talk = self.of(issue)
        while talk.step:
            moved = talk.moved
            yield talk.step
            await moved.wait()
        yield ""

    async def close(self) -> None:
        """Stop what is being worked on; the revision graph goes on with an approved edit at the next start."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _begin(self, issue: Issue, first: str, turn: Callable[[Revising], Awaitable[Turn]]) -> asyncio.Task[None]:
        if self._task is not None and not self._task.done():
            raise Busy
        self.of(issue).at(first)
        self._task = asyncio.create_task(self._work(issue, turn))
        return self._task

    async def _work(self, issue: Issue, turn: Callable[[Revising], Awaitable[Turn]]) -> None:
        talk = self.of(issue)
        try:
            revising = await self._desk.revising(issue)
            done = await turn(revising)
            talk.say(Entry("agent", done.reply, turn=done))
            if done.status in _CHANGED:
                self._desk.render(revising)
        except ShuhoError as error:
            talk.say(Entry("agent", str(error), failed=True))
        finally:
            talk.at("")

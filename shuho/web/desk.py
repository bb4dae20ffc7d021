"""Keeps the reports that are talked about open for revision, a few at a time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

from agent.errors import RenderError, SettingError, WeekHeld
from agent.issue import REPORT
from agent.observability.progress import Silent
from agent.settings import Settings
from agent.storage.embed import SentenceEncoder
from agent.topic import Topic
from shuho.revising import ReviseOptions, Revising, open_revising
from shuho.web.shelf import Issue

_MOST_OPEN = 4
AUTHOR = "web"


@dataclass(frozen=True)
class _Open:
    revising: Revising
    stack: AsyncExitStack


class Desk:
    """Opens reports for revision with one engine and model for all."""

    def __init__(
        self,
        settings: Settings,
        engine: ReviseOptions,
        topics: Callable[[], Mapping[str, Topic]],
        encoder: SentenceEncoder,
    ) -> None:
        """Take one engine and model for all; `topics` gives the topic files, whose limits and prices hold."""
        self._settings = settings
        self._engine = engine
        self._topics = topics
        self._encoder = encoder
        self._open: OrderedDict[tuple[str, str], _Open] = OrderedDict()
        self._turn = asyncio.Lock()
        self._rendering: set[asyncio.Task[None]] = set()

    async def revising(self, issue: Issue) -> Revising:
        """Return an issue under revision. Raises SettingError or ModelRefused."""
        key = (issue.topic, issue.week)
        async with self._turn:
            if key not in self._open:
                while len(self._open) >= _MOST_OPEN:
                    await self._open.popitem(last=False)[1].stack.aclose()
                topic = (await asyncio.to_thread(self._topics)).get(issue.topic)
                options = replace(
                    self._engine, report=issue.folder.path / REPORT, topic=topic.path if topic else None, author=AUTHOR
                )
                stack = AsyncExitStack()
                revising = await stack.enter_async_context(
                    open_revising(options, self._settings, Silent(), self._encoder)
                )
                if revising.has_writer:
                    revising.warm_up()
                self._open[key] = _Open(revising, stack)
            self._open.move_to_end(key)
            return self._open[key].revising

    def is_open(self, issue: Issue) -> bool:
        """Tell whether an issue has been opened already, which takes a second or two the first time."""
        return (issue.topic, issue.week) in self._open

    def render(self, revising: Revising) -> None:
        """Begin to make the other formats anew; what fails is made at the next revision or start."""
        task = asyncio.create_task(_render(revising))
        self._rendering.add(task)
        task.add_done_callback(self._rendering.discard)

    async def close(self) -> None:
        """Finish rendering and close everything."""
        await asyncio.gather(*self._rendering, return_exceptions=True)
        async with self._turn:
            while self._open:
                await self._open.popitem()[1].stack.aclose()


async def _render(revising: Revising) -> None:
    try:
        await revising.refresh()
    except (RenderError, SettingError, WeekHeld):
        # The folder stays marked as unrendered, and the next turn tries again.
        return

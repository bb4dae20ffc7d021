"""Work that is begun while a run waits for something else, and is done by the time that it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Ahead:
    """Does what was begun, one piece at a time, so that it leaves most of the interpreter to the run itself.

    Use it in one event loop. A run that goes on after a kill may have begun nothing.
    """

    def __init__(self) -> None:
        self._begun: set[asyncio.Future[Any]] = set()
        self._named: dict[str, asyncio.Future[Any]] = {}
        self._turn = asyncio.Lock()

    def begin(self, work: Awaitable[Any], name: str = "") -> None:
        """Start a piece of work without waiting for it; under a name its result is kept."""
        begun = asyncio.ensure_future(self._in_turn(work))
        self._begun.add(begun)
        if name:
            self._named[name] = begun

    async def result(self, name: str, work: Callable[[], Awaitable[T]]) -> T:
        """Return what the work begun under `name` came to; where none was, do it now."""
        begun = self._named.pop(name, None)
        found: T = await (begun or work())
        return found

    async def _in_turn(self, work: Awaitable[T]) -> T:
        try:
            async with self._turn:
                return await work
        finally:
            # Python complains of a coroutine that was given up before its turn.
            if asyncio.iscoroutine(work):
                work.close()

    async def done(self) -> None:
        """Return when all that was begun has ended; raises what it raised."""
        begun, self._begun = self._begun, set()
        await asyncio.gather(*begun)

    async def aclose(self) -> None:
        """Give up what was begun and never asked for: nothing of it goes on, or fails, behind a run that has ended."""
        begun, self._begun = self._begun, set()
        for work in begun:
            work.cancel()
        await asyncio.gather(*begun, return_exceptions=True)

"""Work that is begun while a run waits for something else, and is done by the time that it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any


class Ahead:
    """Keeps what was begun; use in one event loop. A run that goes on after a kill may have begun nothing."""

    def __init__(self) -> None:
        self._begun: set[asyncio.Future[Any]] = set()

    def begin(self, work: Awaitable[Any]) -> None:
        """Start a piece of work without waiting for it."""
        self._begun.add(asyncio.ensure_future(work))

    async def done(self) -> None:
        """Return when all that was begun has ended; raises what it raised."""
        begun, self._begun = self._begun, set()
        await asyncio.gather(*begun)

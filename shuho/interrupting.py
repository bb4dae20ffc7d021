"""Ends a run soon after Ctrl-C, SIGTERM or the terminal's end, whatever it is busy with."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

GRACE = 1.2
"""Seconds for a run to end by itself; what it has written is safe without it."""
INTERRUPTED = 130
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_interruptible(work: Coroutine[Any, Any, T], say: Callable[[], None]) -> T:
    """Run a coroutine to its end and return what it returns; the main thread only.

    At a signal it is cancelled; `say` is called once, and the process ends with exit code 130 within 2 seconds, even
    if threads or C code hold it up. No process that it started outlives it.
    """
    leaving = _Leaving(say)
    before = {number: signal.signal(number, leaving.begin) for number in _SIGNALS}
    try:
        with asyncio.Runner() as runner:
            return runner.run(leaving.watched(work))
    except asyncio.CancelledError:
        if leaving.begun:
            leaving.end()
        raise
    finally:
        if leaving.begun:
            leaving.end()
        for number, handler in before.items():
            signal.signal(number, handler)


class _Leaving:
    """The way out after a signal."""

    def __init__(self, say: Callable[[], None]) -> None:
        self.begun = False
        self._say = say
        self._once = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Any] | None = None

    async def watched(self, work: Coroutine[Any, Any, T]) -> T:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        return await work

    def begin(self, *_: object) -> None:
        if self.begun:
            return
        self.begun = True
        timer = threading.Timer(GRACE, self.end)
        timer.daemon = True
        timer.start()
        if self._loop is not None and self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)

    def end(self) -> None:
        """Leave at once. Not by an exception: the interpreter would wait for threads that are still at work."""
        if not self._once.acquire(blocking=False):
            threading.Event().wait()
        self._say()
        for child in _children():
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os._exit(INTERRUPTED)


def _children() -> list[int]:
    """Return the processes that this one started and that still run; none where the system does not tell."""
    listed = [path.read_text().split() for path in Path("/proc/self/task").glob("*/children")]
    return [int(number) for numbers in listed for number in numbers]

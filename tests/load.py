"""How busy this machine is: a bound on wall time holds for a machine that has nothing else to do."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_WORK = 0.05
"""Seconds of CPU time by which the load before and after the block is felt."""
_TOUCH = 0.005
"""The same during the block, every `_PAUSE` seconds: it must not be the load."""
_PAUSE = 0.2


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Demand that the block takes at most `seconds` of wall time, times how much slower the machine is than alone.

    The machine is felt before the block, on the average while it runs, and after it; the slowest counts.
    """
    before, over = _felt(_WORK), threading.Event()
    during = [(0.0, 0.0)]

    def feel() -> None:
        while not over.wait(_PAUSE):
            during.append(_felt(_TOUCH))

    feeling = threading.Thread(target=feel, daemon=True)
    feeling.start()
    begun = time.monotonic()
    try:
        yield
    finally:
        taken = time.monotonic() - begun
        over.set()
        feeling.join()
    wall, cpu = (sum(column) for column in zip(*during, strict=True))
    slowest = max(taken / work for taken, work in (before, (wall, cpu or 1.0), _felt(_WORK)))
    assert taken < seconds or taken < seconds * slowest


def _felt(work: float) -> tuple[float, float]:
    """Return the wall time that `work` seconds of this thread's CPU time took, and those seconds."""
    wall, cpu = time.monotonic(), time.thread_time()
    while time.thread_time() - cpu < work:
        pass
    return time.monotonic() - wall, time.thread_time() - cpu

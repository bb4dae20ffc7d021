"""How busy this machine is: a bound on wall time holds for a machine that has nothing else to do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

_WORK = 0.05
"""Seconds of CPU time by which the load is felt."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Demand that the block takes at most `seconds` of wall time, times how much slower the machine is than alone."""
    before = _slowed()
    begun = time.monotonic()
    yield
    taken = time.monotonic() - begun
    assert taken < seconds or taken < seconds * max(before, _slowed())


def _slowed() -> float:
    """Return the wall time of some work over its CPU time, 1 or more."""
    wall, cpu = time.monotonic(), time.process_time()
    while time.process_time() - cpu < _WORK:
        pass
    return max(1.0, (time.monotonic() - wall) / (time.process_time() - cpu))

"""A limit of requests a minute, kept by a server as a token bucket with ten seconds' worth of burst."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class PerMinute:
    """Lets `rate` requests a minute in; safe across threads."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.burst = max(1.0, rate / 6)
        self.refused = 0
        self._clock = clock
        self._level = self.burst
        self._at = clock()
        self._lock = threading.Lock()

    def wait(self) -> float:
        """Let a request in and return 0, or return the seconds after which it should come again."""
        with self._lock:
            now = self._clock()
            self._level = min(self.burst, self._level + (now - self._at) * self.rate / 60)
            self._at = now
            if self._level >= 1:
                self._level -= 1
                return 0.0
            self.refused += 1
            return (1 - self._level) * 60 / self.rate

    def ideal(self, calls: int) -> float:
        """Return the seconds that `calls` requests take at least, from an unused limit on."""
        return max(0.0, (calls - self.burst) * 60 / self.rate)

"""Shows a run while it works: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from agent.model import Stage
from agent.observability.progress import Progress, Tally

_NAMES: dict[Stage, str] = {
    "research": "research",
    "translate": "translate",
    "categorize": "categorize",
    "edit": "edit",
    "check": "check",
    "publish": "publish",
}


@contextmanager
def watch(stream: IO[str]) -> Iterator[Progress]:
    """Yield a progress that is shown on `stream`."""
    if not stream.isatty():

        def write(line: str) -> None:
            stream.write(f"{line}\n")
            stream.flush()

        yield PlainProgress(write, time.monotonic)
        return
    from rich.console import Console
    from rich.status import Status

    console = Console(file=stream, highlight=False)
    with Status("starting", console=console) as status:
        yield LiveProgress(status.update, lambda text: console.print(text, markup=False))


class _Counting:
    """Keeps the stage, how far it is, and what the model has cost."""

    def __init__(self) -> None:
        self._stage: Stage = "research"
        self._done = 0
        self._total = 0
        self._tally = Tally()

    def _begin(self, stage: Stage, total: int) -> None:
        self._stage, self._done, self._total = stage, 0, total

    def _line(self) -> str:
        parts = [_NAMES[self._stage]]
        if self._total:
            parts.append(f"{self._done} of {self._total}")
        tally = self._tally
        if tally.calls or tally.cached:
            tokens = tally.input_tokens + tally.output_tokens
            parts.append(f"{tally.calls} model calls, {tally.cached} from the ledger, {tokens:,} tokens")
        if tally.cost is not None and tally.calls:
            parts.append(f"{tally.cost:.4f} {tally.currency}")
        return " · ".join(parts)


class LiveProgress(_Counting):
    """One line that changes in place, by `show`; notes stay above it, by `say`."""

    def __init__(self, show: Callable[[str], None], say: Callable[[str], None]) -> None:
        super().__init__()
        self._show = show
        self._say = say

    def note(self, text: str) -> None:
        """Write a line that stays."""
        self._say(text)

    def stage(self, stage: Stage, total: int = 0) -> None:
        """Show the new stage."""
        self._begin(stage, total)
        self._show(self._line())

    def step(self, stage: Stage, subject: str) -> None:
        """Count one step."""
        self._done += 1
        self._show(self._line())

    def spent(self, tally: Tally) -> None:
        """Show what the model has cost."""
        self._tally = tally
        self._show(self._line())


class PlainProgress(_Counting):
    """A line when a stage begins and at each fifth of it, with the seconds since the start."""

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float]) -> None:
        super().__init__()
        self._write = write
        self._clock = clock
        self._begun = clock()

    def note(self, text: str) -> None:
        """Write it."""
        self._write(text)

    def stage(self, stage: Stage, total: int = 0) -> None:
        """Write the new stage."""
        if stage == self._stage and total == 0 and self._done:
            return
        self._begin(stage, total)
        self._say()

    def step(self, stage: Stage, subject: str) -> None:
        """Count one step; write every fifth of the stage."""
        self._done += 1
        fifth = max(1, -(-self._total // 5))
        if self._total and (self._done % fifth == 0 or self._done == self._total):
            self._say()

    def spent(self, tally: Tally) -> None:
        """Remember what the model has cost for the next line."""
        self._tally = tally

    def _say(self) -> None:
        self._write(f"{self._clock() - self._begun:6.1f} s  {self._line()}")

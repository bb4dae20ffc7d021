"""What a run says while it works; the command prints it, a test collects it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from agent.model import Stage


@dataclass(frozen=True)
class Tally:
    """What the model has cost so far. `cost` is in `currency`, None when no price is known."""

    calls: int = 0
    cached: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    characters_sent: int = 0
    cost: float | None = None
    currency: str = "USD"


class Progress(Protocol):
    """Receives what happens, in order."""

    def note(self, text: str) -> None:
        """Something that the person who started the run should know, once."""
        ...

    def stage(self, stage: Stage, total: int = 0) -> None:
        """A stage begins; `total` is how many steps it has, 0 when that is not known yet."""
        ...

    def step(self, stage: Stage, subject: str) -> None:
        """One step of a stage is done."""
        ...

    def spent(self, tally: Tally) -> None:
        """The model's cost changed."""
        ...


class Silent:
    """A progress that nobody watches."""

    def note(self, text: str) -> None:
        """Ignore it."""

    def stage(self, stage: Stage, total: int = 0) -> None:
        """Ignore it."""

    def step(self, stage: Stage, subject: str) -> None:
        """Ignore it."""

    def spent(self, tally: Tally) -> None:
        """Ignore it."""

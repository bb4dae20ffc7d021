"""A real model client for a local Gemini server, on a clock that no test waits for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from agent.calls.chat_model import chat_model
from agent.calls.ledger import Ledger
from agent.calls.llm import ModelClient, Rules
from agent.calls.pace import Pace
from agent.observability.progress import Silent
from tests.servers.gemini import GeminiServer

MODEL = "google_genai:gemini-3.5-flash"


@dataclass
class Clock:
    """A clock that only sleep moves."""

    now: float = 0.0
    naps: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.naps.append(round(seconds, 3))
        self.now += seconds
        await asyncio.sleep(0)


def client_for(
    server: GeminiServer,
    ledger: Ledger | Path,
    clock: Clock | None = None,
    *,
    key: str = "fake",
    timeout: float = 60.0,
    **options: object,
) -> ModelClient:
    """Return a client of `server`; jitter is always at its greatest, so that naps can be compared."""
    clock = clock or Clock()
    options.setdefault("rules", Rules(timeout=timeout))
    return ModelClient(
        chat_model(MODEL, api_key=key, base_url=server.url, timeout=timeout),
        MODEL,
        ledger if isinstance(ledger, Ledger) else Ledger(ledger),
        pace=Pace(clock=clock, sleep=clock.sleep),
        progress=Silent(),
        sleep=clock.sleep,
        draw=lambda low, high: high,
        **options,  # type: ignore[arg-type]
    )

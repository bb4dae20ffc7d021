"""One run's account in the log of model calls: what it may ask, what it has asked, over all its starts."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace

from agent.calls.budget import Spent
from agent.calls.call_log import ASKED, CACHED, Call, CallLog, DayLimits
from agent.observability.observing import inherited
from agent.observability.progress import Tally


@dataclass(frozen=True)
class Entered:
    """A request that is entered in the log and under way; `waited` is how long limits held it back, in seconds."""

    number: int
    begun: float
    waited: float


@dataclass(frozen=True)
class Account:
    """Enters the calls of `run` into `log`, within the limits of the day. Without a log, it lives as long as itself."""

    log: CallLog = field(default_factory=lambda: CallLog(None))
    run: str = ""
    day: DayLimits = field(default_factory=DayLimits)

    async def begin(self, call: Call, wanted: float) -> Entered:
        """Enter a request that goes out now; `wanted` is the monotonic moment at which its wait began.

        Its tokens and cost are what is expected of it; they stay in the log if a kill cuts it off. Raises
        DayLimitReached when the day has no room for it.
        """
        begun = time.monotonic()
        waited = begun - wanted
        entry = replace(
            call,
            run=self.run,
            subject=inherited("article"),
            at=self.log.moment() - waited,
            waited=waited,
            outcome=ASKED,
        )
        # In a thread, because the write may wait for another process.
        return Entered(await asyncio.to_thread(self.log.begin, entry, self.day), begun, waited)

    async def end(self, entered: Entered, outcome: str, tokens: tuple[int, int] = (0, 0), cost: float = 0.0) -> None:
        """Enter how a request ended, and what it cost."""
        # A cancelled task may not wait any more.
        self.log.end(entered.number, outcome, time.monotonic() - entered.begun, tokens, cost)

    async def note_cached(self, model: str, prompt: str) -> None:
        """Enter an answer that the ledger had."""
        call = Call(model, prompt, self.run, inherited("article"), at=self.log.moment(), outcome=CACHED)
        await asyncio.to_thread(self.log.begin, call, DayLimits())

    def calls(self) -> tuple[Call, ...]:
        """Return every call of the run, in order."""
        return self.log.calls(self.run)

    def spent(self) -> Spent:
        """Return what the run has spent."""
        return self.log.spent(self.run)

    def tally(self, *, priced: bool) -> Tally:
        """Return what the run has spent, in full; its cost is None unless its calls were `priced`."""
        calls = self.calls()
        asked = [call for call in calls if call.outcome != CACHED]
        return Tally(
            calls=len(asked),
            cached=len(calls) - len(asked),
            retries=sum(call.attempt > 1 for call in asked),
            input_tokens=sum(call.input_tokens for call in asked),
            output_tokens=sum(call.output_tokens for call in asked),
            characters_sent=sum(call.characters for call in asked),
            cost=sum(call.cost for call in asked) if priced else None,
        )

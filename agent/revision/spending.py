"""What revisions cost: calls, tokens and money of the turn that is going on."""

from __future__ import annotations

from collections.abc import Callable

from agent.observability.progress import Tally
from agent.report import Spent


class Meter:
    """Reads what a model has cost, turn by turn; `read` gives the running total of its client."""

    def __init__(self, read: Callable[[], Tally] = Tally) -> None:
        self._read = read
        self._other = Spent()
        self._begun = Spent()

    def begin(self) -> None:
        """Begin a turn."""
        self._begun = self._total()

    def add(self, tally: Tally) -> None:
        """Count what another client has spent in this turn, as the one that digests an added article."""
        self._other = added(self._other, _spent(tally))

    def turn(self) -> Spent | None:
        """Return what this turn has cost so far, None when no model was asked."""
        now, begun = self._total(), self._begun
        cost = None if now.cost is None else round(now.cost - (begun.cost or 0.0), 6)
        spent = Spent(
            calls=now.calls - begun.calls,
            cached=now.cached - begun.cached,
            input_tokens=now.input_tokens - begun.input_tokens,
            output_tokens=now.output_tokens - begun.output_tokens,
            cost=cost,
        )
        return spent if spent.calls or spent.cached else None

    def _total(self) -> Spent:
        return added(_spent(self._read()), self._other)


def added(one: Spent, other: Spent) -> Spent:
    """Return the sum; its cost is None when neither has one."""
    costs = [spent.cost for spent in (one, other) if spent.cost is not None]
    return Spent(
        calls=one.calls + other.calls,
        cached=one.cached + other.cached,
        input_tokens=one.input_tokens + other.input_tokens,
        output_tokens=one.output_tokens + other.output_tokens,
        cost=round(sum(costs), 6) if costs else None,
    )


def _spent(tally: Tally) -> Spent:
    return Spent(
        calls=tally.calls,
        cached=tally.cached,
        input_tokens=tally.input_tokens,
        output_tokens=tally.output_tokens,
        cost=tally.cost,
    )

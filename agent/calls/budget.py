"""The limits of a run on model calls, tokens and money."""

from __future__ import annotations

from dataclasses import dataclass

from agent.errors import BudgetReached


@dataclass(frozen=True)
class Budget:
    """Limits of one run, None for no limit; `cost` is in USD."""

    calls: int | None = None
    tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True)
class Charge:
    """What one call takes, or is expected to take."""

    tokens: int
    cost: float


@dataclass(frozen=True)
class Spent:
    """What some calls have taken together; `cost` is in USD."""

    calls: int = 0
    tokens: int = 0
    cost: float = 0.0


class Spending:
    """What is spent and what is promised to calls under way: a call is refused before it could cross a limit."""

    def __init__(self, budget: Budget, spent: Spent | None = None) -> None:
        """Take the limits of a run, and what its earlier starts have spent."""
        spent = spent or Spent()
        self._budget = budget
        self._calls = spent.calls
        self._tokens = spent.tokens
        self._cost = spent.cost

    def reserve(self, expected: Charge) -> None:
        """Promise a call its expected charge. Raises BudgetReached when that would cross a limit."""
        calls, tokens, cost = self._calls + 1, self._tokens + expected.tokens, self._cost + expected.cost
        limits = self._budget
        if limits.calls is not None and calls > limits.calls:
            raise BudgetReached(f"the limit of {limits.calls} model calls is reached")
        if limits.tokens is not None and tokens > limits.tokens:
            raise BudgetReached(f"the next call would cross the limit of {limits.tokens:,} tokens")
        if limits.cost is not None and cost > limits.cost:
            raise BudgetReached(f"the next call would cross the limit of {limits.cost:.2f} USD")
        self._calls, self._tokens, self._cost = calls, tokens, cost

    def settle(self, expected: Charge, actual: Charge) -> None:
        """Replace a promise by what the call really took; nothing when it failed without an answer."""
        self._tokens += actual.tokens - expected.tokens
        self._cost += actual.cost - expected.cost

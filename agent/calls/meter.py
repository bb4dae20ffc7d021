"""What the calls of one run have taken, of all the models that it asks."""

from __future__ import annotations

from dataclasses import replace

from agent.calls.account import Account
from agent.calls.budget import Budget, Charge, Spending
from agent.calls.prices import Price
from agent.observability.progress import Progress, Tally


class Meter:
    """Holds the run to its budget and counts what it spends; one for all clients of a run."""

    def __init__(self, budget: Budget, account: Account, progress: Progress, *, priced: bool) -> None:
        """Take the limits; `account` knows what earlier starts have spent, in money only if its calls were `priced`."""
        self.budget = budget
        self._spending = Spending(budget, account.spent())
        self._progress = progress
        self._tally = account.tally(priced=priced)

    @property
    def tally(self) -> Tally:
        """What the run has spent, over all its starts."""
        return self._tally

    def reserve(self, expected: Charge) -> None:
        """Promise a call its expected charge. Raises BudgetReached when that would cross a limit."""
        self._spending.reserve(expected)

    def settle(self, expected: Charge, actual: Charge) -> None:
        """Replace a promise by what the call really took."""
        self._spending.settle(expected, actual)

    def count(self, **added: int) -> None:
        """Add to the counts of the tally, and tell the progress."""
        values = {name: getattr(self._tally, name) + value for name, value in added.items()}
        self._tally = replace(self._tally, **values)
        self._progress.spent(self._tally)

    def book(self, used: tuple[int, int], charge: Charge, price: Price | None) -> None:
        """Add what an answer took; a call without a price leaves the run without a cost."""
        cost = None if price is None or self._tally.cost is None else self._tally.cost + charge.cost
        self._tally = replace(self._tally, cost=cost)
        self.count(input_tokens=used[0], output_tokens=used[1])

"""The wall time of a run, over its starts."""

from __future__ import annotations

from typing import Any

import pytest

from agent.errors import BudgetReached
from graph.limited import LimitedEngine
from tests.agent.model_engine.articles import article, brief
from tests.graph.weekly_run import Counting


class Packing(Counting):
    """An engine that digests packs one by one."""

    async def digest_packed(self, article: Any, pack: Any, brief: Any) -> Any:
        """Digest the article."""
        return await self.digest(article, brief)


@pytest.mark.parametrize(("used", "now", "asked"), [(0.0, 59.0, 1), (0.0, 60.0, 0), (50.0, 9.0, 1), (50.0, 10.0, 0)])
async def test_the_seconds_of_earlier_starts_count(used: float, now: float, asked: int) -> None:
    clock = [0.0]
    engine = Packing()
    limited = LimitedEngine(engine, 1.0, lambda: clock[0], used)
    clock[0] = now
    for work in (lambda: limited.digest(article(), brief()), lambda: limited.digest_packed(article(), (), brief())):
        try:
            await work()
        except BudgetReached as error:
            assert str(error) == "the limit of 1 minutes (limits.wall_minutes) is reached"
    assert len(engine.done) == 2 * asked

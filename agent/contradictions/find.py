"""Where reports of one event contradict one another, whatever in."""

from __future__ import annotations

from collections.abc import Sequence

from agent.contradictions.amounts import differing_amounts
from agent.contradictions.dates import differing_dates
from agent.contradictions.model import Contradiction
from agent.contradictions.twins import differing_twins
from agent.model import Article
from agent.storage.embed import Encoder

_MOST = 5


def contradictions(reports: Sequence[Article], encoder: Encoder) -> tuple[Contradiction, ...]:
    """Return where reports of one event differ, at most five: in quantities, in dates, in names, in what is denied."""
    found = [*differing_amounts(reports, encoder), *differing_dates(reports, encoder), *differing_twins(reports)]
    return tuple(found[:_MOST])

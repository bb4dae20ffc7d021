"""Whether two dates or periods may be one."""

from __future__ import annotations

from datetime import date, timedelta

from agent.moments import Moment
from agent.roadmap import period_end


def overlap(a: Moment, b: Moment) -> bool:
    """Tell whether two periods have a day in common; two days, whether they lie a day apart at most."""
    # A report of Tuesday may date to Monday what happened in the night.
    slack = timedelta(days=1) if a.precision == b.precision == "day" else timedelta()
    return _last(b) + slack >= a.date and _last(a) + slack >= b.date


def _last(moment: Moment) -> date:
    return period_end(moment.date, moment.precision)

"""From an error to the gap that the report shows."""

from __future__ import annotations

from typing import cast

from agent.errors import SourceError
from agent.model import Gap, GapReason


def gap_of(error: SourceError, subject: str) -> Gap:
    """Return the research gap that `error` is, under the name `subject`. The value is checked when it is made."""
    return Gap(stage="research", subject=subject, reason=cast(GapReason, error.reason), detail=error.detail)

"""When a provider's day ends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.calls.quota_day import day_start, next_reset

GEMINI, OTHER = "google_genai:gemini-3.5-flash", "openai:local"


@pytest.mark.parametrize(
    ("model", "now", "began", "reset"),
    [
        (GEMINI, "2026-04-08T03:00:00+00:00", "2026-04-07T07:00:00+00:00", "2026-04-08T07:00:00+00:00"),
        (GEMINI, "2026-04-08T07:00:00+00:00", "2026-04-08T07:00:00+00:00", "2026-04-09T07:00:00+00:00"),
        # Summer time begins: the day is an hour shorter.
        (GEMINI, "2026-03-08T07:59:00+00:00", "2026-03-07T08:00:00+00:00", "2026-03-08T08:00:00+00:00"),
        (GEMINI, "2026-03-08T08:01:00+00:00", "2026-03-08T08:00:00+00:00", "2026-03-09T07:00:00+00:00"),
        (OTHER, "2026-04-08T03:00:00+00:00", "2026-04-08T00:00:00+00:00", "2026-04-09T00:00:00+00:00"),
    ],
)
def test_a_provider_s_day(model: str, now: str, began: str, reset: str) -> None:
    moment = datetime.fromisoformat(now)
    found = [day.astimezone(UTC) for day in (day_start(model, moment), next_reset(model, moment))]
    assert found == [datetime.fromisoformat(began), datetime.fromisoformat(reset)]

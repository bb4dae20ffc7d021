"""The log of model calls: limits that hold across processes, days and starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from agent.calls.account import Account
from agent.calls.budget import Spent
from agent.calls.call_log import ANSWERED, CACHED, Call, CallLog, DayLimits
from agent.errors import DayLimitReached, SettingError
from agent.observability.progress import Tally

MODEL = "google_genai:gemini-3.5-flash"
NOON = datetime.fromisoformat("2026-04-08T19:00:00+00:00")
"""Noon in California."""


def asked(run: str = "one", at: datetime = NOON, **more: object) -> Call:
    return replace(Call(MODEL, "digest.ja@2", run, at=at.timestamp()), **more)  # type: ignore[arg-type]


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


@pytest.mark.parametrize(
    ("calls", "limits", "full"),
    [
        ([], DayLimits(calls=2), False),
        ([asked()], DayLimits(calls=2), False),
        ([asked(), asked("another topic's run")], DayLimits(calls=2), True),
        ([asked(), asked(outcome="ServiceUnavailable")], DayLimits(calls=2), True),
        ([asked(), asked(outcome=CACHED)], DayLimits(calls=2), False),
        ([asked(), asked(model="openai:local")], DayLimits(calls=2), False),
        ([asked(), asked(at=NOON - timedelta(hours=13))], DayLimits(calls=2), False),
        ([asked(), asked(at=NOON - timedelta(hours=11))], DayLimits(calls=2), True),
        ([asked(input_tokens=600, output_tokens=300)], DayLimits(tokens=1000), False),
        ([asked(input_tokens=600, output_tokens=301)], DayLimits(tokens=1000), True),
        ([asked()] * 9, DayLimits(), False),
    ],
)
def test_the_day_has_room_or_not(tmp_path: Path, calls: list[Call], limits: DayLimits, full: bool) -> None:
    log = CallLog(tmp_path / "calls.sqlite", now=at(NOON))
    for call in calls:
        log.begin(call, DayLimits())
    try:
        log.begin(asked(input_tokens=50, output_tokens=50), limits)
        refused = False
    except DayLimitReached:
        refused = True
    assert refused == full
    assert len(log.calls("one")) + len(log.calls("another topic's run")) == len(calls) + (not full)
    log.close()


def test_the_next_day_begins_with_nothing_spent(tmp_path: Path) -> None:
    for now, expected in (
        (NOON, Spent(1)),
        (NOON + timedelta(hours=11), Spent(1)),
        (NOON + timedelta(hours=12), Spent()),
    ):
        log = CallLog(tmp_path / "calls.sqlite", now=at(now))
        if now == NOON:
            log.begin(asked(), DayLimits(1))
        assert log.spent_today(MODEL) == expected
        log.close()


def fill(path: Path) -> int:
    """Ask until the day is full; return how often that went well."""
    log = CallLog(path, now=at(NOON))
    went = 0
    try:
        while True:
            log.begin(asked(), DayLimits(calls=40))
            went += 1
    except DayLimitReached:
        return went


def test_processes_share_one_day(tmp_path: Path) -> None:
    with get_context("spawn").Pool(3) as pool:
        assert sum(pool.map(fill, [tmp_path / "calls.sqlite"] * 3)) == 40


def test_what_a_run_has_spent_outlives_its_process(tmp_path: Path) -> None:
    log = CallLog(tmp_path / "calls.sqlite", now=at(NOON))
    log.end(log.begin(asked(input_tokens=900, output_tokens=1500, cost=0.5, characters=70), DayLimits()), ANSWERED, 1.5,
            (1000, 200), 0.25)  # fmt: skip
    log.end(
        log.begin(asked(attempt=2, input_tokens=900, output_tokens=1500, cost=0.5), DayLimits()), "RateLimited", 0.1
    )
    log.begin(asked(outcome=CACHED), DayLimits())
    log.begin(asked("another", input_tokens=5), DayLimits())
    # Killed in mid-call: what was expected counts.
    log.begin(asked(input_tokens=30, output_tokens=70, cost=0.125, characters=9), DayLimits())
    log.close()
    account = Account(CallLog(tmp_path / "calls.sqlite", now=at(NOON)), "one")
    assert account.spent() == Spent(3, 1300, 0.375)
    assert account.tally(priced=True) == Tally(3, 1, 1, 1030, 270, 79, 0.375)
    assert account.tally(priced=False).cost is None
    assert [call.outcome for call in account.calls()] == [ANSWERED, "RateLimited", CACHED, "asked"]
    account.log.close()


def test_the_wall_time_of_earlier_starts_counts(tmp_path: Path) -> None:
    clock = iter([100.0, 100.0, 120.0, 130.0, 500.0, 500.0, 506.0, 507.0, 900.0, 900.0, 900.0])
    used = []
    for _ in range(3):
        log = CallLog(tmp_path / "calls.sqlite", clock=lambda: next(clock))
        used.append(log.sit_down("one"))
        if len(used) < 3:
            log.begin(asked(), DayLimits())
        log.close()
    # As long as each took until it ended.
    assert used == [0.0, 30.0, 37.0]


def test_a_damaged_log_is_said(tmp_path: Path) -> None:
    (tmp_path / "calls.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(SettingError, match=r"calls\.sqlite: the log of model calls is damaged .* move it away"):
        CallLog(tmp_path / "calls.sqlite")

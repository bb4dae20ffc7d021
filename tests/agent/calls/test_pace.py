from __future__ import annotations

import asyncio

import pytest

from agent.calls.pace import Pace
from tests.servers.client import Clock


def _pace(clock: Clock, requests: float | None = None, tokens: float | None = None) -> Pace:
    return Pace(requests, tokens, clock=clock, sleep=clock.sleep)


@pytest.mark.parametrize(
    ("requests", "tokens", "each", "calls", "seconds"),
    [
        pytest.param(None, None, 10_000, 100, 0.0, id="no limit"),
        # 80 % of 75 a minute is one a second, and ten may go at once.
        pytest.param(75.0, None, 0, 40, 30.0, id="requests"),
        # 80 % of 75,000 is 1,000 tokens a second, 10,000 at once.
        pytest.param(None, 75_000.0, 2_000, 20, 30.0, id="tokens"),
        pytest.param(75.0, 75_000.0, 2_000, 20, 30.0, id="the slower of both"),
    ],
)
async def test_keeps_the_limits(
    requests: float | None, tokens: float | None, each: int, calls: int, seconds: float
) -> None:
    clock = Clock()
    pace = _pace(clock, requests, tokens)
    for _ in range(calls):
        await pace.admit(each)
    assert clock.now == pytest.approx(seconds)


async def test_a_refusal_holds_everyone_back_for_as_long_as_the_server_asked() -> None:
    clock = Clock()
    pace = _pace(clock)
    started = await pace.admit(1)
    pace.refused(started, 30.0)
    assert await pace.admit(1) >= 30.0


async def test_one_wave_of_refusals_slows_once() -> None:
    clock = Clock()
    pace = _pace(clock, 100.0)
    wave = [await pace.admit(1) for _ in range(5)]
    clock.now += 1
    for started in wave:
        pace.refused(started, None)
    assert pace.requests_per_minute == 40.0


async def test_slows_without_a_limit_too_and_recovers_slowly() -> None:
    clock = Clock()
    pace = _pace(clock)
    wave = [await pace.admit(1) for _ in range(40)]
    assert pace.requests_per_minute is None
    for started in wave:
        pace.refused(started, None)
    assert pace.requests_per_minute == 20.0
    pace.succeeded()
    assert pace.requests_per_minute == pytest.approx(21.0)
    for _ in range(30):
        pace.succeeded()
    assert pace.requests_per_minute is None


async def test_recovers_to_the_limit_and_no_further() -> None:
    clock = Clock()
    pace = _pace(clock, 100.0)
    pace.refused(await pace.admit(1), None)
    for _ in range(100):
        pace.succeeded()
    assert pace.requests_per_minute == 80.0


async def test_never_slower_than_two_a_minute() -> None:
    clock = Clock()
    pace = _pace(clock, 100.0)
    for _ in range(20):
        started = await pace.admit(1)
        clock.now += 1
        pace.refused(started, None)
    assert pace.requests_per_minute == 2.0


async def test_calls_that_wait_already_heed_a_later_refusal() -> None:
    clock = Clock()
    pace = _pace(clock, 75.0)
    starts = [await pace.admit(1) for _ in range(10)]
    waiting = asyncio.create_task(pace.admit(1))
    await asyncio.sleep(0)
    pace.refused(starts[-1], 60.0)
    assert await waiting >= 60.0

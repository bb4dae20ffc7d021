import asyncio

import pytest

from graph.ahead import Ahead


async def test_what_was_begun_is_done_when_it_is_needed() -> None:
    ahead, done = Ahead(), []

    async def work(name: str) -> None:
        await asyncio.sleep(0)
        done.append(name)

    ahead.begin(work("fonts"))
    ahead.begin(asyncio.to_thread(done.append, "pictures"))
    await ahead.done()
    await ahead.done()
    assert sorted(done) == ["fonts", "pictures"]


async def test_what_it_raised_is_raised_where_it_is_needed() -> None:
    async def work() -> None:
        raise ValueError("no font")

    ahead = Ahead()
    ahead.begin(work())
    with pytest.raises(ValueError, match="no font"):
        await ahead.done()


async def test_it_does_one_thing_at_a_time_in_the_order_of_beginning() -> None:
    ahead, seen = Ahead(), []

    async def work(name: str) -> None:
        seen.append(f"{name} begins")
        await asyncio.sleep(0)
        seen.append(f"{name} ends")

    ahead.begin(work("fonts"))
    ahead.begin(work("pictures"))
    await ahead.done()
    assert seen == ["fonts begins", "fonts ends", "pictures begins", "pictures ends"]


async def test_a_result_is_what_was_begun_or_else_is_made_now() -> None:
    ahead, made = Ahead(), []

    async def work(name: str) -> str:
        made.append(name)
        return name

    ahead.begin(work("ahead"), "contradictions")
    found = [await ahead.result("contradictions", lambda: work("now")) for _ in range(2)]
    assert (found, made) == (["ahead", "now"], ["ahead", "now"])


async def test_what_nobody_asked_for_ends_with_the_run() -> None:
    ahead, done = Ahead(), list[str]()

    async def work(name: str) -> None:
        await asyncio.sleep(0.01)
        done.append(name)
        raise ValueError(name)

    ahead.begin(work("first"), "kept")
    ahead.begin(work("second"))
    await ahead.aclose()
    await ahead.done()
    await asyncio.sleep(0.03)
    assert done == []

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

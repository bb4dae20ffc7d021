"""The limit that the bench's server keeps."""

from __future__ import annotations

import asyncio
from pathlib import Path

from agent.calls.answers import Answer
from agent.calls.ledger import Ledger
from prompts.loader import Rendered
from tests.servers.client import Clock, client_for
from tests.servers.gemini import GeminiServer
from tests.servers.rate import PerMinute


class Word(Answer):
    text: str


def test_ten_seconds_at_once_and_then_the_rate() -> None:
    clock = Clock()
    limit = PerMinute(60, clock)
    assert [limit.wait() for _ in range(12)] == [0.0] * 10 + [1.0, 1.0]
    clock.now += 0.5
    assert limit.wait() == 0.5
    clock.now += 0.5
    assert [limit.wait(), limit.wait()] == [0.0, 1.0]
    assert (limit.refused, limit.ideal(28), limit.ideal(5)) == (4, 18.0, 0.0)


async def test_the_client_does_what_the_server_asks(tmp_path: Path) -> None:
    """The server's clock and the client's are one: nobody waits in this test."""
    clock = Clock()
    ledger = Ledger(tmp_path / "ledger.sqlite")
    with GeminiServer(lambda _: {"text": "ja"}, rate=PerMinute(60, clock)) as server:
        client = client_for(server, ledger, clock)
        asked = [client.ask(Rendered("p", "1", "00", "", f"{n}"), Word) for n in range(14)]
        assert [answer.text for answer in await asyncio.gather(*asked)] == ["ja"] * 14
        assert client.tally.calls == len(server.requests) <= 14 * 4
    ledger.close()

"""A week of 26 articles through the engine with the real grounding code, against servers that answer by themselves."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from agent.calls.chat_model import chat_model
from agent.calls.ledger import Ledger
from agent.calls.llm import ModelClient
from agent.calls.pace import Pace
from agent.engine import Digested
from agent.errors import ModelRefused
from agent.model import Synthesis
from agent.model_engine import ModelEngine
from agent.observability.progress import Silent
from agent.storage.embed import SentenceEncoder
from tests.agent.model_engine.articles import CATEGORIES, article, brief
from tests.servers.auto_answer import AutoAnswer
from tests.servers.client import Clock, client_for
from tests.servers.gemini import GeminiServer, failing, rate_limited
from tests.servers.openai import OpenAIServer

STORY = (
    "Northern Chips said on Thursday that revenue from company {number} rose {percent}% to ${billions} billion.\n"
    "The firm makes the parts that data centres need and sells them all over the world.\n"
    "Its chief executive said that demand had been strong in every market and that no customer had left.\n"
    "A new plant will open in Chitose in August 2026, and the first wafers will follow soon after.\n"
    "Rivals plan to answer with chips of their own, though none of them has named a price so far.\n"
    "Suppliers of gases and masks have begun to move nearer, and the town has zoned land for homes and a school.\n"
    "Local farmers worry about the water that the plant will draw, and the firm has promised to publish what it uses.\n"
    "Analysts call the plan bold because the market may have turned by the time that the machines are running.\n"
) * 3
ARTICLES = [
    article(n, STORY.format(number=n, percent=10 + n, billions=20 + n), f"Story {'abcdefghijklmnopqrstuvwxyz'[n]}")
    for n in range(26)
]
ENCODER = SentenceEncoder()
TOTAL = sum(len(a.text) for a in ARTICLES)


async def _week(client: ModelClient, *, guarded: bool = False) -> tuple[list[Digested], Synthesis]:
    engine = ModelEngine(client, encoder=ENCODER, guarded=guarded)
    digests = await asyncio.gather(*(engine.digest(one, brief()) for one in ARTICLES))
    items = [Digested(one, digest) for one, digest in zip(ARTICLES, digests, strict=True)]
    return items, await engine.edit(items, await engine.categorize(items, brief()), brief())


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.mark.parametrize(
    ("guarded", "calls", "trends", "reasons", "prompts"),
    [
        (False, 27, 5, set(), ["digest.ja", "edit.ja"]),
        # The stories are one story: few of the digests' sentences are left once each stands somewhere.
        (True, 30, 8, {"not_written"}, ["common.ja", "digest.ja"]),
    ],
)
async def test_a_week_and_the_same_week_again(
    ledger: Path, guarded: bool, calls: int, trends: int, reasons: set[str], prompts: list[str]
) -> None:
    with GeminiServer(AutoAnswer()) as server:
        client = client_for(server, ledger)
        items, synthesis = await _week(client, guarded=guarded)
        assert len(server.requests) == calls
        await client.aclose()
        again = client_for(server, ledger)
        assert await _week(again, guarded=guarded) == (items, synthesis)
        assert len(server.requests) == calls
        assert (again.tally.calls, again.tally.cached) == (0, calls)
        assert client.tally.characters_sent == server.characters_sent <= 1.8 * TOTAL
    assert all(len(item.digest.figures) >= 2 and item.digest.events for item in items)
    assert {gap.reason for gap in synthesis.gaps} == reasons
    assert (len(synthesis.trends), len(synthesis.topics), [*synthesis.category_digests]) == (trends, 5, [*CATEGORIES])
    assert [used.name for used in again.prompts_used] == prompts


async def test_a_week_on_a_bad_day(ledger: Path) -> None:
    clock = Clock()
    trouble = [rate_limited(20), failing(503), rate_limited(), failing(500)]
    with GeminiServer(AutoAnswer(), script=trouble) as server:
        client = client_for(server, ledger, clock)
        items, synthesis = await _week(client)
        assert len(server.requests) == 31
    assert (client.tally.calls, client.tally.retries, len(items), synthesis.gaps) == (31, 4, 26, ())
    assert clock.now >= 20


async def test_a_local_server_that_speaks_openai(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    clock = Clock()
    with OpenAIServer(AutoAnswer(), statuses=[503]) as server:
        chat = chat_model("openai:local", api_key=None, base_url=server.url, timeout=60.0)
        pace = Pace(clock=clock, sleep=clock.sleep)
        client = ModelClient(chat, "openai:local", ledger, pace=pace, progress=Silent(), sleep=clock.sleep)
        await client.probe()
        digest = await ModelEngine(client).digest(ARTICLES[0], brief())
        assert (len(digest.figures) >= 2, len(server.requests), client.tally.retries) == (True, 2, 1)
        other = chat_model("openai:absent", api_key=None, base_url=server.url, timeout=60.0)
        with pytest.raises(ModelRefused, match="has no model 'absent'; it has: local"):
            await ModelClient(other, "openai:absent", ledger, pace=pace, progress=Silent()).probe()
        await client.aclose()
    ledger.close()

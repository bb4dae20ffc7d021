"""The model client against a real local server, through the real ChatGoogleGenerativeAI."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from agent.calls.answers import Answer
from agent.calls.budget import Budget
from agent.calls.ledger import Ledger
from agent.calls.llm import CheckFailed, ModelClient, Rules
from agent.calls.prices import Price
from agent.errors import (
    AnswerBlocked,
    AnswerInvalid,
    AnswerTruncated,
    BudgetReached,
    ModelRefused,
    QuotaReached,
    RateLimited,
    ServiceUnavailable,
    SettingError,
    ShuhoError,
)
from agent.method import PromptUsed
from agent.observability.progress import Tally
from prompts.loader import Rendered
from tests.servers import gemini
from tests.servers.client import Clock, client_for
from tests.servers.gemini import GeminiServer, Reply, failing, rate_limited, written

PROMPT = Rendered("greet", "1", "ab" * 32, "Answer briefly.", "こんにちは")


class Greeting(Answer):
    text: str
    count: int


GOOD = {"text": "やあ", "count": 1}


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


Build = Callable[..., ModelClient]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def build(ledger: Ledger, clock: Clock) -> Build:
    return partial(_client, ledger=ledger, clock=clock)


def _client(server: GeminiServer, *, ledger: Ledger, clock: Clock, **options: object) -> ModelClient:
    return client_for(server, ledger, clock, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"text": "やあ", "count": 1}', id="plain"),
        pytest.param('```json\n{"text": "やあ", "count": 1}\n```', id="fenced"),
        pytest.param('Here you are:\n{"text": "やあ", "count": 1}\nAnything else?', id="prose around"),
        pytest.param('{"text": "\\ud83dや\\u0000あ\\u200b", "count": 1}', id="surrogate, NUL, zero-width"),
        pytest.param('{"text": "や\u202eあ\n", "count": 1}', id="bidirectional control and raw newline"),
    ],
)
async def test_repairs_an_answer_the_same_way_each_time(build: Build, text: str) -> None:
    with GeminiServer(script=[written(text)]) as server:
        answer = await build(server).ask(PROMPT, Greeting)
    assert answer == Greeting(text="やあ", count=1)


REASKED = [
    pytest.param(gemini.TRUNCATED, "output limit", id="truncated"),
    pytest.param(gemini.BLOCKED, "SAFETY", id="blocked"),
    pytest.param(gemini.NO_CANDIDATE, "PROHIBITED_CONTENT", id="no candidate"),
    pytest.param(written(""), "empty", id="empty"),
    pytest.param(written("I would rather not."), "not JSON", id="prose"),
    pytest.param(written({"text": "やあ"}), "count: Field required", id="missing field"),
    pytest.param(written({**GOOD, "more": 1}), "more: Extra inputs", id="extra field"),
    pytest.param(written({**GOOD, "count": "1"}), "count: Input should be a valid integer", id="wrong type"),
]


@pytest.mark.parametrize(("reply", "named"), REASKED)
async def test_names_the_fault_when_it_asks_again(build: Build, reply: Reply, named: str) -> None:
    with GeminiServer(script=[reply, written(GOOD)]) as server:
        client = build(server)
        assert await client.ask(PROMPT, Greeting) == Greeting(text="やあ", count=1)
    first, second = server.requests
    assert first.user == "こんにちは"
    assert second.user.startswith("こんにちは\n\nYour last answer cannot be used: ")
    assert named in second.user


@pytest.mark.parametrize(
    ("reply", "raised"),
    [
        (gemini.TRUNCATED, AnswerTruncated),
        (gemini.BLOCKED, AnswerBlocked),
        (written("nothing"), AnswerInvalid),
    ],
)
async def test_gives_up_after_two_re_asks(build: Build, reply: Reply, raised: type[ShuhoError]) -> None:
    with GeminiServer(script=[reply] * 3) as server:
        with pytest.raises(raised):
            await build(server).ask(PROMPT, Greeting)
        assert len(server.requests) == 3


async def test_a_check_that_is_never_content_gets_the_last_answer(build: Build) -> None:
    def too_small(answer: Greeting) -> str | None:
        return f"count {answer.count} is too small" if answer.count < 9 else None

    with GeminiServer(script=[written({**GOOD, "count": n}) for n in (1, 2, 3)]) as server:
        with pytest.raises(CheckFailed, match="count 3 is too small") as caught:
            await build(server).ask(PROMPT, Greeting, too_small)
        assert caught.value.answer == Greeting(text="やあ", count=3)
        with pytest.raises(CheckFailed, match="count 3 is too small"):
            await build(server).ask(PROMPT, Greeting, too_small)
        assert len(server.requests) == 3


RETRIED = [
    pytest.param(rate_limited(2), [3.0], id="retryDelay honoured"),
    pytest.param(failing(429), [1.0], id="429 without a delay"),
    pytest.param(Reply(503, error={"code": 503}, headers={"Retry-After": "7"}), [8.0], id="Retry-After honoured"),
    pytest.param(failing(500), [1.0], id="500"),
    pytest.param(gemini.HTML_PAGE, [1.0], id="a gateway's page"),
    pytest.param(gemini.HANG_UP, [1.0], id="reset"),
    pytest.param(Reply(wait=60.0), [1.0], id="time-out"),
]


@pytest.mark.parametrize(("reply", "naps"), RETRIED)
async def test_tries_again(build: Build, clock: Clock, reply: Reply, naps: list[float]) -> None:
    with GeminiServer(lambda _: GOOD, script=[reply]) as server:
        client = build(server, timeout=1.0 if reply.wait else 60.0)
        assert await client.ask(PROMPT, Greeting) == Greeting(text="やあ", count=1)
        # After a 429 the pace may add a wait of its own; the back-off comes first.
        assert clock.naps[:1] == naps
        assert (client.tally.calls, client.tally.retries, len(server.requests)) == (2, 1, 2)


@pytest.mark.parametrize(
    ("reply", "raised"),
    [(failing(503), ServiceUnavailable), (rate_limited(1), RateLimited), (gemini.HANG_UP, ServiceUnavailable)],
)
async def test_a_call_costs_four_attempts_at_most(build: Build, reply: Reply, raised: type[ShuhoError]) -> None:
    with GeminiServer(script=[reply] * 4) as server:
        with pytest.raises(raised):
            await build(server).ask(PROMPT, Greeting)
        assert len(server.requests) == 4


async def test_retries_and_re_asks_share_the_four_attempts(build: Build) -> None:
    script = [failing(503), failing(503), failing(503), written("nothing")]
    with GeminiServer(script=script) as server:
        with pytest.raises(AnswerInvalid):
            await build(server).ask(PROMPT, Greeting)
        assert len(server.requests) == 4


async def test_does_not_wait_longer_than_two_minutes(build: Build, clock: Clock) -> None:
    with GeminiServer(script=[rate_limited(3600)]) as server, pytest.raises(RateLimited) as caught:
        await build(server).ask(PROMPT, Greeting)
    assert (caught.value.delay, clock.naps) == (3600.0, [])


REFUSED = [
    pytest.param(rate_limited(36, per_day=True), QuotaReached, "quota for the day", id="PerDay"),
    pytest.param(
        failing(400, "API key not valid."), ModelRefused, r": API key not valid\. Check the API key", id="400"
    ),
    pytest.param(failing(401), ModelRefused, r"model: refused\. Check the API key", id="401"),
    pytest.param(failing(403), ModelRefused, "Check the API key", id="403"),
    pytest.param(failing(404), ModelRefused, "Check the model's name", id="404"),
]


@pytest.mark.parametrize(("reply", "raised", "message"), REFUSED)
async def test_stops_at_once(build: Build, clock: Clock, reply: Reply, raised: type[ShuhoError], message: str) -> None:
    with GeminiServer(script=[reply]) as server:
        with pytest.raises(raised, match=message):
            await build(server).ask(PROMPT, Greeting)
        assert (len(server.requests), clock.naps) == (1, [])


async def test_asks_nothing_more_once_the_day_is_used_up(build: Build) -> None:
    other = Rendered("other", "1", "cd" * 32, "", "さようなら")
    with GeminiServer(script=[rate_limited(per_day=True)]) as server:
        client = build(server)
        for prompt in (PROMPT, other):
            with pytest.raises(QuotaReached):
                await client.ask(prompt, Greeting)
        assert len(server.requests) == 1


async def test_a_second_run_costs_nothing(build: Build) -> None:
    with GeminiServer(script=[written("nothing"), written(GOOD)]) as server:
        first, second = build(server, price=Price(1.0, 2.0)), build(server, price=Price(1.0, 2.0))
        paid = await first.ask(PROMPT, Greeting)
        assert await second.ask(PROMPT, Greeting) == paid
        asked = server.characters_sent
    assert second.tally == Tally(cached=1, cost=0.0)
    assert second.prompts_used == first.prompts_used == (PromptUsed(name="greet", version="1", hash="ab" * 6),)
    spent = first.tally
    assert (spent.calls, spent.retries, spent.cached, spent.characters_sent) == (2, 1, 0, asked)
    assert spent.cost == pytest.approx((spent.input_tokens + 2 * spent.output_tokens) / 1e6)


@pytest.mark.parametrize(
    ("budget", "allowed"),
    [(Budget(calls=2), 2), (Budget(tokens=3200), 2), (Budget(cost=0.0032), 2), (Budget(), 3)],
)
async def test_stops_before_the_call_that_would_cross_a_limit(build: Build, budget: Budget, allowed: int) -> None:
    big = {"text": "や" * 1800, "count": 1}
    with GeminiServer(lambda _: big) as server:
        client = build(server, budget=budget, price=Price(1.0, 1.0))
        done = 0
        try:
            for number in range(3):
                await client.ask(Rendered("p", "1", "00", "", f"{number}"), Greeting)
                done += 1
        except BudgetReached:
            pass
        assert (done, len(server.requests)) == (allowed, allowed)


async def test_a_limit_on_cost_needs_a_price(build: Build) -> None:
    with GeminiServer() as server, pytest.raises(SettingError, match=r"add \[prices\]"):
        build(server, budget=Budget(cost=1.0))


async def test_sixteen_calls_run_at_once(build: Build) -> None:
    """None is answered before the last has been asked, so that a client which held one back would wait in vain."""
    all_asked = threading.Barrier(16)

    def together(_: object) -> object:
        all_asked.wait(60)
        return GOOD

    with GeminiServer(together) as server:
        client = build(server)
        await asyncio.gather(*(client.ask(Rendered("p", "1", "00", "", f"{n}"), Greeting) for n in range(16)))
        assert len(server.requests) == 16


async def test_keeps_to_its_concurrency(build: Build) -> None:
    running, most = 0, 0
    counting, three = threading.Lock(), threading.Barrier(3)

    def watch(_: object) -> object:
        nonlocal running, most
        with counting:
            running += 1
            most = max(most, running)
        three.wait(60)
        time.sleep(0.05)
        with counting:
            running -= 1
        return GOOD

    with GeminiServer(watch) as server:
        client = build(server, rules=Rules(concurrency=3))
        await asyncio.gather(*(client.ask(Rendered("p", "1", "00", "", f"{n}"), Greeting) for n in range(9)))
    assert most == 3

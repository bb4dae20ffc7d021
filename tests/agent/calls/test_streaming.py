"""An answer heard while it is written: what of it can be read when, and that nothing else differs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from agent.calls.answers import Answer
from agent.calls.chat_model import chat_model
from agent.calls.ledger import Ledger
from agent.calls.llm import ModelClient
from agent.calls.pace import Pace
from agent.calls.streaming import Sofar, sofar
from agent.errors import AnswerBlocked, AnswerTruncated, ModelRefused, QuotaReached, RateLimited, ServiceUnavailable
from agent.observability.progress import Silent
from prompts.loader import Rendered
from tests.servers import gemini
from tests.servers.client import Clock, client_for
from tests.servers.gemini import GeminiServer, Reply, failing, rate_limited, written
from tests.servers.openai import OpenAIServer

PROMPT = Rendered("greet", "1", "ab" * 32, "Answer briefly.", "こんにちは")
WHOLE = {"supported": True, "sentences": [{"text": "一つ目\n「A」。", "ids": ["a1"]}, {"text": "Two.", "ids": []}]}
RAW = json.dumps(WHOLE)


class Lines(Answer):
    """What the questions of this file are answered with."""

    supported: bool
    sentences: list[dict[str, object]]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("", Sofar()),
        ('{"supported": true, "sentences', Sofar()),
        ('{"supported": true, "sentences": [', Sofar()),
        ('{"supported": true, "sentences": [{"te', Sofar()),
        ('{"supported": true, "sentences": [{"text": "', Sofar()),
        ('{"supported": true, "sentences": [{"text": "On', Sofar((), "On")),
        ('{"sentences": [{"text": "a\\', Sofar((), "a")),
        ('{"sentences": [{"text": "a\\u30', Sofar((), "a")),
        ('{"sentences": [{"text": "a\\u30a2"', Sofar((), "aア")),
        ('{"sentences": [{"text": "One.", "ids": ["a1"]', Sofar((), "One.")),
        ('{"sentences": [{"text": "One.", "ids": ["a1"]}, {"tex', Sofar(({"text": "One.", "ids": ["a1"]},))),
        ('{"sentences": [{"text": "One."} , {"text": "Tw', Sofar(({"text": "One."},), "Tw")),
        ('```json\n{"sentences": [{"ids": ["a2"], "text": "Tw', Sofar((), "Tw")),
        ('{"supported": false, "sentences": [{"text": "No', Sofar()),
        ('{"sentences": [{"text": "a\x1b[31m\\u001b[2Jb', Sofar((), "a[31m[2Jb")),
        ('{"sentences": ["not an object', Sofar()),
    ],
)
def test_what_of_an_unfinished_answer_can_be_read(raw: str, found: Sofar) -> None:
    assert sofar(raw, "sentences") == found


def test_what_was_read_only_grows_until_it_is_all_there() -> None:
    read = [sofar(RAW[:end], "sentences").texts for end in range(len(RAW) + 1)]
    assert read[-1] == ("一つ目\n「A」。", "Two.")
    for before, after in pairwise(read):
        assert "".join(after).startswith("".join(before))


async def test_an_answer_is_heard_as_it_grows_and_kept_as_any_other(ledger: Ledger) -> None:
    heard: list[str] = []
    with GeminiServer(script=[written(WHOLE)], token_seconds=0.001, only_script=True) as server:
        client = client_for(server, ledger, Clock())
        answer = await client.ask(PROMPT, Lines, hear=heard.append)
        tokens = client.tally
        again = await client.ask(PROMPT, Lines)
        await client.aclose()
    assert len(heard) > 10
    assert all(later.startswith(sooner) for sooner, later in pairwise(heard))
    assert json.loads(heard[-1]) == WHOLE
    assert (again, client.tally.cached) == (answer, 1)
    assert (tokens.calls, tokens.input_tokens > 0, tokens.output_tokens) == (1, True, len(heard[-1]) // 2)


FAULTS: dict[str, tuple[Reply, type[Exception]]] = {
    "truncated": (gemini.TRUNCATED, AnswerTruncated),
    "blocked": (gemini.BLOCKED, AnswerBlocked),
    "no candidate": (gemini.NO_CANDIDATE, AnswerBlocked),
    "hang up": (gemini.HANG_UP, ServiceUnavailable),
    "a gateway's page": (gemini.HTML_PAGE, ServiceUnavailable),
    "overloaded": (failing(503), ServiceUnavailable),
    "too fast": (rate_limited(), RateLimited),
    "quota": (rate_limited(per_day=True), QuotaReached),
    "refused": (failing(400), ModelRefused),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_is_the_same_whether_heard_or_not(name: str, ledger: Ledger) -> None:
    reply, error = FAULTS[name]
    requests = []
    for hear in (None, lambda text: None):
        with GeminiServer(script=[reply] * 4, only_script=True) as server:
            client = client_for(server, ledger, Clock())
            with pytest.raises(error):
                await client.ask(PROMPT, Lines, hear=hear)
            await client.aclose()
            requests.append(len(server.requests))
    assert requests[0] == requests[1]
    assert len(ledger) == 0


async def test_an_answer_that_breaks_off_is_asked_for_again(ledger: Ledger) -> None:
    heard: list[str] = []
    with GeminiServer(script=[gemini.TRUNCATED, written(WHOLE)], only_script=True) as server:
        client = client_for(server, ledger, Clock())
        answer = await client.ask(PROMPT, Lines, hear=heard.append)
        await client.aclose()
    assert (answer.supported, heard) == (True, [gemini.TRUNCATED.text, json.dumps(WHOLE, ensure_ascii=False)])


async def test_openai_s_form_is_heard_too(ledger: Ledger) -> None:
    heard: list[str] = []
    with OpenAIServer(lambda question: WHOLE) as server:
        chat = chat_model("openai:local", api_key="none", base_url=server.url, timeout=60.0)
        client = ModelClient(chat, "openai:local", ledger, pace=Pace(), progress=Silent())
        answer = await client.ask(PROMPT, Lines, hear=heard.append)
        await client.aclose()
    assert (answer.supported, json.loads(heard[-1]), len(heard) > 3) == (True, WHOLE, True)
    assert (client.tally.input_tokens, client.tally.output_tokens) == (10, 5)

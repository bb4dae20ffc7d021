"""The one client for all model calls: ledger, retries, re-asks, pace, budget and bookkeeping."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from agent.calls.account import Account
from agent.calls.answers import accept_finish, parse_answer
from agent.calls.budget import Budget, Charge
from agent.calls.call_log import ANSWERED, Call
from agent.calls.chat_model import close, look_up
from agent.calls.ledger import Entry, Ledger, ledger_key
from agent.calls.meter import Meter
from agent.calls.model_call import Question, RawAnswer, schema_text, send
from agent.calls.pace import Pace
from agent.calls.prices import Price
from agent.calls.provider_faults import classify
from agent.calls.streaming import Hear
from agent.errors import (
    AnswerError,
    AnswerInvalid,
    QuotaReached,
    RateLimited,
    RetryError,
    SettingError,
)
from agent.method import PromptUsed
from agent.observability.observing import noted, observed
from agent.observability.progress import Progress, Tally
from prompts import Rendered

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

T = TypeVar("T", bound=BaseModel)
Check = Callable[[T], str | None]

_ATTEMPTS = 4
"""Requests that one question may cost in all, retries and re-asks together."""
_REASKS = 2
_LONGEST_BACKOFF = 60.0
_LONGEST_DELAY = 120.0
"""Seconds that a server may ask us to wait; a longer wish ends the call."""


class CheckFailed(AnswerInvalid):
    """The last answer fits the schema, but `check` still finds fault with it; `answer` is that answer."""

    def __init__(self, fault: str, answer: BaseModel) -> None:
        self.answer = answer
        super().__init__(fault)


@dataclass
class _Attempts:
    """How many requests one question has cost so far."""

    made: int = 0

    @property
    def spent(self) -> bool:
        return self.made >= _ATTEMPTS


@dataclass(frozen=True)
class Rules:
    """How the client asks: `concurrency` calls at once, `timeout` seconds for one of them."""

    concurrency: int = 16
    timeout: float = 120.0


class ModelClient:
    """Asks one model. Every answer that fits its schema is in the ledger before it is used."""

    def __init__(
        self,
        chat: BaseChatModel,
        name: str,
        ledger: Ledger,
        *,
        pace: Pace,
        progress: Progress,
        budget: Budget | None = None,
        price: Price | None = None,
        rules: Rules | None = None,
        account: Account | None = None,
        meter: Meter | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        draw: Callable[[float, float], float] = random.uniform,
    ) -> None:
        """Take `chat` under the name `provider:name`; `account` knows what the run has spent before.

        `meter` is that of another client of the run, to share its budget. Raises SettingError for a limit on cost
        without a price.
        """
        self._account = account or Account()
        self.meter = meter or Meter(budget or Budget(), self._account, progress, priced=price is not None)
        if self.meter.budget.cost is not None and price is None:
            raise SettingError(f"a limit on cost needs the price of {name}: add [prices] to the topic file")
        self.name = name
        self._chat = chat
        self._ledger = ledger
        self._pace = pace
        self._price = price
        self._rules = rules or Rules()
        self._gate = asyncio.Semaphore(self._rules.concurrency)
        self._sleep = sleep
        self._draw = draw
        self._prompts: dict[str, PromptUsed] = {}
        self._quota: QuotaReached | None = None

    @property
    def tally(self) -> Tally:
        """What the run has spent, over all its starts."""
        return self.meter.tally

    @property
    def prompts_used(self) -> tuple[PromptUsed, ...]:
        """The prompts asked so far, from the ledger too, by name."""
        return tuple(self._prompts[name] for name in sorted(self._prompts))

    async def aclose(self) -> None:
        """Close the model's connections, on the loop that they were used on. The ledger stays open: it is not ours."""
        await close(self._chat)

    async def probe(self) -> None:
        """Find out, without a paid call, whether key and model are good.

        Raises ModelRefused, or RetryError after four attempts. Providers without a free way to ask are not asked.
        """
        attempts = _Attempts()
        while True:
            attempts.made += 1
            try:
                async with asyncio.timeout(self._rules.timeout):
                    return await look_up(self._chat)
            except Exception as error:
                failure = classify(error)
                if failure is None:
                    raise
                if not isinstance(failure, RetryError) or attempts.spent:
                    raise failure from error
                await self._back_off(failure, attempts)

    async def ask(
        self,
        prompt: Rendered,
        schema: type[T],
        check: Check[T] | None = None,
        hear: Hear | None = None,
        answers: int = 1,
    ) -> T:
        """Return the model's answer to `prompt` as a checked `schema`.

        `check` says what is wrong with an answer, or None. A fault is named to the model at most twice, and all
        requests of one question, retries included, are at most four. Raises AnswerError (CheckFailed with the last
        answer when `check` was never content), RetryError, StopError or ModelRefused. `hear` gets the raw answer as it
        is written, before anything is known of it; an answer from the ledger is not heard. `answers` tells how many
        usual answers this one will be as long as.
        """
        self._prompts[prompt.name] = PromptUsed(name=prompt.name, version=prompt.version, hash=prompt.hash[:12])
        first = Question(prompt, schema_text(schema), hear=hear, answers=answers)
        attempts, question, reasks = _Attempts(), first, 0
        while True:
            try:
                answer, entry = await self._answer(question, schema, attempts)
                fault = check(answer) if check else None
                if fault is None:
                    if question is not first:
                        await self._keep(first, entry)
                    return answer
                raise CheckFailed(fault, answer)
            except AnswerError as error:
                if reasks == _REASKS or attempts.spent:
                    raise
                reasks += 1
                question = replace(first, fault=str(error))

    async def _answer(self, question: Question, schema: type[T], attempts: _Attempts) -> tuple[T, Entry]:
        """Return the ledger's answer or a new one that fits the schema, which is in the ledger by then."""
        entry = self._ledger.get(self._key(question))
        if entry is not None:
            await self._account.note_cached(self.name, question.named)
            noted("answer from the ledger", prompt=question.named)
            self.meter.count(cached=1)
            return parse_answer(entry.answer, schema), entry
        raw, cost = await self._request(question, attempts)
        accept_finish(raw.finish_reason, raw.text)
        answer = parse_answer(raw.text, schema)
        entry = Entry(
            answer=answer.model_dump_json(),
            input_tokens=raw.input_tokens or 0,
            output_tokens=raw.output_tokens or 0,
            finish_reason=raw.finish_reason,
            cost=cost,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            model=self.name,
            prompt=question.named,
        )
        await self._keep(question, entry)
        return answer, entry

    def _key(self, question: Question) -> str:
        return ledger_key(self.name, question.prompt, question.schema, question.fault)

    async def _keep(self, question: Question, entry: Entry) -> None:
        # In a thread, because a durable write waits for the disk.
        await asyncio.to_thread(self._ledger.put, self._key(question), entry)

    async def _request(self, question: Question, attempts: _Attempts) -> tuple[RawAnswer, float | None]:
        """Send until an answer comes. Raises RetryError when the attempts are used up, and what no retry helps."""
        while True:
            wanted = time.monotonic()
            try:
                async with self._gate:
                    return await self._send(question, attempts, wanted)
            except RetryError as failure:
                if attempts.spent or (failure.delay or 0.0) > _LONGEST_DELAY:
                    raise
                await self._back_off(failure, attempts)

    async def _send(self, question: Question, attempts: _Attempts, wanted: float) -> tuple[RawAnswer, float | None]:
        """Ask once, within all limits, and write down what it took."""
        expected = self._charge(question.expected_tokens, question.expected_output)
        started = await self._pace.admit(expected.tokens)
        if self._quota is not None:
            raise self._quota
        self.meter.reserve(expected)
        try:
            with observed("model call", "LLM", model=self.name, prompt=question.named) as call:
                entry = await self._account.begin(self._call(question, attempts.made + 1, expected), wanted)
                attempts.made += 1
                call.add(attempt=attempts.made, waited_ms=round(1000 * entry.waited), characters=question.characters)
                self.meter.count(calls=1, characters_sent=question.characters, retries=int(attempts.made > 1))
                try:
                    raw = await send(self._chat, question, self._rules.timeout)
                except BaseException as error:
                    await self._account.end(entry, type(error).__name__)
                    raise
                used = raw.tokens(question)
                charge = self._charge(*used)
                call.add(input_tokens=used[0], output_tokens=used[1], finish_reason=raw.finish_reason)
                await self._account.end(entry, ANSWERED, used, charge.cost)
        except BaseException as error:
            self.meter.settle(expected, Charge(0, 0.0))
            if isinstance(error, QuotaReached):
                self._quota = error
            if isinstance(error, RateLimited):
                self._pace.refused(started, error.delay)
            raise
        self._pace.succeeded()
        self.meter.settle(expected, charge)
        self.meter.book(used, charge, self._price)
        return raw, None if self._price is None else charge.cost

    def _call(self, question: Question, attempt: int, expected: Charge) -> Call:
        return Call(
            self.name,
            question.named,
            attempt=attempt,
            characters=question.characters,
            input_tokens=question.expected_tokens,
            output_tokens=question.expected_output,
            cost=expected.cost,
        )

    async def _back_off(self, failure: RetryError, attempts: _Attempts) -> None:
        """Wait before the next attempt: full jitter (Brooker 2015), never less than the server asked for."""
        seconds = (failure.delay or 0.0) + self._draw(0.0, min(_LONGEST_BACKOFF, 2.0 ** (attempts.made - 1)))
        noted("waiting to ask again", logging.WARNING, seconds=round(seconds, 1), error=type(failure).__name__)
        await self._sleep(seconds)

    def _charge(self, input_tokens: int, output_tokens: int) -> Charge:
        cost = self._price.cost(input_tokens, output_tokens) if self._price else 0.0
        return Charge(input_tokens + output_tokens, cost)

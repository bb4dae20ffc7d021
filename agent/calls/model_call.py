"""One request to a chat model: what goes out and what comes back, without retries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from agent.calls.provider_faults import classify
from agent.calls.streaming import Hear, listen
from agent.secrecy import redacted
from prompts import Rendered, load

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


_EXPECTED_OUTPUT = 1500
"""Tokens set aside for an answer before it is known."""


@dataclass(frozen=True)
class Question:
    """What is asked: a prompt, the compact JSON schema of the answer, and the fault of the answer before, if any.

    `hear` gets the answer while it is written; it is no part of what is asked.
    """

    prompt: Rendered
    schema: str
    fault: str = ""
    hear: Hear | None = field(default=None, compare=False)
    answers: int = 1
    """How many usual answers the answer is made of."""

    @property
    def user(self) -> str:
        """The user's message, with the fault named at its end."""
        if not self.fault:
            return self.prompt.user
        return f"{self.prompt.user}\n\n{load('again').render(fault=self.fault).user}"

    @property
    def named(self) -> str:
        """Name and version of the prompt, as in digest.ja@2."""
        return f"{self.prompt.name}@{self.prompt.version}"

    @property
    def characters(self) -> int:
        """Characters of both messages; the schema that constrains the answer goes beside them."""
        return len(self.prompt.system) + len(self.user)

    @property
    def expected_tokens(self) -> int:
        """A guess of the input tokens, the schema's too, on the high side: a CJK character is one, others a third."""
        text = self.prompt.system + self.user + self.schema
        wide = sum(character >= "\u2e80" for character in text)
        return wide + (len(text) - wide) // 3 + 1

    @property
    def expected_output(self) -> int:
        """Tokens set aside for the answer before it is known."""
        return _EXPECTED_OUTPUT * self.answers


@dataclass(frozen=True)
class RawAnswer:
    """What came back. Tokens are None where the server does not count them."""

    text: str
    finish_reason: str
    input_tokens: int | None
    output_tokens: int | None

    def tokens(self, question: Question) -> tuple[int, int]:
        """Return input and output tokens; a guess stands in where a server does not count them."""
        return (
            question.expected_tokens if self.input_tokens is None else self.input_tokens,
            len(self.text) if self.output_tokens is None else self.output_tokens,
        )


def schema_text(schema: type[BaseModel]) -> str:
    """Return a schema as compact JSON, the same for the same schema. The title is there because some providers ask."""
    document = {"title": "answer", **schema.model_json_schema()}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


async def send(chat: BaseChatModel, question: Question, timeout: float) -> RawAnswer:
    """Ask once and return the raw answer, for at most `timeout` seconds. Raises our errors for the client's."""
    from langchain_core.messages import HumanMessage, SystemMessage

    messages = [SystemMessage(question.prompt.system), HumanMessage(question.user)]
    try:
        async with asyncio.timeout(timeout):
            if question.hear is not None:
                return _read(await listen(chat, question.schema, messages, question.hear))
            # A schema as data, not as a class: OpenAI's client would parse the answer and lose it when it is not clean.
            runnable = chat.with_structured_output(json.loads(question.schema), include_raw=True)
            answered: Any = await runnable.ainvoke(messages)
            return _read(answered["raw"])
    except Exception as error:
        failure = classify(error)
        if failure is None:
            raise
        raise failure from error


def _read(message: Any) -> RawAnswer:
    calls = getattr(message, "tool_calls", None)
    text = json.dumps(calls[0]["args"]) if calls else str(message.text)
    meta: Mapping[str, Any] = message.response_metadata or {}
    blocked = (meta.get("prompt_feedback") or {}).get("block_reason")
    reason = meta.get("finish_reason") or meta.get("stop_reason") or meta.get("done_reason") or blocked or ""
    usage: Mapping[str, Any] = message.usage_metadata or {}
    # Where OpenAI's client leaves the count of a streamed answer.
    told: Mapping[str, Any] = meta.get("token_usage") or {}
    return RawAnswer(
        redacted(text),
        str(getattr(reason, "value", reason)),
        usage.get("input_tokens", told.get("prompt_tokens")),
        usage.get("output_tokens", told.get("completion_tokens")),
    )

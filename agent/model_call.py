"""One request to a chat model: what goes out and what comes back, without retries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from agent.provider_faults import classify
from agent.streaming import Hear, listen
from prompts import Rendered, load

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True)
class Question:
    """What is asked: a prompt, the compact JSON schema of the answer, and the fault of the answer before, if any.

    `hear` gets the answer while it is written; it is no part of what is asked.
    """

    prompt: Rendered
    schema: str
    fault: str = ""
    hear: Hear | None = field(default=None, compare=False)

    @property
    def user(self) -> str:
        """The user's message, with the fault named at its end."""
        if not self.fault:
            return self.prompt.user
        return f"{self.prompt.user}\n\n{load('again').render(fault=self.fault).user}"

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


@dataclass(frozen=True)
class RawAnswer:
    """What came back. Tokens are None where the server does not count them."""

    text: str
    finish_reason: str
    input_tokens: int | None
    output_tokens: int | None


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
        text,
        str(getattr(reason, "value", reason)),
        usage.get("input_tokens", told.get("prompt_tokens")),
        usage.get("output_tokens", told.get("completion_tokens")),
    )

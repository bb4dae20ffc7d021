"""Asking a model for the evals: an answer that cannot be used is unscored, never zero."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

from agent.calls.llm import ModelClient
from agent.errors import AnswerError
from agent.model_engine.wording import language_name
from prompts import Rendered, load

T = TypeVar("T", bound=BaseModel)


class Asker:
    """A model and how many of its answers had to stay unscored."""

    def __init__(self, client: ModelClient) -> None:
        self._client = client
        self.asked = 0
        self.unscored: list[str] = []

    async def ask(self, prompt: Rendered, schema: type[T], wanted: int | None = None) -> T | None:
        """Return the answer, None when it cannot be used after two re-asks; `wanted` is the length of its one list.

        Raises RetryError, StopError and ModelRefused: a model that cannot be reached yields no result at all.
        """
        self.asked += 1

        def check(answer: T) -> str | None:
            lengths = [len(value) for value in answer.__dict__.values() if isinstance(value, list)]
            if wanted is None or lengths == [wanted]:
                return None
            return f"wants exactly {wanted} items, has {lengths}"

        try:
            return await self._client.ask(prompt, schema, check)
        except AnswerError as error:
            self.unscored.append(f"unscored: {prompt.name}: {error}")
            return None


def prompt_for(name: str, language: str, **inputs: str) -> Rendered:
    """Render an eval's prompt in Japanese for Japanese matter, in English for any other."""
    prompt = load(f"{name}.{'ja' if language == 'ja' else 'en'}")
    if "language" in prompt.inputs:
        inputs["language"] = language_name(language)
    return prompt.render(**inputs)

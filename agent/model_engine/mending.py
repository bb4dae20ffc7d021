"""Sentences that the verifier doubted, written again from their evidence."""

from __future__ import annotations

from collections.abc import Sequence

from agent.calls.answers import Answer, each_once
from agent.calls.llm import ModelClient
from agent.engine import Brief
from agent.errors import AnswerError, RetryError
from agent.extract.suspicions import orders
from agent.grounding.verifier import Doubted
from agent.language.sentences import split
from agent.model_engine.prose import language_fault, sentence_fault, without_ids
from agent.model_engine.wording import render
from prompts import fence_tag

_WRONG = {True: "the evidence says otherwise", False: "the evidence does not say it"}


class MendedAnswer(Answer):
    """A sentence anew, by its id; empty when nothing true remains of it."""

    id: str
    text: str


class MendedAnswers(Answer):
    """One text a sentence."""

    sentences: list[MendedAnswer]


class ModelMender:
    """Has a model write doubted sentences again; who asks holds what comes against the sources, as any other text."""

    def __init__(self, client: ModelClient, brief: Brief) -> None:
        self._client = client
        self._brief = brief

    async def __call__(self, doubted: Sequence[Doubted]) -> list[str]:
        """Return each sentence anew, empty where the model gave none that could stand in its place.

        One call. Raises StopError and ModelRefused.
        """
        ids = [f"c{number}" for number in range(1, len(doubted) + 1)]
        shown = "\n\n".join(
            f"{short}: {' '.join(one.text.split())}\nwrong: {_WRONG[one.contradicted]}\nevidence: {one.evidence}"
            for short, one in zip(ids, doubted, strict=True)
        )
        prompt = render("mend", self._brief, tag=fence_tag(shown), claims=shown)
        try:
            answer = await self._client.ask(
                prompt, MendedAnswers, lambda answer: each_once("sentences", (one.id for one in answer.sentences), ids)
            )
        except (AnswerError, RetryError):
            return [""] * len(doubted)
        told = {one.id: without_ids(one.text) for one in answer.sentences}
        return [told[short] if _is_sentence(told[short], self._brief.language) else "" for short in ids]


def _is_sentence(text: str, language: str) -> bool:
    fault = sentence_fault("text", text) or language_fault(text, language)
    return fault is None and len(split(text, language)) == 1 and not orders(text)

"""Verifiers that are no models: one that knows the answers, one that guesses, one that finds everything supported."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import Question

_CLAIM = re.compile(r"^(c\d+): (.*?)\n(?:wrong: .*\n)?evidence: ", re.MULTILINE)
VERDICTS = ("supported", "contradicted", "not_stated")
Judge = Callable[[str], str]
Mend = Callable[[str], str]


class VerifierAnswer:
    """Answers questions for verdicts by `judge` (claim -> verdict), any other as `AutoAnswer` does.

    `broken` says for which claims the whole answer is no JSON; `mend` writes a doubted claim again, "" for not at all.
    Claims judged are in `claims`, questions to mend some in `mending`.
    """

    def __init__(
        self, judge: Judge, broken: Callable[[str], bool] = lambda _: False, mend: Mend = lambda _: ""
    ) -> None:
        self._judge, self._broken, self._mend = judge, broken, mend
        self._other = AutoAnswer()
        self.claims: list[str] = []
        self.mending: list[str] = []

    def __call__(self, question: Question) -> Any:
        """Return an answer that fits the question's schema."""
        asked = question.schema.get("properties", {})
        if "sentences" in asked:
            self.mending.append(question.user)
            doubted = _CLAIM.findall(question.user)
            return {"sentences": [{"id": short, "text": self._mend(text)} for short, text in doubted]}
        if "verdicts" not in asked:
            return self._other(question)
        claims = _CLAIM.findall(question.user)
        self.claims += [text for _, text in claims]
        if any(self._broken(text) for _, text in claims):
            return "I would rather not say."
        return {"verdicts": [{"id": short, "verdict": self._judge(text)} for short, text in claims]}


def always_yes(claim: str) -> str:
    """Find everything supported."""
    del claim
    return "supported"


def guessing(claim: str) -> str:
    """Draw a verdict from the claim's own letters."""
    return random.Random(claim).choice(VERDICTS)

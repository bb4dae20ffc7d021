"""A judge that is no model: it prefers the longer report, finds true what its evidence holds, and can be made worse."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.servers.gemini import Question

_CLAIM = re.compile(r"^(\d+)\. (.*?)\nevidence: (.*?)(?=\n\n\d+\. |\n</d)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^\d+\. (.*)$", re.MULTILINE)
CRITERIA = ("comprehensiveness", "insight", "readability", "instruction_following")


class JudgeAnswer:
    """Answers by the form of the schema; `broken` says for which questions the answer is no JSON at all.

    With `first` it names the first report of a pair whatever is in it. Numbers that the evidence lacks make a claim
    unsupported; everything else is supported. Translations come from `translate`.
    """

    def __init__(
        self,
        *,
        first: bool = False,
        broken: Callable[[Question], bool] = lambda _: False,
        translate: Callable[[str], str] = str,
    ) -> None:
        self._first = first
        self._broken = broken
        self._translate = translate

    def __call__(self, question: Question) -> Any:
        """Return an answer that fits the question's schema. Raises ValueError for a schema that it does not know."""
        wanted = question.schema.get("properties", {})
        if self._broken(question):
            return "I would rather not say."
        if "verdicts" in wanted:
            claims = _CLAIM.findall(question.user)
            return {
                "verdicts": ["supported" if _borne_out(text, shown) else "unsupported" for _, text, shown in claims]
            }
        if "overall" in wanted:
            first, _, second = question.user.partition("\n# B\n")
            choice = "A" if self._first or len(first) > len(second) else "B"
            return dict.fromkeys((*CRITERIA, "overall"), choice)
        if "insight" in wanted:
            quote = question.user.split("\n")[1]
            return {name: {"score": 3 + place % 2, "quote": quote} for place, name in enumerate(CRITERIA)}
        if "lines" in wanted:
            return {"lines": [self._translate(line) for line in _LINE.findall(question.user)]}
        raise ValueError(f"no answer for a schema with {sorted(wanted)}")


def _borne_out(claim: str, evidence: str) -> bool:
    return set(re.findall(r"\d+", claim)) <= set(re.findall(r"\d+", evidence))

"""A model as judge: rubric, pairs in both orders, and claims against their evidence."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from agent.calls.answers import Answer
from evals.asking import Asker, prompt_for
from prompts import fence_tag

CRITERIA = ("comprehensiveness", "insight", "readability", "instruction_following")
CLAIMS_AT_ONCE = 10
Choice = Literal["A", "B", "tie"]
Verdict = Literal["supported", "unsupported", "contradicted"]


class GradeAnswer(Answer):
    """A score from 1 to 5 and a stretch of the report that shows why."""

    score: int = Field(ge=1, le=5)
    quote: str


class RubricAnswer(Answer):
    """One grade a criterion."""

    comprehensiveness: GradeAnswer
    insight: GradeAnswer
    readability: GradeAnswer
    instruction_following: GradeAnswer


class PairAnswer(Answer):
    """The better report by criterion and overall."""

    comprehensiveness: Choice
    insight: Choice
    readability: Choice
    instruction_following: Choice
    overall: Choice


class ClaimsAnswer(Answer):
    """One verdict a claim."""

    verdicts: list[Verdict]


@dataclass(frozen=True)
class Manuscript:
    """A report as text, its language, and the task it was written for."""

    text: str
    language: str
    task: str


@dataclass(frozen=True)
class CitedClaim:
    """A sentence and the evidence that it cites."""

    text: str
    evidence: str


async def grade(report: Manuscript, asker: Asker) -> RubricAnswer | None:
    """Return a model's grades, None when it gave none that can be read. Quotes that are not in the report are kept."""
    prompt = prompt_for(
        "judge_report", report.language, tag=fence_tag(report.text), task=report.task, report=report.text
    )
    return await asker.ask(prompt, RubricAnswer)


async def prefer(first: Manuscript, second: Manuscript, asker: Asker) -> tuple[Choice | None, Choice | None]:
    """Return which of two reports is better overall, asked in both orders: A is `first` in both answers."""
    forth, back = await asyncio.gather(_compare(first, second, asker), _compare(second, first, asker))
    swapped: dict[Choice, Choice] = {"A": "B", "B": "A", "tie": "tie"}
    return forth.overall if forth else None, swapped[back.overall] if back else None


async def _compare(first: Manuscript, second: Manuscript, asker: Asker) -> PairAnswer | None:
    shown = f"# A\n\n{first.text}\n\n# B\n\n{second.text}"
    prompt = prompt_for("judge_pair", first.language, tag=fence_tag(shown), task=first.task, reports=shown)
    return await asker.ask(prompt, PairAnswer)


async def judge_claims(claims: Sequence[CitedClaim], language: str, asker: Asker) -> list[Verdict | None]:
    """Return a verdict a claim, None for those whose answer could not be read; ten claims a call."""

    async def some(part: Sequence[CitedClaim]) -> list[Verdict | None]:
        shown = "\n\n".join(f"{n}. {claim.text}\nevidence: {claim.evidence}" for n, claim in enumerate(part, 1))
        prompt = prompt_for("judge_claims", language, tag=fence_tag(shown), claims=shown)
        answer = await asker.ask(prompt, ClaimsAnswer, len(part))
        return list(answer.verdicts) if answer else [None] * len(part)

    parts = [claims[first : first + CLAIMS_AT_ONCE] for first in range(0, len(claims), CLAIMS_AT_ONCE)]
    return [verdict for part in await asyncio.gather(*map(some, parts)) for verdict in part]

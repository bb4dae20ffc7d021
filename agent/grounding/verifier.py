"""The model as verifier: whether evidence bears out a sentence that names and numbers alone cannot judge.

A swapped name that stands elsewhere in the article and a turned negation pass every look-up. A model may judge them
that has been measured to see them: `evals/verify.py` writes the marks, `agent.grounding.admission` reads them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

import numpy as np

from agent.calls.answers import Answer, each_once
from agent.calls.llm import ModelClient
from agent.errors import AnswerError, RetryError, StopError
from agent.grounding.negation import negations
from agent.grounding.unsupported import Source
from agent.language.sentences import split
from agent.names import names_in
from agent.storage.embed import Encoder, Vectors
from prompts import Prompt, Rendered, fence_tag, load

CLAIMS_AT_ONCE = 10
PROMPT = "verify"
_NEAREST = 3
_LONGEST_EVIDENCE = 1200
_FEWEST_NAMES = 2
_FOR_A_DIGEST, _FOR_AN_ISSUE = 2, 6

Verdict = Literal["supported", "contradicted", "not_stated"]
T = TypeVar("T")


class Limit(Protocol):
    """What bounds the time of asking."""

    async def __call__(self, work: Awaitable[T]) -> T:
        """Return what `work` does. Raises BudgetReached when its time is up."""


@dataclass(frozen=True)
class Doubted:
    """A sentence that its evidence does not bear out, and how it does not."""

    text: str
    evidence: str
    contradicted: bool
    """Whether the evidence says otherwise; else it does not say it."""


class Mender(Protocol):
    """Writes doubted sentences again."""

    async def __call__(self, doubted: Sequence[Doubted]) -> list[str]:
        """Return each sentence anew, empty where there is none; all rest on the same articles.

        Raises StopError and ModelRefused.
        """
        ...


class VerdictAnswer(Answer):
    """A claim's id and what the evidence says of it."""

    id: str
    verdict: Verdict


class VerdictsAnswer(Answer):
    """One verdict a claim."""

    verdicts: list[VerdictAnswer]


@dataclass(frozen=True)
class EvidencedClaim:
    """A sentence and the stretches of its sources that are nearest to it."""

    text: str
    evidence: str


async def judge(claims: Sequence[EvidencedClaim], language: str, client: ModelClient) -> list[Verdict | None]:
    """Return a verdict for each claim, in order; None where the model gave none that can be read after two re-asks.

    `language` is that of the prompt: Japanese for `ja`, English for any other. Raises StopError and ModelRefused.
    """
    batches = [claims[start : start + CLAIMS_AT_ONCE] for start in range(0, len(claims), CLAIMS_AT_ONCE)]
    found = await asyncio.gather(*(_judge(batch, language, client) for batch in batches))
    return [verdict for verdicts in found for verdict in verdicts]


async def _judge(batch: Sequence[EvidencedClaim], language: str, client: ModelClient) -> list[Verdict | None]:
    ids = [f"c{number}" for number in range(1, len(batch) + 1)]
    try:
        answer = await client.ask(
            _prompt(ids, batch, language),
            VerdictsAnswer,
            lambda answer: each_once("verdicts", (row.id for row in answer.verdicts), ids),
        )
    except (AnswerError, RetryError):
        return [None] * len(batch)
    verdicts: Mapping[str, Verdict] = {row.id: row.verdict for row in answer.verdicts}
    return [verdicts[short] for short in ids]


def _prompt(ids: Sequence[str], batch: Sequence[EvidencedClaim], language: str) -> Rendered:
    shown = "\n\n".join(
        f"{short}: {' '.join(claim.text.split())}\nevidence: {claim.evidence}"
        for short, claim in zip(ids, batch, strict=True)
    )
    return _wording(language).render(tag=fence_tag(shown), claims=shown)


class Verifier:
    """An admitted model that judges sentences against the nearest sentences of their sources."""

    def __init__(
        self, client: ModelClient, encoder: Encoder, limit: Limit | None = None, mender: Mender | None = None
    ) -> None:
        """Take who judges, and who writes again what is doubted: without a `mender` nobody does."""
        self._client = client
        self._evidence = Evidence(encoder)
        self._limit: Limit = limit or _unlimited
        self._mender = mender
        self.resting = False
        """Whether it is to be left out of this run, since its calls are needed for the writing."""

    async def verdicts(
        self, claims: Sequence[tuple[str, Sequence[Source]]], language: str, *, every: bool = False
    ) -> list[Verdict | None]:
        """Return a verdict for each sentence with its sources, all in `language`; None for one that got none.

        Only sentences with two names or a negation are asked about, unless `every` is to be; the others, and those
        that stand in a source verbatim, are supported. A budget or time that is used up leaves all without a verdict.
        """
        verdicts: list[Verdict | None] = ["supported"] * len(claims)
        asked = [
            place
            for place, (text, sources) in enumerate(claims)
            if needs_verdict(text, language, sources) or (every and not _stands_in(text, sources))
        ]
        if not asked:
            return verdicts
        evidenced = await asyncio.to_thread(self._evidenced, [claims[place] for place in asked])
        try:
            found = await self._limit(judge(evidenced, language, self._client))
        except StopError:
            found = [None] * len(asked)
        for place, verdict in zip(asked, found, strict=True):
            verdicts[place] = verdict
        return verdicts

    async def mended(self, doubted: Sequence[tuple[str, Sequence[Source], bool]]) -> list[str]:
        """Return doubted sentences, each with its sources and whether they contradict it, anew or as they were.

        Sentences of the same sources are asked for together, others apart, so that no article has a say in what is
        said of another.
        """
        texts = [text for text, _, _ in doubted]
        if self._mender is None or not doubted:
            return texts
        evidence = await asyncio.to_thread(self._evidence.of, [(text, sources) for text, sources, _ in doubted])
        groups: dict[tuple[Source, ...], list[int]] = {}
        for place, (_, sources, _) in enumerate(doubted):
            groups.setdefault(tuple(sources), []).append(place)
        asked = [
            [Doubted(texts[place], evidence[place], doubted[place][2]) for place in places]
            for places in groups.values()
        ]
        try:
            found = await self._limit(asyncio.gather(*map(self._mender, asked)))
        except StopError:
            return texts
        for places, mended in zip(groups.values(), found, strict=True):
            for place, text in zip(places, mended, strict=True):
                texts[place] = text or texts[place]
        return texts

    def _evidenced(self, claims: Sequence[tuple[str, Sequence[Source]]]) -> list[EvidencedClaim]:
        return [EvidencedClaim(text, found) for (text, _), found in zip(claims, self._evidence.of(claims), strict=True)]


def calls_to_verify(articles: int) -> int:
    """Return how many calls an issue of so many articles may take to be verified, with what is written again."""
    return _FOR_A_DIGEST * articles + _FOR_AN_ISSUE


async def _unlimited(work: Awaitable[T]) -> T:
    return await work


def needs_verdict(text: str, language: str, sources: Sequence[Source]) -> bool:
    """Tell whether a sentence can be false though all its names and numbers are right."""
    if _stands_in(text, sources):
        return False
    return negations(text, language) > 0 or len(set(names_in(text, language))) >= _FEWEST_NAMES


def _stands_in(text: str, sources: Sequence[Source]) -> bool:
    return any(text in source.text for source in sources)


class Evidence:
    """Finds what sources say of a claim; a source is read once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._read: dict[Source, tuple[Sequence[str], Vectors]] = {}

    def of(self, claims: Sequence[tuple[str, Sequence[Source]]]) -> list[str]:
        """Return for each claim the three sentences of each of its sources that are nearest to it, in their order."""
        vectors = self._encoder.encode([text for text, _ in claims])
        return [self._nearest(vector, sources) for vector, (_, sources) in zip(vectors, claims, strict=True)]

    def _nearest(self, vector: Vectors, sources: Sequence[Source]) -> str:
        stretches = []
        for source in sources:
            sentences, vectors = self._sentences(source)
            nearest = np.argsort(vectors @ vector)[::-1][:_NEAREST]
            shown = " ".join(sentences[place] for place in sorted(map(int, nearest)))
            stretches.append(shown[:_LONGEST_EVIDENCE])
        return "\n".join(stretches)

    def _sentences(self, source: Source) -> tuple[Sequence[str], Vectors]:
        if source not in self._read:
            found = [" ".join(span.text.split()) for span in split(source.text, source.language)] or [source.text]
            self._read[source] = found, self._encoder.encode(found)
        return self._read[source]


def _wording(language: str) -> Prompt:
    return load(f"{PROMPT}.{'ja' if language == 'ja' else 'en'}")

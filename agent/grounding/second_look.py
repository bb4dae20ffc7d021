"""What an admitted verifier does not find borne out is written again, or else left out with a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from agent.engine import Digested
from agent.grounding.unsupported import Source, page_of
from agent.language.sentences import split
from agent.model import Article, Detail, Digest, Gap, Stage, Statement, Synthesis

if TYPE_CHECKING:
    from agent.grounding.verifier import Verdict, Verifier

_PARTS = ("summary", "background", "main", "impact")
_DOUBTS = ("contradicted", "not_stated")
_ROUNDS = 2
"""How often a doubted sentence is written again."""
Claim = tuple[str, Sequence[Source]]


async def look_at_digest(digest: Digest, article: Article, verifier: Verifier) -> tuple[Digest, tuple[Gap, ...]]:
    """Return a model's digest with only sentences that the verifier finds in the article, and the gaps.

    What it does not find is written again at most twice, else left out; the summary is empty when nothing of it is
    left. One call in all when it doubts nothing, unless the digest has more than ten sentences to judge. Sentences
    without a verdict stay, with a gap. Sentences written again are for the caller to look up. Raises ModelRefused.
    """
    texts = {"summary": digest.summary, **digest.detail.model_dump()}
    places = [(part, n, span.text) for part in _PARTS for n, span in enumerate(split(texts[part], digest.language), 1)]
    page = page_of(article)
    settled = await _settled([(text, [page]) for _, _, text in places], digest.language, verifier)
    gaps = []
    kept: dict[str, list[str]] = {part: [] for part in _PARTS}
    for (part, number, _), (text, verdict) in zip(places, settled, strict=True):
        if gap := _gap("translate", article.title, f"{part}, sentence {number}", verdict):
            gaps.append(gap)
        if verdict not in _DOUBTS:
            kept[part].append(text)
    if [text for _, _, text in places] == [text for part in _PARTS for text in kept[part]]:
        return digest, tuple(gaps)
    joiner = "" if digest.language[:2] in {"ja", "zh"} else " "
    left = {part: joiner.join(sentences) for part, sentences in kept.items()}
    detail = Detail(**{part: left[part] for part in _PARTS[1:]})
    return digest.model_copy(update={"summary": left["summary"], "detail": detail}), tuple(gaps)


async def look_at_issue(draft: Synthesis, items: Sequence[Digested], verifier: Verifier, language: str) -> Synthesis:
    """Return the synthesis with only statements that the verifier finds in their articles, with the gaps.

    What it does not find is written again at most twice, else left out. Statements without a verdict stay, with a gap.
    The draft itself comes back when nothing is doubted; what is written again is for the caller to look up. Raises
    ModelRefused.
    """
    pages = {item.article.id: page_of(item.article) for item in items}
    groups = _groups(draft)
    placed = [(part, n, s) for part, statements in groups.items() for n, s in enumerate(statements, 1)]
    settled = await _settled([_claim(s, pages) for _, _, s in placed], language, verifier)
    if settled == [(s.text, "supported") for _, _, s in placed]:
        return draft
    gaps = list(draft.gaps)
    kept: dict[str, list[Statement]] = {part: [] for part in groups}
    for (part, number, statement), (text, verdict) in zip(placed, settled, strict=True):
        if gap := _gap("edit", part, f"sentence {number}", verdict):
            gaps.append(gap)
        if verdict not in _DOUBTS:
            kept[part].append(statement if text == statement.text else statement.model_copy(update={"text": text}))
    topics = [
        topic.model_copy(update={"statements": tuple(kept[f"topic {number}"])})
        for number, topic in enumerate(draft.topics, 1)
        if kept[f"topic {number}"]
    ]
    digests = {name: tuple(kept[f"category: {name}"]) for name in draft.category_digests}
    return draft.model_copy(
        update={
            "trends": tuple(kept["trends"]),
            "topics": tuple(topics),
            "category_digests": digests,
            "outlook": tuple(kept["outlook"]),
            "gaps": tuple(gaps),
        }
    )


async def _settled(claims: Sequence[Claim], language: str, verifier: Verifier) -> list[tuple[str, Verdict | None]]:
    """Return each sentence with its verdict, the doubted ones in words that the verifier does not doubt, if there are.

    What is written again and gets no verdict is not taken.
    """
    texts = [text for text, _ in claims]
    verdicts = await verifier.verdicts(claims, language)
    doubted = [place for place, verdict in enumerate(verdicts) if verdict in _DOUBTS]
    for _ in range(_ROUNDS):
        asked = [(texts[place], claims[place][1], verdicts[place] == "contradicted") for place in doubted]
        mended = await verifier.mended(asked)
        anew = {place: text for place, text in zip(doubted, mended, strict=True) if text != texts[place]}
        again = await verifier.verdicts(
            [(text, claims[place][1]) for place, text in anew.items()], language, every=True
        )
        for (place, text), verdict in zip(anew.items(), again, strict=True):
            if verdict is not None:
                texts[place], verdicts[place] = text, verdict
        doubted = [place for place in anew if verdicts[place] in _DOUBTS]
    return list(zip(texts, verdicts, strict=True))


def _groups(draft: Synthesis) -> dict[str, tuple[Statement, ...]]:
    return {
        "trends": draft.trends,
        **{f"topic {number}": topic.statements for number, topic in enumerate(draft.topics, 1)},
        **{f"category: {name}": statements for name, statements in draft.category_digests.items()},
        "outlook": draft.outlook,
    }


def _claim(statement: Statement, pages: Mapping[str, Source]) -> Claim:
    return statement.text, [pages[i] for i in statement.article_ids]


def _gap(stage: Stage, subject: str, place: str, verdict: Verdict | None) -> Gap | None:
    if verdict == "supported":
        return None
    if verdict is None:
        return Gap(stage=stage, subject=subject, reason="unverified", detail=place)
    said = "contradicts" if verdict == "contradicted" else "does not say"
    return Gap(stage=stage, subject=subject, reason="unsupported", detail=f"{place}: the evidence {said} it")

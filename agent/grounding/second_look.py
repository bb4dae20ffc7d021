"""What an admitted verifier does not find borne out is left out of digests and synthesis, each time with a gap."""

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


async def look_at_digest(digest: Digest, article: Article, verifier: Verifier) -> tuple[Digest, tuple[Gap, ...]]:
    """Return a model's digest without the sentences that the verifier does not find in the article, and the gaps.

    The summary is empty when nothing of it is left. One call in all, unless the digest has more than ten sentences to
    judge. Sentences without a verdict stay, with a gap. Raises ModelRefused.
    """
    texts = {"summary": digest.summary, **digest.detail.model_dump()}
    places = [(part, n, span.text) for part in _PARTS for n, span in enumerate(split(texts[part], digest.language), 1)]
    page = page_of(article)
    verdicts = await verifier.verdicts([(text, [page]) for _, _, text in places], digest.language)
    gaps = []
    kept: dict[str, list[str]] = {part: [] for part in _PARTS}
    for (part, number, text), verdict in zip(places, verdicts, strict=True):
        if gap := _gap("translate", article.title, f"{part}, sentence {number}", verdict):
            gaps.append(gap)
        if verdict in ("supported", None):
            kept[part].append(text)
    if not any(verdict not in ("supported", None) for verdict in verdicts):
        return digest, tuple(gaps)
    joiner = "" if digest.language[:2] in {"ja", "zh"} else " "
    left = {part: joiner.join(sentences) for part, sentences in kept.items()}
    detail = Detail(**{part: left[part] for part in _PARTS[1:]})
    return digest.model_copy(update={"summary": left["summary"], "detail": detail}), tuple(gaps)


async def look_at_issue(draft: Synthesis, items: Sequence[Digested], verifier: Verifier, language: str) -> Synthesis:
    """Return the synthesis without the statements that the verifier does not find in their articles, with the gaps.

    One round of calls. Statements without a verdict stay, with a gap. Raises ModelRefused.
    """
    pages = {item.article.id: page_of(item.article) for item in items}
    groups = _groups(draft)
    placed = [(part, n, s) for part, statements in groups.items() for n, s in enumerate(statements, 1)]
    verdicts = await verifier.verdicts([_claim(s, pages) for _, _, s in placed], language)
    gaps = list(draft.gaps)
    kept: dict[str, list[Statement]] = {part: [] for part in groups}
    for (part, number, statement), verdict in zip(placed, verdicts, strict=True):
        if gap := _gap("edit", part, f"sentence {number}", verdict):
            gaps.append(gap)
        if verdict in ("supported", None):
            kept[part].append(statement)
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


def _groups(draft: Synthesis) -> dict[str, tuple[Statement, ...]]:
    return {
        "trends": draft.trends,
        **{f"topic {number}": topic.statements for number, topic in enumerate(draft.topics, 1)},
        **{f"category: {name}": statements for name, statements in draft.category_digests.items()},
        "outlook": draft.outlook,
    }


def _claim(statement: Statement, pages: Mapping[str, Source]) -> tuple[str, list[Source]]:
    return statement.text, [pages[i] for i in statement.article_ids]


def _gap(stage: Stage, subject: str, place: str, verdict: Verdict | None) -> Gap | None:
    if verdict == "supported":
        return None
    if verdict is None:
        return Gap(stage=stage, subject=subject, reason="unverified", detail=place)
    said = "contradicts" if verdict == "contradicted" else "does not say"
    return Gap(stage=stage, subject=subject, reason="unsupported", detail=f"{place}: the evidence {said} it")

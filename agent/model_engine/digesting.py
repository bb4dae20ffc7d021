"""The digest of one article, a long one in parts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from agent.calls.llm import CheckFailed, ModelClient
from agent.engine import Brief
from agent.model import Article, Detail, Digest
from agent.model_engine.evidence import SourceText
from agent.model_engine.facts import entities_of, events_of, figures_of
from agent.model_engine.prose import (
    language_fault,
    quoted,
    register_fault,
    repetition_fault,
    sentence_fault,
    title_fault,
)
from agent.model_engine.readers import Readers
from agent.model_engine.schemas import DigestAnswer, ProseAnswer, SortedDigestAnswer
from agent.model_engine.wording import category_lines, glossary_line, render
from agent.names import known_forms
from prompts import Rendered, fence_tag

P = TypeVar("P", bound=ProseAnswer)

LONGEST_PART = 24_000
_SHOWN_FAULTS = 8
_NAMED = 2


async def digest_article(article: Article, brief: Brief, client: ModelClient, readers: Readers) -> Digest:
    """Return the digest of an article. Facts without evidence in the text are dropped. Raises what `ask` raises."""
    parts = split_text(article.text, LONGEST_PART)
    answers = await asyncio.gather(*(_part(part, article, brief, client, readers) for part in parts))
    prose: ProseAnswer = answers[0] if len(answers) == 1 else await _join(answers, article, brief, client, readers)
    return digest_of(article, prose, answers, brief, readers)


def digest_of(
    article: Article, prose: ProseAnswer, answers: Sequence[DigestAnswer], brief: Brief, readers: Readers
) -> Digest:
    """Make a digest of the model's prose and facts; facts without evidence in the article are dropped."""
    source = SourceText(article.text)
    return Digest(
        article_id=article.id,
        engine="model",
        language=brief.language,
        title=prose.title,
        summary=prose.summary,
        detail=Detail(background=prose.background, main=prose.main, impact=prose.impact),
        figures=figures_of((f for a in answers for f in a.figures), article, source, readers),
        events=events_of((e for a in answers for e in a.events), article, source, readers),
        entities=entities_of((e for a in answers for e in a.entities), article),
        category=_category(answers, brief),
    )


def _category(answers: Sequence[DigestAnswer], brief: Brief) -> str:
    """Return the first category that is one of the brief's; an article says what it is about at its beginning."""
    named = (answer.category.strip() for answer in answers if isinstance(answer, SortedDigestAnswer))
    return next((name for name in named if name in brief.categories), "")


async def _part(part: str, article: Article, brief: Brief, client: ModelClient, readers: Readers) -> DigestAnswer:
    shown = shown_article(article, part)
    prompt = render(
        "digest",
        brief,
        tag=fence_tag(shown),
        glossary=glossary_line(brief.glossary, shown, brief.language),
        categories=category_lines(brief),
        article=shown,
    )
    schema = SortedDigestAnswer if brief.categories else DigestAnswer
    return await _ask(prompt, schema, article, brief, client, readers)


def shown_article(article: Article, text: str) -> str:
    """Return what the model is shown of an article: its head, and its text or a part of it."""
    return f"{article.title}\n{article.outlet} {article.published_at:%Y-%m-%d}\n\n{text}"


async def _join(
    answers: Sequence[DigestAnswer], article: Article, brief: Brief, client: ModelClient, readers: Readers
) -> ProseAnswer:
    texts = ["\n".join(t for t in (a.title, a.summary, a.background, a.main, a.impact) if t) for a in answers]
    shown = "\n\n".join(f"{number}/{len(texts)}\n{text}" for number, text in enumerate(texts, 1))
    prompt = render("join", brief, tag=fence_tag(shown), parts=shown)
    return await _ask(prompt, ProseAnswer, article, brief, client, readers)


async def _ask(
    prompt: Rendered, schema: type[P], article: Article, brief: Brief, client: ModelClient, readers: Readers
) -> P:
    """Ask for prose; what makes it unusable is never accepted, what is merely wrong in places is named twice."""
    try:
        return await client.ask(prompt, schema, _check(article, brief, readers))
    except CheckFailed as error:
        answer = error.answer
        if isinstance(answer, schema) and unusable(answer, brief.language) is None:
            return answer
        raise


def _check(article: Article, brief: Brief, readers: Readers) -> Callable[[ProseAnswer], str | None]:
    named = 0

    def check(answer: ProseAnswer) -> str | None:
        nonlocal named
        fault = unusable(answer, brief.language)
        if fault is None and named < _NAMED:
            fault = _improvable(answer, article, brief, readers)
            named += fault is not None
        return fault

    return check


def unusable(answer: ProseAnswer, language: str) -> str | None:
    """Return why an answer can be no digest at all: empty, cut, a placeholder or in another language."""
    details = [("background", answer.background), ("main", answer.main), ("impact", answer.impact)]
    faults = [title_fault(answer.title), sentence_fault("summary", answer.summary)]
    faults += [sentence_fault(name, text) for name, text in details if text or name == "main"]
    faults.append(language_fault(" ".join([answer.summary, *(text for _, text in details)]), language))
    return next((fault for fault in faults if fault), None)


def _improvable(answer: ProseAnswer, article: Article, brief: Brief, readers: Readers) -> str | None:
    texts = [answer.summary, answer.background, answer.main, answer.impact]
    faults = [register_fault(answer.summary, texts[1:], brief.language), repetition_fault(texts)]
    entities = entities_of(answer.entities, article) if isinstance(answer, DigestAnswer) else ()
    names = known_forms(entities, brief.glossary, f"{article.title}\n{article.text}", article.language)
    if isinstance(answer, DigestAnswer):
        texts += [f"{figure.label}\n{figure.holder}" for figure in answer.figures]
        texts += [event.what for event in answer.events]
    missing = readers.unsupported("\n".join([answer.title, *texts]), brief.language, [article], names)
    if missing:
        shown = ", ".join(quoted(stretch) for stretch in list(dict.fromkeys(missing))[:_SHOWN_FAULTS])
        faults.append(f"the article does not say: {shown}")
    return "; ".join(fault for fault in faults if fault) or None


def split_text(text: str, longest: int) -> list[str]:
    """Split a text by paragraphs, and a longer paragraph by sentences, into even parts of at most `longest` characters.

    Joined by line ends, the parts hold every character of the text but the white space at its cuts.
    """
    if len(text) <= longest:
        return [text]
    aim = len(text) // -(-len(text) // longest) + longest // 20
    parts: list[str] = []
    for piece in _pieces(text, longest):
        if parts and len(parts[-1]) + 1 + len(piece) <= min(aim, longest):
            parts[-1] = f"{parts[-1]}\n{piece}"
        else:
            parts.append(piece)
    return parts


def _pieces(text: str, longest: int) -> list[str]:
    pieces: list[str] = []
    for paragraph in text.split("\n"):
        rest = paragraph
        while len(rest) > longest:
            ends = [match.end() for match in re.finditer(r"[。！？]|[.!?](?=\s)", rest[:longest])]
            cut = ends[-1] if ends else longest
            pieces.append(rest[:cut].strip())
            rest = rest[cut:].strip()
        pieces.append(rest)
    return pieces

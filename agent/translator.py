"""The translator: one article in, one verified digest out, whatever happens to the model on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.engine import Brief, Engine
from agent.errors import AnswerError, RetryError, StopError
from agent.extract.suspicions import orders
from agent.grounding.evidence import softened
from agent.grounding.second_look import look_at_digest
from agent.grounding.unsupported import page_of, unsupported
from agent.language.sentences import split
from agent.model import Article, Detail, Digest, Figure, Gap, GapReason, Span
from agent.names import is_plausible, known_forms

if TYPE_CHECKING:
    from agent.grounding.verifier import Verifier

_PARTS = ("background", "main", "impact")


async def translate(
    article: Article, brief: Brief, engine: Engine, fallback: Engine, verifier: Verifier | None = None
) -> tuple[Digest, tuple[Gap, ...]]:
    """Return the digest of an article and what could not be done.

    When `engine` fails for good on this article, `fallback` writes the digest and a gap says so. Sentences whose
    figures, dates or names the article does not bear out are left out, each with a gap; those that `verifier` does not
    find in it are written again, or left out too. Raises ModelRefused.
    """
    try:
        digest = await engine.digest(article, brief)
    except StopError as error:
        return await fallback.digest(article, brief), (_gap(article, "budget", str(error)),)
    except (AnswerError, RetryError) as error:
        return await fallback.digest(article, brief), (_gap(article, "model_failed", str(error)),)
    digest, gaps = _verified(digest, article, brief.glossary)
    if digest.model:
        gaps = (_gap(article, "other_model", digest.model), *gaps)
    if verifier is not None and digest.engine == "model" and digest.summary:
        digest, more = await _looked_at(digest, article, brief.glossary, verifier)
        gaps = tuple(dict.fromkeys((*gaps, *more)))
    if digest.engine == "model" and not digest.summary:
        return await fallback.digest(article, brief), (*gaps, _gap(article, "unsupported", "summary"))
    return digest, gaps


async def _looked_at(
    digest: Digest, article: Article, glossary: Mapping[str, str], verifier: Verifier
) -> tuple[Digest, tuple[Gap, ...]]:
    """Leave out of a digest, or have written again and looked up like the rest, what the verifier doubts."""
    looked, gaps = await look_at_digest(digest, article, verifier)
    if looked is digest:
        return digest, gaps
    checked, more = _verified(looked, article, glossary)
    return checked, (*gaps, *more)


def _verified(digest: Digest, article: Article, glossary: Mapping[str, str]) -> tuple[Digest, tuple[Gap, ...]]:
    """Leave out facts whose evidence is not verbatim, and of a model's words what the text does not bear out.

    The gaps name the place and never quote: what is not borne out is printed nowhere.
    """
    reading = _Reading(article, digest, glossary)
    figures = tuple(f for f in digest.figures if _verbatim(f.evidence, article))
    events = tuple(e for e in digest.events if _verbatim(e.evidence, article))
    for kind, count in (("figure", len(digest.figures) - len(figures)), ("event", len(digest.events) - len(events))):
        reading.note(*[f"{kind} without evidence"] * count)
    digest = digest.model_copy(update={"figures": figures, "events": events})
    if digest.engine == "model":
        digest = reading.read(digest)
    return digest, tuple(_gap(article, "unsupported", place) for place in reading.dropped)


def _verbatim(evidence: Span, article: Article) -> bool:
    return article.text[evidence.start : evidence.end] == evidence.text


class _Reading:
    """A model's digest held against its article; `dropped` lists the places of what was left out."""

    def __init__(self, article: Article, digest: Digest, glossary: Mapping[str, str]) -> None:
        self._source = page_of(article)
        self._names = known_forms(digest.entities, glossary, self._source.text, article.language)
        self._language = digest.language
        self.dropped: list[str] = []

    def note(self, *places: str) -> None:
        """Note what was left out."""
        self.dropped += places

    def read(self, digest: Digest) -> Digest:
        """Return the digest with only what is borne out. Its summary is empty when nothing of that is left."""
        detail = {part: self._sentences(getattr(digest.detail, part), part) for part in _PARTS}
        summary = self._sentences(digest.summary, "summary")
        figures = [self._figure(figure) for figure in digest.figures]
        events = [event for event in digest.events if self._passes(event.what, "event")]
        return digest.model_copy(
            update={
                "title": self._title(digest.title, summary),
                "summary": summary,
                "detail": Detail(**detail),
                "figures": tuple(figure for figure in figures if figure),
                "events": tuple(events),
                "entities": tuple(e for e in digest.entities if is_plausible(e.name, e.source_form)),
            }
        )

    def _sentences(self, text: str, part: str) -> str:
        spans = split(text, self._language)
        kept = [span.text for n, span in enumerate(spans, 1) if self._passes(span.text, f"{part}, sentence {n}")]
        return text if len(kept) == len(spans) else _joiner(self._language).join(kept)

    def _title(self, title: str, summary: str) -> str:
        """Return the title, or the summary's first sentence when the title says more than the article."""
        if self._passes(title, "title") or not summary:
            return title
        return split(summary, self._language)[0].text.rstrip("。")

    def _figure(self, figure: Figure) -> Figure | None:
        if not self._passes(figure.label, "label of a figure"):
            return None
        return figure if self._passes(figure.holder, "holder of a figure") else figure.model_copy(update={"holder": ""})

    def _passes(self, text: str, place: str) -> bool:
        sources = [self._source]
        # Nothing of ours acts on them, but whoever has a model read the report is spared them.
        if (
            not orders(text)
            and not unsupported(text, self._language, sources, self._names)
            and not softened(text, self._language, sources)
        ):
            return True
        self.note(place)
        return False


def _joiner(language: str) -> str:
    return "" if language[:2] in {"ja", "zh"} else " "


def _gap(article: Article, reason: GapReason, detail: str) -> Gap:
    return Gap(stage="translate", subject=article.title, reason=reason, detail=detail)

"""The translator: one article in, one verified digest out, whatever happens to the model on the way."""

from __future__ import annotations

from agent.engine import Brief, Engine
from agent.errors import AnswerError, RetryError, StopError
from agent.grounding import Source, unsupported
from agent.model import Article, Detail, Digest, Gap, GapReason
from agent.sentences import split


async def translate(article: Article, brief: Brief, engine: Engine, fallback: Engine) -> tuple[Digest, tuple[Gap, ...]]:
    """Return the digest of an article and what could not be done.

    When `engine` fails for good on this article, `fallback` writes the digest and a gap says so. Sentences whose
    figures, dates or names the article does not bear out are left out, each with a gap. Raises ModelRefused.
    """
    try:
        digest = await engine.digest(article, brief)
    except StopError as error:
        return await fallback.digest(article, brief), (_gap(article, "budget", str(error)),)
    except (AnswerError, RetryError) as error:
        return await fallback.digest(article, brief), (_gap(article, "model_failed", str(error)),)
    digest, gaps = _verified(digest, article)
    if digest.engine == "model" and not digest.summary:
        return await fallback.digest(article, brief), (*gaps, _gap(article, "unsupported", "summary"))
    return digest, gaps


def _verified(digest: Digest, article: Article) -> tuple[Digest, tuple[Gap, ...]]:
    """Leave out figures and events whose evidence is not verbatim, and sentences that the text does not bear out."""
    source = Source(article.text + "\n" + article.title, article.language, article.published_at.date())
    names = [form for entity in digest.entities for form in (entity.name, entity.source_form)]
    gaps: list[Gap] = []

    def kept(text: str) -> str:
        if digest.engine == "extractive":
            return text
        sentences = []
        for span in split(text, digest.language):
            missing = unsupported(span.text, digest.language, [source], names)
            if missing:
                gaps.append(_gap(article, "unsupported", f"{', '.join(missing)}: {span.text}"))
            else:
                sentences.append(span.text)
        return text if not gaps else _joiner(digest.language).join(sentences)

    detail = Detail(**{part: kept(getattr(digest.detail, part)) for part in ("background", "main", "impact")})
    summary = kept(digest.summary)
    figures = tuple(f for f in digest.figures if article.text[f.evidence.start : f.evidence.end] == f.evidence.text)
    events = tuple(e for e in digest.events if article.text[e.evidence.start : e.evidence.end] == e.evidence.text)
    for label in [f.label for f in digest.figures if f not in figures] + [
        e.what for e in digest.events if e not in events
    ]:
        gaps.append(_gap(article, "unsupported", label))
    verified = digest.model_copy(update={"summary": summary, "detail": detail, "figures": figures, "events": events})
    return verified, tuple(gaps)


def _joiner(language: str) -> str:
    return "" if language[:2] in {"ja", "zh"} else " "


def _gap(article: Article, reason: GapReason, detail: str) -> Gap:
    return Gap(stage="translate", subject=article.title, reason=reason, detail=detail)

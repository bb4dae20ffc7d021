"""Whether sources bear out new words, what they say instead, and what a section lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from agent.editor import EvidenceFinder
from agent.grounding.unsupported import Source, unsupported
from agent.quantities import parse_quantities
from agent.report import Report, ReportSentence
from agent.revision.edits import Passage, RefusedEdit, Removed, Sources
from agent.revision.sections import article, cited_by, sentences_of, text_of

NEAREST = 3
"""Passages of each cited article that new words are held against, as in the weekly run."""
_KATAKANA = re.compile(r"[ァ-ヴー]{3,}")


def missing(
    text: str, language: str, numbers: Sequence[int], report: Report, sources: Sources, finder: EvidenceFinder | None
) -> list[str]:
    """Return what of a text the articles `numbers` do not bear out: numbers, dates, names."""
    held = [sources.articles[article(report, number).id] for number in numbers]
    texts = []
    for one in held:
        hits = finder.evidence(text, [one.id], NEAREST) if finder else []
        body = "\n".join([one.title, *(hit.text for hit in hits)]) if hits else f"{one.title}\n{one.text}"
        texts.append(Source(body, one.language, one.published_at.date()))
    names = [form for pair in sources.aliases for form in pair]
    return unsupported(text, language, texts, names)


def passages(
    text: str, numbers: Sequence[int], report: Report, sources: Sources, finder: EvidenceFinder | None
) -> tuple[Passage, ...]:
    """Return what the articles do say that is nearest to a text; without a finder, the first words of each."""
    number_of = {article(report, number).id: number for number in numbers}
    if finder is not None and number_of:
        hits = finder.evidence(text, list(number_of), NEAREST)
        return tuple(Passage(number=number_of[hit.article_id], text=hit.text) for hit in hits)
    held = [(number, sources.articles[i].text) for i, number in number_of.items()][:NEAREST]
    return tuple(Passage(number=number, text=body[:300]) for number, body in held)


def demand(
    text: str, language: str, numbers: Sequence[int], report: Report, sources: Sources, finder: EvidenceFinder | None
) -> None:
    """Raise RefusedEdit, with the nearest passages, when the articles do not bear out a text."""
    if not numbers:
        raise RefusedEdit("uncited", text=text)
    if lacking := missing(text, language, numbers, report, sources, finder):
        cited = ", ".join(f"#{number}" for number in numbers)
        near = passages(text, numbers, report, sources, finder)
        raise RefusedEdit("not_said", near, cited=cited, lacking=", ".join(lacking), text=text)


def without(
    sentence: ReportSentence, number: int, report: Report, sources: Sources, finder: EvidenceFinder | None
) -> ReportSentence | None:
    """Return a sentence that no longer cites an article, None when the others do not bear it out.

    Names in katakana must stand in the others too, as printed or in the source: they are no Latin words, which
    `missing` looks up.
    """
    if number not in sentence.articles:
        return sentence
    rest = tuple(n for n in sentence.articles if n != number)
    if not rest or missing(sentence.text, sentence.language, rest, report, sources, finder):
        return None
    known = "".join(_printed(report, n) + sources.articles[article(report, n).id].text for n in rest)
    if any(word not in known for word in _KATAKANA.findall(sentence.text)):
        return None
    return sentence.model_copy(update={"articles": rest})


def _printed(report: Report, number: int) -> str:
    one = article(report, number)
    return "".join((one.title, one.summary, one.detail.background, one.detail.main, one.detail.impact))


Row = tuple[str, str, tuple[int, ...]]
"""Text, its language, and the articles that it rests on."""


def rows_of(report: Report, section: str) -> list[Row]:
    """Return the sentences or entries of a section."""
    if (text := text_of(report, section)) is not None:
        return [(*text, cited_by(report, section))]
    if section == "key_figures":
        return [(f"{f.display} {f.label}", f.language, f.articles) for f in report.key_figures]
    if section == "roadmap":
        return [(f"{e.display} {e.what}", e.language, e.articles) for e in report.roadmap]
    return [(s.text, s.language, s.articles) for s in sentences_of(report, section) or ()]


def losses(section: str, old: Sequence[Row], new: Sequence[Row], *, sentences: bool) -> Iterator[Removed]:
    """Yield the citations, the figures and, if asked for, the sentences that a section has lost."""
    cited = {number for _, _, numbers in new for number in numbers}
    gone = sorted({number for _, _, numbers in old for number in numbers} - cited)
    yield from (Removed(what="citation", section=section, name=f"#{number}") for number in gone)
    if sentences:
        kept = {text for text, _, _ in new}
        what: Literal["entry", "sentence"] = "entry" if section in {"key_figures", "roadmap"} else "sentence"
        yield from (Removed(what=what, section=section, name=text) for text, _, _ in old if text not in kept)
    kept_figures = {key for text, language, _ in new for key, _ in _figures(text, language)}
    named = {key: shown for text, language, _ in old for key, shown in _figures(text, language)}
    for key, shown in named.items():
        if key not in kept_figures:
            yield Removed(what="figure", section=section, name=shown)


def _figures(text: str, language: str) -> Iterator[tuple[tuple[object, ...], str]]:
    for quantity in parse_quantities(text, language):
        yield (quantity.value, quantity.upper, quantity.unit), text[quantity.start : quantity.end]

"""Edits that need no writing: which of the sentences that are there to keep, and which other one a source offers."""

from __future__ import annotations

from agent.extractive.standing import speaks_for_itself
from agent.language.sentences import is_sentence, split
from agent.quantities import parse_quantities
from agent.report import Report
from agent.revision.edits import Arrange, RefusedEdit, Sources, TakeSentence
from agent.revision.requests import Place
from agent.revision.sections import article, cited_by, resolve, sentences_of, text_of

_LONGEST = 200


def shortened(report: Report, section: str, wanted: int = 0) -> Arrange:
    """Return the edit that keeps `wanted` sentences of a section, about half when 0, in their order.

    Kept first: what cites more articles, states a quantity, is in the report's language, stands alone. Raises
    RefusedEdit when there is nothing to leave out.
    """
    name = resolve(report, section)
    rows = _rows(report, name)
    keep = wanted or (len(rows) + 1) // 2
    if keep >= len(rows):
        raise RefusedEdit("no_shorter", section=name, count=len(rows))

    def worth(index: int) -> tuple[float, int]:
        text, language, cited = rows[index]
        value = 1.0 * (len(cited) - 1) + 1.0 * bool(parse_quantities(text, language))
        value += 2.0 * (language == report.language) + 1.0 * speaks_for_itself(text) + 0.5 * (index == 0)
        return value, -index

    best = sorted(range(len(rows)), key=worth, reverse=True)[:keep]
    return Arrange(section=name, order=tuple(i + 1 for i in sorted(best)))


def placed(report: Report, wish: Place, sources: Sources) -> Arrange | TakeSentence:
    """Return the edit that puts a sentence first, takes it out, or replaces it. Raises RefusedEdit when it cannot."""
    name = resolve(report, wish.section)
    count = len(_rows(report, name))
    if wish.index > count:
        raise RefusedEdit("no_sentence", section=name, count=count, index=wish.index)
    rest = tuple(i for i in range(1, count + 1) if i != wish.index)
    if wish.how == "first":
        return Arrange(section=name, order=(wish.index, *rest))
    if wish.how == "other":
        return _another(report, name, wish.index, sources)
    if not rest:
        raise RefusedEdit("only_sentence", section=name)
    return Arrange(section=name, order=rest)


def _another(report: Report, section: str, index: int, sources: Sources) -> TakeSentence:
    """Choose the first unused sentence of the cited articles' stored texts that stands alone, in the same language."""
    old, language, cited = _rows(report, section)[index - 1]
    used = report.model_dump_json()
    for number in cited or cited_by(report, section):
        source = sources.articles[article(report, number).id]
        for span in split(source.text, source.language):
            fits = source.language == language and is_sentence(span) and len(span.text) <= _LONGEST
            if fits and speaks_for_itself(span.text) and span.text not in used:
                return TakeSentence(section=section, index=index, number=number, start=span.start, end=span.end)
    raise RefusedEdit("no_other_sentence", text=old)


def _rows(report: Report, section: str) -> list[tuple[str, str, tuple[int, ...]]]:
    if section == "key_figures":
        return [(f.label, f.language, f.articles) for f in report.key_figures]
    if section == "roadmap":
        return [(e.what, e.language, e.articles) for e in report.roadmap]
    sentences = sentences_of(report, section)
    if sentences is not None:
        return [(s.text, s.language, s.articles) for s in sentences]
    text = text_of(report, section)
    if text is None or section.endswith("/title"):
        raise RefusedEdit("name_a_part", section=section)
    return [(span.text, text[1], cited_by(report, section)) for span in split(*text)]

"""One edit applied to a report. Pure: nothing is written, and what the edit may not reach is compared byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agent.checks import check_report
from agent.editor import EvidenceFinder
from agent.language.sentences import is_sentence, split
from agent.model_engine.prose import sentence_fault, title_fault
from agent.report import Report, ReportSentence
from agent.revision.cascade import add, drop, move
from agent.revision.check_names import check_names
from agent.revision.edits import (
    AddArticle,
    Arrange,
    DropArticle,
    Edit,
    MoveArticle,
    RefusedEdit,
    RenameEntity,
    RestoreArticle,
    Revised,
    Rewrite,
    Sources,
    TakeSentence,
    WriteText,
)
from agent.revision.extent import changes_of, reach, removed_by, touched
from agent.revision.proof import demand
from agent.revision.renaming import rename
from agent.revision.restoring import absent, dropping, restore
from agent.revision.sections import (
    article,
    cited_by,
    joined,
    resolve,
    sentences_of,
    text_of,
    with_sentences,
    with_text,
)

_ENTRIES = ("key_figures", "roadmap")


def apply(report: Report, edit: Edit, sources: Sources, finder: EvidenceFinder | None = None) -> Revised:
    """Return the report after an edit, what changed, and what was lost; the version list is left alone.

    `sources.articles` must hold every article of the report. Raises RefusedEdit when the edit names something that is
    not there, when the sources do not bear out its words, or when the report would no longer pass its checks.
    """
    changed = _applied(report, edit, sources, finder)
    checks = check_report(changed, sources.articles)
    failed_before = {(f.check, f.where) for f in check_report(report, sources.articles).failed}
    if new := [f for f in checks.failed if (f.check, f.where) not in failed_before]:
        what = "; ".join(f"{f.where} {f.what}" for f in new)
        raise RefusedEdit("checks", what=what, names="、".join(check_names(new)))
    changed = Report.model_validate_json(changed.model_copy(update={"checks": checks}).model_dump_json())
    differing = touched(report, changed)
    if not differing - {"checks"}:
        raise RefusedEdit("no_change")
    if stray := differing - reach(report, edit, sources.earlier):
        raise RefusedEdit("reaches_far", sections=", ".join(sorted(stray)))
    changes, removed = changes_of(report, changed), removed_by(report, changed, edit)
    if isinstance(edit, RestoreArticle) and (found := dropping(report, edit.number, sources.earlier)):
        return Revised(changed, changes, removed, absent(changed, edit, found.then), found.then.versions[-1].version)
    return Revised(changed, changes, removed)


def _applied(report: Report, edit: Edit, sources: Sources, finder: EvidenceFinder | None) -> Report:
    done: dict[type, Callable[..., Report]] = {
        Rewrite: _rewrite,
        WriteText: _write_text,
        Arrange: _arrange,
        TakeSentence: _take_sentence,
        DropArticle: drop,
        RestoreArticle: restore,
        MoveArticle: move,
        AddArticle: add,
        RenameEntity: rename,
    }
    return done[type(edit)](report, edit, sources, finder)


def _rewrite(report: Report, edit: Rewrite, sources: Sources, finder: EvidenceFinder | None) -> Report:
    section = resolve(report, edit.section)
    old = sentences_of(report, section)
    if old is None:
        raise RefusedEdit("no_sentences", section=section)
    for sentence in edit.sentences:
        if sentence in old:
            continue
        if fault := sentence_fault(f"{section}", sentence.text):
            raise RefusedEdit("unfit", fault=fault, text=sentence.text)
        demand(sentence.text, sentence.language, sentence.articles, report, sources, finder)
    return with_sentences(report, section, edit.sentences)


def _write_text(report: Report, edit: WriteText, sources: Sources, finder: EvidenceFinder | None) -> Report:
    section = resolve(report, edit.section)
    old = text_of(report, section)
    if old is None:
        raise RefusedEdit("no_text", section=section)
    title = section.endswith("/title")
    if fault := title_fault(edit.text) if title else sentence_fault(section, edit.text):
        raise RefusedEdit("unfit", fault=fault, text=edit.text)
    language = edit.language or old[1]
    if section.startswith("articles/") and language != old[1]:
        raise RefusedEdit("other_language", own=old[1], language=language)
    for span in split(edit.text, language):
        demand(span.text, language, cited_by(report, section), report, sources, finder)
    return with_text(report, section, edit.text, language)


def _arrange(report: Report, edit: Arrange, sources: Sources, finder: EvidenceFinder | None) -> Report:
    section = resolve(report, edit.section)
    if section in _ENTRIES:
        return report.model_copy(update={section: _chosen(getattr(report, section), edit.order, section)})
    sentences = sentences_of(report, section)
    if sentences is not None:
        return with_sentences(report, section, _chosen(sentences, edit.order, section))
    text = text_of(report, section)
    if text is None or section.endswith("/title"):
        raise RefusedEdit("cannot_arrange", section=section)
    spans = _chosen(tuple(span.text for span in split(*text)), edit.order, section)
    return with_text(report, section, joined(spans, text[1]), text[1])


def _chosen(items: tuple[Any, ...], order: tuple[int, ...], section: str) -> tuple[Any, ...]:
    if len(set(order)) != len(order) or not all(1 <= i <= len(items) for i in order):
        raise RefusedEdit("no_order", section=section, count=len(items), order=", ".join(map(str, order)))
    return tuple(items[i - 1] for i in order)


def _take_sentence(report: Report, edit: TakeSentence, sources: Sources, finder: EvidenceFinder | None) -> Report:
    section = resolve(report, edit.section)
    source = sources.articles[article(report, edit.number).id]
    spans = [s for s in split(source.text, source.language) if (s.start, s.end) == (edit.start, edit.end)]
    if not spans or not is_sentence(spans[0]):
        raise RefusedEdit("no_whole_sentence", number=edit.number, start=edit.start, end=edit.end)
    taken = spans[0].text
    sentences = sentences_of(report, section)
    if sentences is not None:
        _chosen(sentences, (edit.index,), section)
        new = ReportSentence(text=taken, articles=(edit.number,), kind="reported", language=source.language)
        return with_sentences(report, section, (*sentences[: edit.index - 1], new, *sentences[edit.index :]))
    text = text_of(report, section)
    if text is None or section.endswith("/title") or cited_by(report, section) != (edit.number,):
        raise RefusedEdit("cannot_stand", number=edit.number, section=section)
    if text[1] != source.language:
        raise RefusedEdit("languages_differ", section=section, own=text[1], other=source.language)
    old = tuple(span.text for span in split(*text))
    _chosen(old, (edit.index,), section)
    return with_text(report, section, joined((*old[: edit.index - 1], taken, *old[edit.index :]), text[1]))

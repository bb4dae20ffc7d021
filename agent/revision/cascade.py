"""Edits that reach through the report: an article goes, moves or is added; `restoring.py` brings one back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.editor import EvidenceFinder
from agent.language.sentences import split
from agent.report import (
    Continuity,
    ContinuityEntry,
    KeyFigure,
    Report,
    ReportArticle,
    ReportCategory,
    ReportSentence,
    ReportTopic,
    RoadmapEntry,
)
from agent.revision.edits import AddArticle, DropArticle, MoveArticle, RefusedEdit, Sources
from agent.revision.proof import missing, without
from agent.revision.sections import article, category, retold, with_article
from agent.roadmap import period_end

_FEWEST_KEY_FIGURES = 4
MOST_ROADMAP = 20


def drop(report: Report, edit: DropArticle, sources: Sources, finder: EvidenceFinder | None) -> Report:
    """Take an article out; sentences that only it bears out go, the others lose its number where the rest bear them."""
    gone = article(report, edit.number)
    if len(report.articles) == 1:
        raise RefusedEdit("only_article")

    def kept(sentences: Sequence[ReportSentence]) -> tuple[ReportSentence, ...]:
        left = (without(s, edit.number, report, sources, finder) for s in sentences)
        return tuple(s for s in left if s is not None)

    articles = tuple(a for a in report.articles if a.number != edit.number)
    categories = tuple(_smaller(c, edit.number, kept(c.sentences)) for c in report.categories)
    topics = (t.model_copy(update={"sentences": kept(t.sentences)}) for t in report.topics)
    cut = report.model_copy(
        update={
            "articles": articles,
            "categories": tuple(c for c in categories if c.articles),
            "trends": kept(report.trends),
            "outlook": kept(report.outlook),
            "roadmap": tuple(
                e for entry in report.roadmap if (e := _roadmap_entry(entry, edit.number, report, sources))
            ),
            "continuity": _continuity(report.continuity, edit.number),
            "key_figures": tuple(f for f in report.key_figures if edit.number not in f.articles),
        }
    )
    mended = tuple(_topic(t, gone, cut, sources, finder) for t in topics if t.sentences)
    return refilled(cut.model_copy(update={"topics": mended}), report)


def add(report: Report, edit: AddArticle, sources: Sources, finder: EvidenceFinder | None) -> Report:
    """Add an article. Raises RefusedEdit when its number or address is taken, or it lies outside the week."""
    new = edit.article
    if any(a.number == new.number for a in report.articles):
        raise RefusedEdit("number_taken", number=new.number)
    if same := next((a for a in report.articles if a.id == new.id), None):
        raise RefusedEdit("same_article", number=same.number, title=same.title)
    if new.id not in sources.articles:
        raise RefusedEdit("not_stored", url=new.url)
    ahead = [
        RoadmapEntry(
            date=e.date,
            precision=e.precision,
            what=e.what,
            language=new.text_language,
            display=e.display,
            articles=(new.number,),
            evidence=e.evidence,
        )
        for e in new.events
        if e.date > report.week.end
    ]
    return refilled(placed(report, new, ahead), report)


def move(report: Report, edit: MoveArticle, sources: Sources, finder: EvidenceFinder | None) -> Report:
    """Move an article; the sentences of its old category that cite it alone go along."""
    moved = article(report, edit.number)
    target = category(report, edit.category)
    if moved.category == target.name:
        raise RefusedEdit("already_in", number=edit.number, category=target.name)
    source = category(report, moved.category)
    along = tuple(s for s in source.sentences if s.articles == (edit.number,))
    left = _smaller(source, edit.number, tuple(s for s in source.sentences if s not in along))
    members = tuple(sorted((*target.articles, edit.number)))
    grown = target.model_copy(
        update={"articles": members, "count": len(members), "sentences": (*target.sentences, *along)}
    )
    named = {source.name: left, target.name: grown}
    categories = tuple(named.get(c.name, c) for c in report.categories)
    changed = with_article(report, edit.number, moved.model_copy(update={"category": target.name}))
    changed = changed.model_copy(update={"categories": tuple(c for c in categories if c.articles)})
    return refilled(changed, report)


def placed(report: Report, new: ReportArticle, entries: Sequence[RoadmapEntry] = ()) -> Report:
    """Return the report with an article in its category, which is made anew, without sentences, when it is gone."""
    articles = tuple(sorted((*report.articles, new), key=lambda a: a.number))
    if any(c.name == new.category for c in report.categories):
        categories = tuple(_larger(c, new.number) if c.name == new.category else c for c in report.categories)
    else:
        lone = ReportCategory(name=new.category, count=1, articles=(new.number,), sentences=())
        categories = (*report.categories, lone)
    roadmap = report.roadmap
    if entries:
        ordered = sorted((*roadmap, *entries), key=lambda e: (e.date, period_end(e.date, e.precision), e.articles))
        roadmap = tuple(ordered[:MOST_ROADMAP])
    return report.model_copy(update={"articles": articles, "categories": categories, "roadmap": roadmap})


def _smaller(old: ReportCategory, number: int, sentences: tuple[ReportSentence, ...]) -> ReportCategory:
    members = tuple(n for n in old.articles if n != number)
    return old.model_copy(update={"articles": members, "count": len(members), "sentences": sentences})


def _larger(old: ReportCategory, number: int) -> ReportCategory:
    members = tuple(sorted((*old.articles, number)))
    return old.model_copy(update={"articles": members, "count": len(members)})


def _topic(
    topic: ReportTopic, gone: ReportArticle, report: Report, sources: Sources, finder: EvidenceFinder | None
) -> ReportTopic:
    """Return a topic under its first article's title when its own was the dropped one's or says more than is left."""
    if gone.number not in topic.articles:
        return topic
    told = retold(topic, topic.sentences)
    own = topic.title != gone.title
    if own and not missing(topic.title, topic.language, told.articles, report, sources, finder):
        return told
    first = article(report, told.articles[0])
    return told.model_copy(update={"title": first.title, "language": first.text_language})


def _roadmap_entry(entry: RoadmapEntry, number: int, report: Report, sources: Sources) -> RoadmapEntry | None:
    if number not in entry.articles:
        return entry
    rest = tuple(n for n in entry.articles if n != number)
    if not rest or entry.evidence not in sources.articles[article(report, rest[0]).id].text:
        return None
    return entry.model_copy(update={"articles": rest})


def _continuity(old: Continuity, number: int) -> Continuity:
    def kept(entries: Sequence[ContinuityEntry]) -> tuple[ContinuityEntry, ...]:
        cut = (e.model_copy(update={"articles": tuple(n for n in e.articles if n != number)}) for e in entries)
        return tuple(e for e in cut if e.articles)

    return old.model_copy(update={"new": kept(old.new), "continuing": kept(old.continuing)})


def refilled(report: Report, before: Report) -> Report:
    """Return the report with something in the parts that an edit has emptied, from what is printed already."""
    used = {s.text for s in _synthesis(report)}
    categories = []
    had = {c.name for c in before.categories if c.sentences}
    for one in report.categories:
        emptied = not one.sentences and (one.name in had or one.count == 1)
        lead = next(_leads([article(report, n) for n in one.articles], used), None) if emptied else None
        categories.append(one.model_copy(update={"sentences": (lead,)}) if lead else one)
    changed = report.model_copy(update={"categories": tuple(categories)})
    if before.trends and not report.trends:
        used |= {s.text for s in _synthesis(changed)}
        lead = next(_leads(changed.articles, used), None)
        changed = changed.model_copy(update={"trends": (lead,) if lead else ()})
    lost = len(before.key_figures) - len(report.key_figures)
    short = min(lost, _FEWEST_KEY_FIGURES - len(report.key_figures))
    if short > 0:
        more = [figure for _, figure in zip(range(short), _unused_figures(changed), strict=False)]
        changed = changed.model_copy(update={"key_figures": (*changed.key_figures, *more)})
    return changed


def _synthesis(report: Report) -> Iterator[ReportSentence]:
    yield from (*report.trends, *report.outlook)
    for sentences in (*(t.sentences for t in report.topics), *(c.sentences for c in report.categories)):
        yield from sentences


def _leads(articles: Sequence[ReportArticle], used: set[str]) -> Iterator[ReportSentence]:
    for one in articles:
        for span in split(one.summary, one.text_language):
            if span.text not in used:
                yield ReportSentence(
                    text=span.text, articles=(one.number,), kind="reported", language=one.text_language
                )


def _unused_figures(report: Report) -> Iterator[KeyFigure]:
    """Yield figures that are no key figures yet, those of articles without one first."""
    taken = {number for figure in report.key_figures for number in figure.articles}
    shown = {(figure.articles[0], figure.display) for figure in report.key_figures}
    figures = [(article, figure) for article in report.articles for figure in article.figures]
    figures.sort(key=lambda pair: (pair[0].number in taken, pair[0].text_language != report.language))
    for one, figure in figures:
        if (one.number, figure.display) not in shown:
            yield KeyFigure(**figure.model_dump(), language=one.text_language, articles=(one.number,))

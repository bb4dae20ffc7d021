"""Bringing a dropped article back, with what its drop took along.

Three forms of every part are compared: `then`, the newest version that holds the article, `cut`, the version that its
drop made, and `now`. What the drop took is put back in its place; what a person changed since stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from agent.editor import EvidenceFinder
from agent.report import ContinuityEntry, KeyFigure, Report, ReportCategory, ReportSentence, ReportTopic, RoadmapEntry
from agent.revision.cascade import MOST_ROADMAP, placed, refilled
from agent.revision.edits import RefusedEdit, Removed, RestoreArticle, Sources
from agent.revision.proof import without
from agent.revision.sections import article, retold

Cited = TypeVar("Cited", ReportSentence, KeyFigure, RoadmapEntry, ContinuityEntry)
Fit = Callable[[Any], Any]


@dataclass(frozen=True)
class Dropping:
    """The newest version that holds an article, and the one that came of it without."""

    then: Report
    cut: Report


def dropping(report: Report, number: int, earlier: Sequence[Report]) -> Dropping | None:
    """Find where an article was dropped among the versions that a report came from; None when none holds it."""
    newer = report
    for one in earlier:
        if any(a.number == number for a in one.articles):
            return Dropping(one, newer)
        newer = one
    return None


def restore(report: Report, edit: RestoreArticle, sources: Sources, finder: EvidenceFinder | None) -> Report:
    """Put a dropped article back, with the sentences, citations, figures and dates that its drop took.

    Raises RefusedEdit when the report holds it or no version that it came from does.
    """
    if any(a.number == edit.number for a in report.articles):
        raise RefusedEdit("article_there", number=edit.number)
    found = dropping(report, edit.number, sources.earlier)
    if found is None:
        raise RefusedEdit("never_there", number=edit.number)
    grown = placed(report, article(found.then, edit.number))
    held = {a.number for a in grown.articles}

    def fit(item: Any) -> Any:
        return _fitting(item, held, grown, sources, finder)

    return refilled(_Back(edit.number, found, fit).into(grown, report), report)


def absent(after: Report, edit: RestoreArticle, then: Report) -> tuple[Removed, ...]:
    """List what an article had in version `then` and does not have again."""
    found: list[Removed] = []
    for section, old, new in _lists(then, after):
        kept = {_key(item): item.articles for item in new}
        for item in (item for item in old if edit.number in item.articles):
            if _key(item) not in kept:
                what: Any = "sentence" if isinstance(item, ReportSentence) else "entry"
                found.append(Removed(what=what, section=section, name=_named(item)))
            elif edit.number not in kept[_key(item)]:
                found.append(Removed(what="citation", section=section, name=f"#{edit.number} {_named(item)}"))
    return tuple(found)


def counterpart(topic: ReportTopic, topics: Sequence[ReportTopic]) -> int | None:
    """Return the place (from 0) of the topic that shares a sentence with another version's, None when none does."""
    texts = {s.text for s in topic.sentences}
    return next((i for i, t in enumerate(topics) if texts & {s.text for s in t.sentences}), None)


def lost_topics(number: int, found: Dropping, topics: Sequence[ReportTopic]) -> Iterator[tuple[int, ReportTopic]]:
    """Yield the topics that the drop took whole, each with the place (from 0) among `topics` where it stood."""
    place = 0
    for topic in found.then.topics:
        at = counterpart(topic, topics)
        if at is not None:
            place = at + 1
        elif number in topic.articles and counterpart(topic, found.cut.topics) is None:
            yield place, topic


@dataclass(frozen=True)
class _Back:
    """Puts back what the drop of one article took."""

    number: int
    found: Dropping
    fit: Fit

    def into(self, grown: Report, report: Report) -> Report:
        """Return the report, the article in it already, with the rest of what went; `report` is the one before."""
        then, cut = self.found.then, self.found.cut
        continuity = {
            part: self._merged(
                getattr(grown.continuity, part), getattr(cut.continuity, part), getattr(then.continuity, part)
            )
            for part in ("new", "continuing")
        }
        roadmap = self._merged(grown.roadmap, cut.roadmap, then.roadmap)
        return grown.model_copy(
            update={
                "trends": self._merged(grown.trends, cut.trends, then.trends),
                "outlook": self._merged(grown.outlook, cut.outlook, then.outlook),
                "key_figures": self._merged(grown.key_figures, cut.key_figures, then.key_figures),
                "roadmap": roadmap if len(roadmap) <= MOST_ROADMAP else grown.roadmap,
                "categories": self._categories(grown, report),
                "topics": self._topics(grown),
                "continuity": grown.continuity.model_copy(update=continuity),
            }
        )

    def _merged(self, now: tuple[Cited, ...], cut: tuple[Cited, ...], then: tuple[Cited, ...]) -> tuple[Cited, ...]:
        """Return a list with what the drop took of it back in its place, and without what was filled in for it."""
        rows = list(now)
        survived = {_key(item) for item in cut}
        came = False
        for place, old in enumerate(then):
            if self.number not in old.articles or (item := self.fit(old)) is None:
                continue
            at = next((i for i, row in enumerate(rows) if _key(row) == _key(item)), None)
            if at is not None:
                cites = item.articles if set(rows[at].articles) < set(item.articles) else rows[at].articles
                rows[at] = rows[at].model_copy(update={"articles": cites})
            elif _key(item) not in survived:
                rows.insert(_place(rows, then, place), item)
                came = True
        filled = survived - {_key(item) for item in then}
        return tuple(row for row in rows if not came or _key(row) not in filled)

    def _categories(self, grown: Report, report: Report) -> tuple[ReportCategory, ...]:
        then = {c.name: c for c in self.found.then.categories}
        cut = {c.name: c.sentences for c in self.found.cut.categories}
        merged = []
        for one in grown.categories:
            old = then[one.name].sentences if one.name in then else ()
            sentences = self._merged(one.sentences, cut.get(one.name, ()), old)
            merged.append(one.model_copy(update={"sentences": sentences}))
        made = {c.name for c in grown.categories} - {c.name for c in report.categories}
        order = list(then)
        for name in made & then.keys():
            new = next(c for c in merged if c.name == name)
            merged.remove(new)
            before = set(order[: order.index(name)])
            merged.insert(max((i + 1 for i, c in enumerate(merged) if c.name in before), default=0), new)
        return tuple(merged)

    def _topics(self, grown: Report) -> tuple[ReportTopic, ...]:
        topics = list(grown.topics)
        for topic in self.found.then.topics:
            at = counterpart(topic, topics)
            left = counterpart(topic, self.found.cut.topics)
            if self.number in topic.articles and at is not None and left is not None:
                topics[at] = self._topic(topics[at], self.found.cut.topics[left], topic)
        lost = list(lost_topics(self.number, self.found, topics))
        for place, topic in reversed(lost):
            sentences = tuple(s for old in topic.sentences if (s := self.fit(old)) is not None)
            if sentences:
                topics.insert(place, topic if sentences == topic.sentences else retold(topic, sentences))
        return tuple(topics)

    def _topic(self, now: ReportTopic, cut: ReportTopic, then: ReportTopic) -> ReportTopic:
        sentences = self._merged(now.sentences, cut.sentences, then.sentences)
        if now == cut and sentences == then.sentences:
            return then
        told = retold(now, sentences)
        same = (now.title, now.language) == (cut.title, cut.language) and set(told.articles) >= set(then.articles)
        return told.model_copy(update={"title": then.title, "language": then.language}) if same else told


def _place(rows: Sequence[Any], then: Sequence[Any], place: int) -> int:
    """Return where an item stands: behind the nearest one before it that is still there."""
    at = {_key(row): i for i, row in enumerate(rows)}
    return next((at[_key(item)] + 1 for item in reversed(then[:place]) if _key(item) in at), 0)


def _fitting(item: Any, held: set[int], report: Report, sources: Sources, finder: EvidenceFinder | None) -> Any:
    """Return an item without the articles that the report lacks now, None when the rest do not bear it out."""
    gone = [n for n in item.articles if n not in held]
    if not gone:
        return item
    if not isinstance(item, ReportSentence):
        rest = tuple(n for n in item.articles if n in held)
        return item.model_copy(update={"articles": rest}) if rest and rest[0] == item.articles[0] else None
    rest = tuple(n for n in item.articles if n in held)
    if not rest:
        return None
    # One number that is gone stands for all: the others are looked at without any of them.
    return without(item.model_copy(update={"articles": (*rest, gone[0])}), gone[0], report, sources, finder)


def _key(item: Any) -> tuple[object, ...]:
    if isinstance(item, ReportSentence):
        return (item.text,)
    if isinstance(item, KeyFigure):
        return item.articles[0], item.start, item.display
    if isinstance(item, RoadmapEntry):
        return item.date, item.what, item.evidence
    return (item.title,)


def _named(item: Any) -> str:
    if isinstance(item, ReportSentence):
        return item.text
    if isinstance(item, KeyFigure):
        return f"{item.display} {item.label}"
    return f"{item.display} {item.what}" if isinstance(item, RoadmapEntry) else str(item.title)


def _lists(then: Report, after: Report) -> Iterator[tuple[str, Sequence[Any], Sequence[Any]]]:
    for part in ("trends", "outlook", "key_figures", "roadmap"):
        yield part, getattr(then, part), getattr(after, part)
    now = {c.name: c.sentences for c in after.categories}
    for category in then.categories:
        yield f"categories/{category.name}", category.sentences, now.get(category.name, ())
    told = [s for t in after.topics for s in t.sentences]
    for i, topic in enumerate(then.topics, 1):
        yield f"topics/{i}", topic.sentences, told
    for part in ("new", "continuing"):
        yield "continuity", getattr(then.continuity, part), getattr(after.continuity, part)

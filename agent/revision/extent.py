"""How far an edit reaches, what it changed, and what was lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from agent.report import Report
from agent.revision.edits import (
    AddArticle,
    Arrange,
    Change,
    DropArticle,
    Edit,
    MoveArticle,
    Removed,
    RenameEntity,
    Rewrite,
    TakeSentence,
    WriteText,
)
from agent.revision.proof import losses, rows_of
from agent.revision.renaming import occurs
from agent.revision.restoring import counterpart, dropping, lost_topics
from agent.revision.sections import (
    article,
    bodies,
    cited_by,
    readable,
    readable_ids,
    resolve,
    section_ids,
)


def touched(before: Report, after: Report) -> frozenset[str]:
    """Return the sections (`sections.bodies`) whose bytes differ; a topic goes by its place in `before`."""
    old, new = bodies(before), bodies(after)

    def is_topic(name: str) -> bool:
        return name.startswith("topics/")

    names = {name for name in old.keys() | new.keys() if not is_topic(name) and old.get(name) != new.get(name)}
    one, other = [[body for name, body in part.items() if is_topic(name)] for part in (old, new)]
    for tag, start, end, _, _ in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            names |= {f"topics/{i + 1}" for i in range(start, max(end, start + 1))}
    return frozenset(names)


def reach(report: Report, edit: Edit, earlier: Sequence[Report] = ()) -> frozenset[str]:
    """Return the sections that an edit may change, found from the edit, the report and the versions it came from."""
    always = {"checks"}
    if isinstance(edit, Rewrite | WriteText | Arrange | TakeSentence):
        section = resolve(report, edit.section)
        return frozenset(always | {section.removesuffix("/title") if section.startswith("topics/") else section})
    if isinstance(edit, RenameEntity):
        printed = {name for name, body in bodies(report).items() if occurs(body.decode(), edit.old)}
        return frozenset(always | printed - {"head", "gaps", "versions", "categories"})
    number = edit.article.number if isinstance(edit, AddArticle) else edit.number
    own = {f"articles/{number}{field}" for field in ("", "/title", "/summary", "/background", "/main", "/impact")}
    if isinstance(edit, MoveArticle):
        old = article(report, number).category
        return frozenset(
            always | {f"articles/{number}", "categories", f"categories/{old}", f"categories/{edit.category}"}
        )
    if isinstance(edit, DropArticle):
        citing = {name for name in section_ids(report) if number in cited_by(report, name)}
        category = {f"categories/{article(report, number).category}", "categories"}
        return frozenset(always | own | citing | category | {"continuity"})
    if isinstance(edit, AddArticle):
        return frozenset(always | own | {"categories", "roadmap", "continuity", f"categories/{edit.article.category}"})
    return frozenset(always | own | _touched_by_the_drop(report, number, earlier))


def _touched_by_the_drop(report: Report, number: int, earlier: Sequence[Report]) -> set[str]:
    """Return the sections that rested on a dropped article; a topic goes by its place in `report`."""
    found = dropping(report, number, earlier)
    if found is None:
        return set()
    then = found.then
    citing = {name for name in section_ids(then) if number in cited_by(then, name) and not name.startswith("topics/")}
    places = {f"topics/{place + 1}" for place, _ in lost_topics(number, found, report.topics)}
    told = (counterpart(topic, report.topics) for topic in then.topics if number in topic.articles)
    places |= {f"topics/{place + 1}" for place in told if place is not None}
    return citing | places | {"categories", f"categories/{article(then, number).category}", "continuity"}


def changes_of(before: Report, after: Report) -> tuple[Change, ...]:
    """Return every changed part once, in the order of the report before and then after."""
    names = [*_readable_order(before), *(n for n in _readable_order(after) if n not in readable_ids(before))]
    found = []
    for name in names:
        old, new = readable(before, name), readable(after, name)
        if old != new:
            found.append(Change(section=name, before=old, after=new))
    return tuple(found)


def _readable_order(report: Report) -> list[str]:
    fields = [
        f"articles/{a.number}/{f}"
        for a in report.articles
        for f in ("title", "summary", "background", "main", "impact")
    ]
    return [*(n for n in section_ids(report) if not n.startswith("articles/")), "continuity", "categories", *fields]


def removed_by(before: Report, after: Report, edit: Edit) -> tuple[Removed, ...]:
    """List the articles, citations, figures, sentences and entries that the report no longer has."""
    found: list[Removed] = []
    left = {a.number for a in after.articles}
    for one in before.articles:
        if one.number not in left:
            found.append(Removed(what="article", section=f"articles/{one.number}", name=one.title))
    names = {c.name for c in after.categories}
    found += [
        Removed(what="category", section="categories", name=c.name) for c in before.categories if c.name not in names
    ]
    for name in _readable_order(before):
        gone_article = name.startswith("articles/") and int(name.split("/")[1]) not in left
        if gone_article or name in {"continuity", "categories"}:
            continue
        found += _lost(before, after, name, sentences=not isinstance(edit, (Rewrite, WriteText, RenameEntity)))
    return tuple(found)


def _lost(before: Report, after: Report, name: str, *, sentences: bool) -> list[Removed]:
    if name.startswith("topics/") and len(before.topics) != len(after.topics):
        return _lost_topic(before, after, name, sentences=sentences)
    if name not in readable_ids(after):
        return list(losses(name, rows_of(before, name), (), sentences=sentences))
    if readable(before, name) == readable(after, name):
        return []
    return list(losses(name, rows_of(before, name), rows_of(after, name), sentences=sentences))


def _lost_topic(before: Report, after: Report, name: str, *, sentences: bool) -> list[Removed]:
    """Compare a topic with what is left of it at another place, since the topics after one that is gone move up."""
    topic = before.topics[int(name.split("/")[1]) - 1]
    texts = {s.text for s in topic.sentences}
    left = [f"topics/{i}" for i, t in enumerate(after.topics, 1) if texts & {s.text for s in t.sentences}]
    rows = rows_of(after, left[0]) if left else []
    gone = [] if left else [Removed(what="topic", section=name, name=topic.title)]
    return [*gone, *losses(name, rows_of(before, name), rows, sentences=sentences)]

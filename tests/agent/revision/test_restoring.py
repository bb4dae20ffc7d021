"""A dropped article comes back with all that its drop took, whatever was changed in between."""

from __future__ import annotations

import pytest

from agent.language.sentences import split
from agent.report import Report, Version
from agent.revision.apply import apply
from agent.revision.edits import Arrange, DropArticle, Edit, Removed, RestoreArticle, Revised, Sources, TakeSentence
from agent.revision.sections import bodies, readable
from tests.agent.revision.issues import SmallIssue
from tests.builders import MOMENT

BANK = "Bavaria·Oslo"
ONLY_HERE = {"versions", "checks"}


def changed(before: Report, after: Report) -> set[str]:
    old, new = bodies(before), bodies(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)} - ONLY_HERE


def revise(issue: SmallIssue, *edits: Edit) -> tuple[list[Report], Revised]:
    """Make edits one after the other; return the versions, oldest first, and what the last edit came to."""
    versions = [issue.report]
    for number, edit in enumerate(edits, 2):
        earlier = tuple(reversed(versions[:-1]))
        revised = apply(versions[-1], edit, Sources(issue.articles, earlier))
        stamp = Version(version=number, at=MOMENT, section="", instruction="", author="")
        versions.append(revised.report.model_copy(update={"versions": (*versions[-1].versions, stamp)}))
    return versions, revised


@pytest.mark.parametrize("number", range(1, 7))
def test_at_once_everything_is_as_it_was(number: int, finished: SmallIssue) -> None:
    versions, revised = revise(finished, DropArticle(number=number), RestoreArticle(number=number))
    assert len(changed(versions[0], versions[1])) > 6
    assert changed(versions[0], versions[2]) == set()
    assert revised.absent == ()


@pytest.mark.parametrize("first", [1, 4])
def test_two_come_back_in_either_order(first: int, finished: SmallIssue) -> None:
    second = 5 - first
    versions, revised = revise(
        finished,
        DropArticle(number=1),
        DropArticle(number=4),
        RestoreArticle(number=first),
        RestoreArticle(number=second),
    )
    assert {a.number for a in versions[-1].articles} == {1, 2, 3, 4, 5, 6}
    for section in ("trends", "outlook", "topics/1", f"categories/{BANK}"):
        assert set(readable(versions[-1], section).split("\n")) == set(readable(versions[0], section).split("\n"))
    assert revised.absent == ()


def test_what_a_person_changed_since_stays(finished: SmallIssue) -> None:
    outlook, source = finished.report.outlook, finished.articles[finished.report.articles[5].id]
    span = next(s for s in split(source.text, source.language) if s.text not in finished.report.model_dump_json())
    kept = [s.text for s in outlook if s.articles != (4,)]
    versions, revised = revise(
        finished,
        DropArticle(number=4),
        Arrange(section="outlook", order=(2, 1)),
        TakeSentence(section="trends", index=1, number=6, start=span.start, end=span.end),
        RestoreArticle(number=4),
    )
    dropped, changed_since, after = versions[1], versions[3], versions[4]
    mine = [s.text for s in changed_since.outlook]
    assert [s.text for s in after.outlook if s.text in mine] == mine
    assert {s.text for s in after.outlook} == {*mine, *(s.text for s in outlook if s.articles == (4,))}
    assert len(kept) >= len(mine)
    assert changed_since.trends[0].text in [s.text for s in after.trends]
    assert [s.text for s in dropped.trends if s.text in {t.text for t in after.trends}] == [
        s.text for s in dropped.trends[1:]
    ]
    assert revised.absent == ()


def test_what_does_not_come_back_is_named_with_the_version_that_has_it(finished: SmallIssue) -> None:
    """A sentence of two articles, of which the other has gone for good, is named."""
    report = finished.report
    one, two = report.articles[3], report.articles[4]
    both = report.trends[0].model_copy(update={"text": f"{one.title}, {two.title}.", "articles": (4, 5)})
    issue = finished
    before = report.model_copy(update={"trends": (*report.trends, both)})
    cut = apply(before, DropArticle(number=4), Sources(issue.articles)).report
    cut_again = apply(cut, DropArticle(number=5), Sources(issue.articles, (before,))).report
    revised = apply(cut_again, RestoreArticle(number=4), Sources(issue.articles, (cut, before)))
    assert both.text not in [s.text for s in revised.report.trends]
    assert Removed(what="sentence", section="trends", name=both.text) in revised.absent
    assert revised.whole == 1
    assert {r.what for r in revised.absent} == {"sentence"}


def test_a_category_and_a_topic_that_went_stand_where_they_stood(finished: SmallIssue) -> None:
    versions, _ = revise(finished, DropArticle(number=6), RestoreArticle(number=6))
    assert [c.name for c in versions[1].categories] != [c.name for c in versions[0].categories]
    assert [c.name for c in versions[2].categories] == [c.name for c in versions[0].categories]
    assert [t.title for t in versions[2].topics] == [t.title for t in versions[0].topics]

"""Edits of a small real issue: what changes, what is named as lost, what is refused and why."""

from __future__ import annotations

import pytest

from agent.report import Report, ReportSentence
from agent.revision.apply import apply
from agent.revision.edits import (
    AddArticle,
    Arrange,
    DropArticle,
    Edit,
    MoveArticle,
    Passage,
    RefusedEdit,
    RenameEntity,
    RestoreArticle,
    Rewrite,
    Sources,
    TakeSentence,
    WriteText,
)
from agent.revision.sections import bodies, readable
from tests.agent.revision.issues import SmallIssue

CHIPS, BANK, LOGISTICS = "billion·Hanseong", "Bavaria·Oslo", "Robots·Taoyuan"


def said(text: str, *articles: int) -> ReportSentence:
    return ReportSentence(text=text, articles=articles, kind="reported", language="en")


def changed(before: Report, after: Report) -> set[str]:
    old, new = bodies(before), bodies(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)} - {"checks"}


SECTION_EDITS: dict[str, tuple[Edit, set[str], str]] = {
    "fewer sentences": (
        Arrange(section="outlook", order=(4, 2)),
        {"outlook"},
        "Governor Kenji Mori expects first results in February 2027. [#3]\nA larger sibling will follow",
    ),
    "another sentence of a source": (
        TakeSentence(section="outlook", index=1, number=6, start=138, end=197),
        {"outlook"},
        "Taiyuan aims to equip five more halls by December 2026. [#6]",
    ),
    "new words of a topic": (
        Rewrite(section="topics/1", sentences=(said("The bank must pay back 41 million kroner.", 4),)),
        {"topics/1"},
        "Oslo court rules on trading agents\nThe bank must pay back 41 million kroner. [#4]",
    ),
    "new words of an article": (
        WriteText(section="articles/6/summary", text="Some 90 robots handle 12,000 parcels a night."),
        {"articles/6/summary"},
        "Some 90 robots handle 12,000 parcels a night.",
    ),
    "a topic's title": (
        WriteText(section="topics/1/title", text="Who pays for an agent"),
        {"topics/1"},
        "Who pays for an agent",
    ),
    "key figures in another order": (
        Arrange(section="key_figures", order=(4, 3, 2, 1)),
        {"key_figures"},
        "41 million Lumen Bank must pay back 41 million kroner to customers. [#4]",
    ),
    "a category by its place": (
        Arrange(section="categories/2", order=(2,)),
        {f"categories/{BANK}"},
        "#4 #5\nFarmers oppose the new line, Mayor Anna Huber told reporters. [#5]",
    ),
}


@pytest.mark.parametrize("name", SECTION_EDITS)
def test_only_the_section_changes(name: str, finished: SmallIssue) -> None:
    edit, sections, text = SECTION_EDITS[name]
    if isinstance(edit, TakeSentence):
        source = finished.articles[finished.report.articles[edit.number - 1].id].text
        start = source.index("Taiyuan aims")
        edit = edit.model_copy(update={"start": start, "end": source.index(".", start) + 1})
    revised = apply(finished.report, edit, finished.sources)
    assert changed(finished.report, revised.report) == sections
    shown = edit.section if not edit.section.startswith("categories/") else f"categories/{BANK}"  # type: ignore[union-attr]
    assert readable(revised.report, shown).startswith(text)


REFUSED: dict[str, tuple[Edit, str]] = {
    "a figure that no source states": (
        Rewrite(section="outlook", sentences=(said("The plant will cost $9 billion.", 2),)),
        "#2 does not say $9 billion",
    ),
    "a figure of another article": (
        Rewrite(section="outlook", sentences=(said("The plant employs 640 people.", 2),)),
        "#2 does not say 640 people",
    ),
    "a date that no source states": (
        WriteText(section="articles/2/summary", text="Full output is planned for November 2026."),
        "#2 does not say November 2026",
    ),
    "an unknown article": (
        Rewrite(section="outlook", sentences=(said("All is well.", 99),)),
        "the report has no article #99",
    ),
    "half a sentence": (
        WriteText(section="articles/2/summary", text="The site cost"),
        "must end with a whole sentence",
    ),
    "an unknown section": (Arrange(section="weather", order=(1,)), "the report has no section 'weather'"),
    "a sentence that is not there": (Arrange(section="outlook", order=(9,)), "outlook has 4 sentences"),
    "no sentence of the source": (
        TakeSentence(section="outlook", index=1, number=6, start=1, end=9),
        "#6 has no whole sentence",
    ),
    "too few key figures": (Arrange(section="key_figures", order=(1, 2)), "wants at least four"),
    "nothing": (Arrange(section="outlook", order=(1, 2, 3, 4)), "nothing would change"),
    "drop what is not there": (DropArticle(number=12), "the report has no article #12"),
    "restore what is there": (RestoreArticle(number=2), "#2 is in the report"),
    "restore what never was": (RestoreArticle(number=40), "no version of the report has an article #40"),
    "move to where it is": (MoveArticle(number=4, category=BANK), f"#4 is in {BANK}"),
    "an unknown category": (MoveArticle(number=4, category="Sport"), "the report has no category 'Sport'"),
    "names that are not one": (
        RenameEntity(old="Lumen Bank", new="Isarnetz"),
        "no source says that Lumen Bank and Isarnetz are the same",
    ),
    "a name that is not printed": (RenameEntity(old="Fujitsu", new="FUJITSU"), "Fujitsu is not in the report"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_reason(name: str, finished: SmallIssue) -> None:
    edit, reason = REFUSED[name]
    with pytest.raises(RefusedEdit) as caught:
        apply(finished.report, edit, finished.sources)
    assert reason in caught.value.reason


def test_a_refusal_shows_what_the_source_does_say(finished: SmallIssue) -> None:
    edit = Rewrite(section="outlook", sentences=(said("The plant will cost $9 billion.", 2),))
    with pytest.raises(RefusedEdit) as caught:
        apply(finished.report, edit, finished.sources)
    text = finished.articles[finished.report.articles[1].id].text
    assert caught.value.passages == (Passage(number=2, text=text[:300]),)
    assert "$2.5 billion" in text[:300]


def test_a_dropped_article_leaves_a_gap_and_takes_along_what_it_alone_bears_out(
    finished: SmallIssue,
) -> None:
    revised = apply(finished.report, DropArticle(number=4), finished.sources)
    after = revised.report
    assert [a.number for a in after.articles] == [1, 2, 3, 5, 6]
    assert [(c.name, c.count, c.articles) for c in after.categories] == [
        (CHIPS, 3, (1, 2, 3)), (BANK, 1, (5,)), (LOGISTICS, 1, (6,)),
    ]  # fmt: skip
    assert '"articles":[4]' not in after.model_dump_json().replace(" ", "")
    # The topic had the dropped article's title, and a fourth key figure is found among the others'.
    assert (after.topics[0].title, after.topics[0].articles) == ("Hanseong publishes an open language model", (1, 5))
    assert [f.articles for f in after.key_figures] == [(2,), (1,), (5,), (1,)]
    assert after.checks.failed == finished.report.checks.failed
    assert {(r.what, r.section) for r in revised.removed} == {
        ("article", "articles/4"),
        ("citation", "trends"), ("sentence", "trends"),
        ("citation", "topics/1"), ("sentence", "topics/1"), ("figure", "topics/1"),
        ("citation", "key_figures"), ("entry", "key_figures"), ("figure", "key_figures"),
        ("citation", f"categories/{BANK}"), ("sentence", f"categories/{BANK}"), ("figure", f"categories/{BANK}"),
        ("citation", "roadmap"), ("entry", "roadmap"),
        ("citation", "outlook"), ("sentence", "outlook"),
    }  # fmt: skip


def test_a_shared_sentence_loses_the_number_only_where_the_others_bear_it_out(finished: SmallIssue) -> None:
    both = said("A bank answers for what its AI agent buys.", 4, 5)
    alone = said("The gas turbine comes by March 2027, the repayment is 41 million kroner.", 4, 5)
    report = finished.report.model_copy(update={"trends": (both, alone, said("Parents asked for rules.", 3))})
    after = apply(report, DropArticle(number=4), finished.sources).report
    assert after.trends == (both.model_copy(update={"articles": (5,)}), said("Parents asked for rules.", 3))


def test_a_category_goes_with_its_last_article(finished: SmallIssue) -> None:
    revised = apply(finished.report, DropArticle(number=6), finished.sources)
    assert [c.name for c in revised.report.categories] == [CHIPS, BANK]
    assert ("category", LOGISTICS) in {(r.what, r.name) for r in revised.removed}


def test_a_drop_that_would_empty_a_required_part_is_refused(finished: SmallIssue) -> None:
    report = finished.report.model_copy(update={"outlook": finished.report.outlook[:1]})
    with pytest.raises(RefusedEdit, match="outlook is empty"):
        apply(report, DropArticle(number=4), finished.sources)


def test_a_moved_article_takes_its_sentences_along(finished: SmallIssue) -> None:
    after = apply(finished.report, MoveArticle(number=5, category=LOGISTICS), finished.sources).report
    assert [(c.name, c.count, c.articles, [s.articles for s in c.sentences]) for c in after.categories] == [
        (CHIPS, 3, (1, 2, 3), [(1,), (2,), (3,)]), (BANK, 1, (4,), [(4,)]), (LOGISTICS, 2, (5, 6), [(6,), (5,)]),
    ]  # fmt: skip
    assert changed(finished.report, after) == {"articles/5", f"categories/{BANK}", f"categories/{LOGISTICS}"}


def test_a_name_changes_wherever_it_is_printed_and_in_no_evidence(finished: SmallIssue) -> None:
    after = apply(finished.report, RenameEntity(old="Lumen Bank", new="Lumen bank"), finished.sources).report
    old, new = finished.report, after
    assert changed(old, new) == {"articles/4", "articles/4/summary", "topics/1", "key_figures", "roadmap", "outlook"}
    assert "Lumen Bank" not in readable(new, "outlook")
    assert [e.evidence for e in new.roadmap] == [e.evidence for e in old.roadmap]
    assert new.articles[3].original_title == old.articles[3].original_title


def test_names_are_one_when_a_digest_or_the_glossary_says_so(finished: SmallIssue) -> None:
    edit = RenameEntity(old="Isarnetz", new="Isar Grid")
    with pytest.raises(RefusedEdit, match="no source says"):
        apply(finished.report, edit, finished.sources)
    known = Sources(finished.articles, (), (("Isar Grid", "Isarnetz"),))
    assert "Isar Grid" in readable(apply(finished.report, edit, known).report, "trends")


def test_an_added_article_gets_its_place_and_its_number_is_its_own(finished: SmallIssue) -> None:
    before = finished.report
    dropped = apply(before, DropArticle(number=4), finished.sources).report
    new = before.articles[3].model_copy(update={"number": 7, "category": CHIPS})
    after = apply(dropped, AddArticle(article=new), Sources(finished.articles)).report
    assert [a.number for a in after.articles] == [1, 2, 3, 5, 6, 7]
    assert [c.articles for c in after.categories] == [(1, 2, 3, 7), (5,), (6,)]
    assert (7,) in [e.articles for e in after.roadmap]
    with pytest.raises(RefusedEdit, match="the report has this article already: #7"):
        apply(after, AddArticle(article=new.model_copy(update={"number": 8})), Sources(finished.articles))

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.errors import ModelRefused, NothingPublishable
from agent.model import Article, Entity, Plan, SourceCount
from agent.report import Report
from graph.state import WeeklyState, union
from graph.weekly import build_weekly_graph
from tests.graph.weekly_run import STORIES, Counting, WeeklyRun

TITLES = list(STORIES)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Any]:
    runs: list[WeeklyRun] = []

    def make(**options: Any) -> WeeklyRun:
        runs.append(WeeklyRun(tmp_path / str(len(runs)), **options))
        return runs[-1]

    yield make
    for run in runs:
        run.close()


def test_the_map() -> None:
    drawn = build_weekly_graph().compile().get_graph()
    assert set(drawn.nodes) >= {
        "__start__",
        "research",
        "index",
        "translate",
        "categorize",
        "edit",
        "publish",
        "__end__",
    }
    assert {(e.source, e.target, e.conditional) for e in drawn.edges} >= {
        ("__start__", "research", False),
        ("research", "index", True),
        ("research", "translate", True),
        ("research", "categorize", True),
        ("index", "categorize", False),
        ("translate", "categorize", False),
        ("categorize", "edit", False),
        ("edit", "publish", False),
        ("publish", "__end__", False),
    }
    ends = Counter(e.source for e in drawn.edges if e.target == "__end__")
    assert ends == {"publish": 1}


def test_no_node_repeats_itself_and_only_the_categorizer_waits_for_all() -> None:
    nodes = build_weekly_graph().nodes
    assert {
        name: (node.retry_policy, node.defer)
        for name, node in nodes.items()
        if name in {"research", "translate", "edit"}
    } == {name: (None, False) for name in ("research", "translate", "edit")}
    assert [name for name, node in nodes.items() if node.defer] == ["categorize"]


@pytest.mark.parametrize(
    ("old", "new", "joined"),
    [
        ([], [1], [1]),
        ([1, 2], [2, 3], [1, 2, 3]),
        ([{"a": 1}], [{"a": 1}, {"a": 2}], [{"a": 1}, {"a": 2}]),
        ([1], [], [1]),
    ],
)
def test_union(old: list[Any], new: list[Any], joined: list[Any]) -> None:
    assert union(old, new) == joined


async def test_a_whole_run(folder: Any) -> None:
    run = folder()
    updates = await run.go()
    assert Counter(node for node, _ in updates) == {
        "research": 1,
        "index": 1,
        "translate": 6,
        "categorize": 1,
        "edit": 1,
        "publish": 1,
    }
    # LangGraph drops misspelt keys without a word.
    keys = {key for _, update in updates for key in update}
    assert keys | {"run", "topic", "week"} == set(WeeklyState.__annotations__)
    assert all(json.loads(json.dumps(update)) == update for _, update in updates)

    report = run.folder.report()
    assert isinstance(report, Report)
    assert sorted(a.title for a in report.articles) == sorted(TITLES)
    assert [f for f in report.checks.failed if f.check != "required parts"] == []
    names = {p.name for p in run.folder.path.iterdir()}
    assert names == {"report.pdf", "report.html", "report.md", "report.json", "run.json", "versions"}
    page = json.loads((run.folder.path / "run.json").read_text())
    assert (page["run"], page["articles"], page["engine"], page["version"]) == ("run", 6, "extractive", 1)
    assert set(page["stages"]) == {"research", "index", "translate", "categorize", "edit", "publish"}
    assert all(seconds > 0 for seconds in page["stages"].values())

    filed = run.record.filed("ai", "2026-W15")
    assert [f.number for f in filed] == [1, 2, 3, 4, 5, 6]
    with run.store as store:
        assert store.count()[0] == 6
        first = store.near(report.articles[0].original_title, 1, {"category": report.articles[0].category})
    assert [h.article_id for h in first] == [report.articles[0].id]
    assert [r.finished for r in run.record.runs("ai", "2026-W15")] == []
    assert [s for s, _ in run.progress.steps] == ["research"] * 6 + ["translate"] * 6

    # A finished run that is invoked again adds nothing: every article once, no digest asked for.
    asked = list(run.engine.asked)
    await run.go("run")
    again = run.folder.report()
    assert isinstance(again, Report)
    assert [a.id for a in again.articles] == [a.id for a in report.articles]
    assert (run.engine.asked, run.gathered) == (asked, 1)


async def test_a_stopped_run_goes_on_where_it_was(folder: Any) -> None:
    run = folder(engine=Counting({TITLES[2]: ModelRefused("the key was revoked")}))
    with pytest.raises(ModelRefused, match="revoked"):
        await run.go()
    assert run.folder.report() is None
    plan = run.record.plan("run")
    finished = {run.record.article(e.article_id).title for e in plan.events if run.record.digest("run", e.article_id)}
    assert len(finished) >= 2
    run.engine.breaks.clear()
    run.engine.asked.clear()
    await run.go(again=True)
    report = run.folder.report()
    assert isinstance(report, Report)
    assert sorted(a.title for a in report.articles) == sorted(TITLES)
    assert (run.gathered, set(run.engine.asked)) == (1, set(TITLES) - finished)


async def test_one_broken_article_is_a_gap(folder: Any) -> None:
    run = folder(engine=Counting({TITLES[4]: RuntimeError("a bug")}))
    updates = await run.go()
    assert {key for _, update in updates for key in update} <= set(WeeklyState.__annotations__)
    report = run.folder.report()
    assert isinstance(report, Report)
    assert sorted(a.title for a in report.articles) == sorted(t for t in TITLES if t != TITLES[4])
    assert [g.detail for g in report.gaps if g.reason == "model_failed"] == ["RuntimeError('a bug')"]


@pytest.mark.parametrize(
    ("count", "broken", "says"),
    [
        (0, 0, "2026-W15: 0 of 0 articles came through, at least 5 are needed"),
        (4, 0, "2026-W15: 4 of 4 articles came through, at least 5 are needed"),
        (6, 2, "2026-W15: 4 of 6 articles came through, at least 5 are needed"),
    ],
)
async def test_too_few_articles_are_no_report(folder: Any, count: int, broken: int, says: str) -> None:
    run = folder(count=count, engine=Counting({title: RuntimeError("x") for title in TITLES[:broken]}))
    with pytest.raises(NothingPublishable) as caught:
        await run.go()
    assert str(caught.value).startswith(says)
    since = "" if count else ", none ever"
    asked = f"sources asked: feed https://news.example/ai.xml ({count} offered, {count} kept{since})"
    assert asked in str(caught.value)
    assert (run.folder.report(), run.folder.next_version()) == (None, 1)
    assert run.record.filed() == []


async def test_a_source_without_articles_is_told_with_the_last_week_that_it_had_some(folder: Any) -> None:
    run = folder(count=0)
    for week, kept in (("2026-W11", 3), ("2026-W13", 2), ("2026-W14", 0)):
        run.record.start_run(week, run.deps().topic.slug, week, "x")
        source = SourceCount(source="feed https://news.example/ai.xml", offered=9, kept=kept)
        run.record.put_plan(week, Plan(events=(), gaps=(), asked=(source,)))
    with pytest.raises(NothingPublishable, match=r"\(0 offered, 0 kept, the last in 2026-W13\)"):
        await run.go()


async def test_reports_of_one_event_that_differ_are_shown_with_both_articles(folder: Any) -> None:
    text = (
        "On Wednesday Northbridge opened its second AI chip plant in Kumamoto. The site cost $3.1 billion and employs "
        "1,700 people. Full output of AI chips in Kumamoto is planned for October 2026, Northbridge managers said."
    )
    run = folder(also={"Northbridge opens its AI chip plant": text})
    await run.go()
    report = run.folder.report()
    assert isinstance(report, Report)
    assert [f for f in report.checks.failed if f.check != "required parts"] == []
    shown = {(side.display, side.url) for a in report.articles for found in a.contradictions for side in found.sides}
    assert shown == {("$2.5 billion", "https://n0.example/1"), ("$3.1 billion", "https://n6.example/1")}


class Naming(Counting):
    """Writes as a model does, as far as names go: it lists the robot maker as each source spells it."""

    async def digest(self, article: Article, brief: Any) -> Any:
        """Digest the article."""
        written = await super().digest(article, brief)
        names = [name for name in ("Apptronik", "Apptironik") if name in article.text]
        entities = tuple(Entity(name=name, source_form=name) for name in names)
        return written.model_copy(update={"engine": "model", "entities": entities})


async def test_a_name_that_two_sources_spell_differently_is_printed_in_one_way(folder: Any) -> None:
    robots = "AI robots of the maker {} lift boxes in {}. {}"
    also = {
        "Robots lift boxes in Graz": robots.format(
            "Apptronik", "Graz", "The hall opened on Monday, and 40 work there."
        ),
        "A hall without people": robots.format("Apptironik", "Lyon", "Nobody else works there at night, a guard said."),
        "Who repairs the machines": robots.format("Apptronik", "Turin", "A school trains those who repair them."),
    }
    run = folder(engine=Naming(), also=also)
    await run.go()
    report = run.folder.report()
    assert isinstance(report, Report)
    assert [f for f in report.checks.failed if f.check != "required parts"] == []
    numbers = {a.number for a in report.articles if a.original_title in also}
    assert [(s.name, s.forms, set(s.articles)) for s in report.spellings] == [("Apptronik", ("Apptironik",), numbers)]
    printed = [f"{a.title} {a.summary} {a.detail}" for a in report.articles] + [s.text for s in report.trends]
    assert [text for text in printed if "Apptironik" in text] == []
    page = json.loads((run.folder.path / "run.json").read_text())
    assert page["spellings"] == [s.model_dump(mode="json") for s in report.spellings]


async def test_a_small_budget_asks_for_no_more_than_it_has(folder: Any) -> None:
    run = folder(count=4, budget=2)
    await run.go()
    report = run.folder.report()
    assert isinstance(report, Report)
    assert (len(report.articles), [g.reason for g in report.gaps if g.stage == "research"]) == (2, ["over_budget"] * 2)

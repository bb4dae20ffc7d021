from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.assemble import assemble
from agent.checks import check_report
from agent.model import Detail
from agent.report import Checks, FailedCheck, Report
from agent.storage.record import Record
from tests.builders import draft, issue_items

ITEMS = issue_items(5)
SOURCES = {i.article.id: i.article for i in ITEMS}
CHECKS = 15


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return assemble(draft(ITEMS), Record(tmp_path / "record.sqlite"))


def test_a_sound_report_passes_every_check(report: Report) -> None:
    assert check_report(report, SOURCES) == Checks(passed=CHECKS, failed=())


def first(part: str, **changes: object) -> Callable[[Report], Report]:
    """Return what changes the first value of a part of the report."""

    def change(report: Report) -> Report:
        values = getattr(report, part)
        return report.model_copy(update={part: (values[0].model_copy(update=changes), *values[1:])})

    return change


def sentence_of(part: str, **changes: object) -> Callable[[Report], Report]:
    """Return what changes the first sentence of the first topic or category."""

    def change(report: Report) -> Report:
        sentence = getattr(report, part)[0].sentences[0].model_copy(update=changes)
        return first(part, sentences=(sentence,))(report)

    return change


def figure_of_article(**changes: object) -> Callable[[Report], Report]:
    def change(report: Report) -> Report:
        figures = report.articles[0].figures
        return first("articles", figures=(figures[0].model_copy(update=changes), *figures[1:]))(report)

    return change


def event_of_article(**changes: object) -> Callable[[Report], Report]:
    def change(report: Report) -> Report:
        return first("articles", events=(report.articles[0].events[0].model_copy(update=changes),))(report)

    return change


def without(part: str, keep: int = 0) -> Callable[[Report], Report]:
    return lambda report: report.model_copy(update={part: getattr(report, part)[:keep]})


CUT = "The plant will make 1.4 mill"
DEFECTS: dict[str, tuple[Callable[[Report], Report], str, str, str]] = {
    "article in no category": (
        first("categories", articles=(1, 2), count=2),
        "partition",
        "categories",
        "do not hold every article exactly once",
    ),
    "article in two categories": (
        first("categories", articles=(1, 2, 3, 4), count=4),
        "partition",
        "categories",
        "do not hold every article",
    ),
    "wrong count": (first("categories", count=4), "partition", "Chips", "counts 4 articles and lists 3"),
    "article under another name": (first("articles", category="Power"), "partition", "#01", "category Power"),
    "missing article": (
        lambda r: r.model_copy(update={"articles": r.articles[1:]}),
        "partition",
        "categories",
        "do not hold",
    ),
    "one number for two articles": (
        lambda r: first("categories", articles=(1, 1, 2, 3), count=4)(
            r.model_copy(update={"articles": (r.articles[0], *r.articles)})
        ),
        "partition",
        "categories",
        "do not hold every article exactly once",
    ),
    "trend cites nobody": (first("trends", articles=(1, 9)), "citations", "trends", "cites [9]"),
    "outlook cites nobody": (first("outlook", articles=(0,)), "citations", "outlook", "cites [0]"),
    "topic sentence cites nobody": (sentence_of("topics", articles=(6,)), "citations", "topic: Plants", "cites [6]"),
    "topic cites nobody": (first("topics", articles=(7,)), "citations", "topic: Plants", "cites [7]"),
    "digest cites nobody": (sentence_of("categories", articles=(6,)), "citations", "category: Chips", "cites [6]"),
    "key figure cites nobody": (first("key_figures", articles=(8,)), "citations", "key figures", "unknown article"),
    "roadmap cites nobody": (first("roadmap", articles=(8,)), "citations", "roadmap", "unknown article: Full capacity"),
    "cut trend": (first("trends", text=CUT), "whole sentences", "trends", "middle of a sentence: …The plant will"),
    "cut digest": (sentence_of("categories", text=CUT), "whole sentences", "category: Chips", "middle of a sentence"),
    "cut summary": (first("articles", summary=CUT), "whole sentences", "#01", "middle of a sentence"),
    "cut detail": (
        first("articles", detail=Detail(background="", main=CUT, impact="")),
        "whole sentences",
        "#01",
        "middle of a sentence",
    ),
    "cut Japanese": (first("trends", text="工場は年140万個を生"), "whole sentences", "trends", "middle of a sentence"),
    "bare host": (
        first("articles", url="news.example/p/1"),
        "addresses",
        "#01",
        "has no whole address: news.example/p/1",
    ),
    "script as address": (first("articles", url="javascript:alert(1)"), "addresses", "#01", "has no whole address"),
    "day before": (
        first("articles", published_at=datetime(2026, 4, 5, 14, 59, tzinfo=UTC)),
        "window",
        "#01",
        "is dated 2026-04-05",
    ),
    "day after": (
        first("articles", published_at=datetime(2026, 4, 12, 15, 0, tzinfo=UTC)),
        "window",
        "#01",
        "is dated 2026-04-13",
    ),
    "other evidence": (
        figure_of_article(evidence="$2.6 billion"),
        "evidence",
        "#01",
        "not verbatim in the source: $2.6",
    ),
    "evidence moved": (event_of_article(start=0), "evidence", "#01", "not verbatim in the source: October 2026"),
    "key figure's evidence": (
        first("key_figures", evidence="$9"),
        "evidence",
        "key figures",
        "not verbatim in the source: $9",
    ),
    "key figure's place": (first("key_figures", start=1), "evidence", "key figures", "not verbatim"),
    "roadmap's evidence": (first("roadmap", evidence="May 2026"), "evidence", "roadmap", "not verbatim"),
    "no trends": (without("trends"), "required parts", "trends", "is empty"),
    "no topics": (without("topics"), "required parts", "topics", "is empty"),
    "no outlook": (without("outlook"), "required parts", "outlook", "is empty"),
    "three key figures": (
        without("key_figures", 3),
        "required parts",
        "key figures",
        "has 3 figures, wants at least four",
    ),
    "category without digest": (
        first("categories", sentences=()),
        "required parts",
        "category: Chips",
        "has no digest",
    ),
    "no summary": (first("articles", summary=" "), "required parts", "articles", "#01 has no summary"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found(report: Report, name: str) -> None:
    plant, check, where, says = DEFECTS[name]
    checks = check_report(plant(report), SOURCES)
    found = [f for f in checks.failed if f.check == check and f.where == where]
    assert any(says in f.what for f in found), checks.failed
    assert checks.passed == CHECKS - len({f.check for f in checks.failed})


def test_only_the_planted_defect_is_reported(report: Report) -> None:
    assert check_report(first("articles", url="x")(report), SOURCES).failed == (
        FailedCheck(check="addresses", where="#01", what="has no whole address: x"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "終わった。",
        "「終わった。」",
        "終わった（2026年）",
        "Done.",
        "Done!",
        '"Done."',
        "Done.”",
        "„Fertig.“",
        "« Fini. »",
        "끝났다.",
        "完成了。》",
        "Really?",
        "And so on…",
        "Done.\n",
    ],
)
def test_whole_sentences_of_every_language_pass(report: Report, text: str) -> None:
    assert check_report(first("trends", text=text)(report), SOURCES).failed == ()


@pytest.mark.parametrize(
    ("url", "good"), [("file:articles/1.html", True), ("http://a.example/", True), ("file:", False)]
)
def test_addresses(report: Report, url: str, good: bool) -> None:
    assert (check_report(first("articles", url=url)(report), SOURCES).failed == ()) is good


@pytest.mark.parametrize(
    "moment", [datetime(2026, 4, 5, 15, 0, tzinfo=UTC), datetime(2026, 4, 12, 14, 59, 59, tzinfo=UTC)]
)
def test_the_window_is_the_topic_s_own(report: Report, moment: datetime) -> None:
    assert check_report(first("articles", published_at=moment)(report), SOURCES).failed == ()


@pytest.mark.parametrize(
    ("summary", "failed"),
    [
        ("記事は「인공지능(AI) 반도체를 얹은 ‘서비스’를 내놨다」と伝えている。", ()),
        ("記事は「인공지능(AI)」の반도체를伝えている。", ("foreign script",)),
        ("記事は（原文は『인공지능「반도체」』である）と伝えている。", ()),
    ],
    ids=["a remark in a quotation", "outside of it", "a quotation in a remark"],
)
def test_another_script_stands_in_quotations_alone(report: Report, summary: str, failed: tuple[str, ...]) -> None:
    japanese = report.model_copy(update={"language": "ja"})
    changed = first("articles", summary=summary, text_language="ja")(japanese)
    found = {check.check for check in check_report(changed, SOURCES).failed}
    assert found & {"foreign script"} == set(failed)

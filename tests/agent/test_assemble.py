from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from agent.assemble import assemble, number_articles
from agent.model import CategoryDraft, Event, FigureRef, Gap, Plan, Synthesis, TopicDraft
from agent.report import (
    KeyFigure,
    OtherSource,
    Report,
    ReportCategory,
    ReportSentence,
    ReportTopic,
    ReportWeek,
    RoadmapEntry,
)
from agent.storage.record import Record
from tests.builders import MOMENT, TEXT, article, brief, draft, issue_items, statement

ITEMS = issue_items(5)
IDS = [i.article.id for i in ITEMS]
CATEGORIES = [
    CategoryDraft(name="Power", article_ids=(IDS[3], IDS[0])),
    CategoryDraft(name="Chips", article_ids=(IDS[4], IDS[1], IDS[2])),
]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "record.sqlite")


def test_numbers_follow_the_categories() -> None:
    assert number_articles(CATEGORIES) == {IDS[3]: 1, IDS[0]: 2, IDS[4]: 3, IDS[1]: 4, IDS[2]: 5}
    assert number_articles([]) == {}


def test_counts_and_numbers_agree_by_construction(record: Record) -> None:
    report = assemble(draft(ITEMS, categories=CATEGORIES), record)
    assert [(a.number, a.id, a.category) for a in report.articles] == [
        (1, IDS[3], "Power"),
        (2, IDS[0], "Power"),
        (3, IDS[4], "Chips"),
        (4, IDS[1], "Chips"),
        (5, IDS[2], "Chips"),
    ]
    sentence = ReportSentence(
        text="The plant will make 1.4 million AI chips a year.", articles=(2,), kind="reported", language="en"
    )
    assert report.categories == (
        ReportCategory(name="Power", count=2, articles=(1, 2), sentences=(sentence,)),
        ReportCategory(name="Chips", count=3, articles=(3, 4, 5), sentences=(sentence,)),
    )
    assert report.week == ReportWeek(
        iso="2026-W15", start=date(2026, 4, 6), end=date(2026, 4, 12), timezone="Asia/Tokyo"
    )


def test_citations_become_sorted_numbers_without_repeats(record: Record) -> None:
    cited = statement("Both plants opened.", IDS[4], IDS[3], IDS[4], kind="inference")
    other = statement("One did.", IDS[1])
    synthesis = Synthesis(topics=(TopicDraft(title="T", language="en", statements=(cited, other)),), outlook=(cited,))
    report = assemble(draft(ITEMS, categories=CATEGORIES, synthesis=synthesis), record)
    both = ReportSentence(text="Both plants opened.", articles=(1, 3), kind="inference", language="en")
    one = ReportSentence(text="One did.", articles=(4,), kind="reported", language="en")
    assert report.topics == (ReportTopic(title="T", language="en", articles=(1, 3, 4), sentences=(both, one)),)
    assert (report.outlook, report.trends, report.key_figures) == ((both,), (), ())


def test_figures_and_dates_are_the_digests_own(record: Record) -> None:
    refs = Synthesis(key_figures=(FigureRef(article_id=IDS[0], index=1),))
    report = assemble(draft(ITEMS, categories=CATEGORIES, synthesis=refs), record)
    (shown,) = report.key_figures
    start = TEXT.index("1.4 million AI chips")
    assert shown == KeyFigure(
        value=Decimal(1400000),
        unit="chips",
        bound="exact",
        label="output 1",
        language="en",
        holder="",
        display=shown.display,
        articles=(2,),
        evidence="1.4 million AI chips",
        start=start,
        end=start + 20,
    )
    assert shown.display == report.articles[1].figures[1].display
    assert [e.display for e in report.articles[0].events] == ["October 2026"]
    assert report.roadmap[0] == RoadmapEntry(
        date=date(2026, 10, 1),
        precision="month",
        what="Full capacity",
        language="en",
        display="October 2026",
        articles=(1,),
        evidence="October 2026",
    )


def test_other_reports_of_the_event_come_from_the_record(record: Record) -> None:
    other = article("https://andere.example/1", title="Werk eröffnet", language="de", country="DE", outlet="Andere")
    record.put_articles([other])
    events = [Event(id="e-0", article_id=IDS[0], other_ids=(other.id,)), *(Event(id=i, article_id=i) for i in IDS[1:])]
    report = assemble(draft(ITEMS, plan=Plan(events=tuple(events), gaps=(), asked=())), record)
    assert report.articles[0].event_id == "e-0"
    assert report.articles[0].other_sources == (
        OtherSource(
            url=other.url, title="Werk eröffnet", outlet="Andere", country="DE", country_name="Germany", language="de"
        ),
    )
    assert report.articles[1].other_sources == ()


def test_gaps_come_from_everyone_in_the_order_of_the_run(record: Record) -> None:
    gaps = [Gap(stage=stage, subject=stage, reason="paywall") for stage in ("research", "translate", "edit")]
    items = [i for i in issue_items(1)]
    bare = [type(i)(i.article, i.digest.model_copy(update={"events": ()})) for i in items]
    plan = Plan(events=(Event(id="e", article_id=IDS[0]),), gaps=(gaps[0],), asked=())
    report = assemble(draft(bare, plan=plan, gaps=[gaps[1]], synthesis=Synthesis(gaps=(gaps[2],))), record)
    assert report.gaps == (*gaps, Gap(stage="edit", subject="roadmap", reason="no_future_date"))


def test_names_and_displays_are_in_the_report_s_language(record: Record) -> None:
    report = assemble(draft(ITEMS, brief=brief(language="ja")), record)
    assert [a.country_name for a in report.articles[:2]] == ["米国", "日本"]
    assert report.roadmap[0].display == "2026年10月"
    assert report.articles[0].text_language == "en"


def test_a_report_survives_its_json(record: Record) -> None:
    report = assemble(draft(ITEMS), record)
    assert Report.model_validate_json(report.model_dump_json()) == report
    assert report.collected_at == MOMENT

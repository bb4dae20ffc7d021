from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.model import Candidate, Event, Extracted, Gap, Plan, SourceCount
from agent.observability.progress import Silent
from agent.researcher import ResearchTools, research
from agent.selection.dedupe import article_id
from agent.sources.gather import Gathered
from agent.storage.record import Record
from agent.storage.store import ArticleStore
from agent.topic import FeedSpec, Limits, Topic
from tests.builders import MOMENT, TEXT, WEEK, HashingEncoder, PagesByAddress, ReadingByAddress, article, extracted

FEED = "feed https://news.example/ai.xml"
BREAD = "The price of rye bread rises in Bavaria, bakers say. Flour is dearer and so is energy for the ovens. " * 4
LAW = "A court in Oslo ruled on the AI act. Judges said the AI act covers agents that act alone for a customer. " * 4


class Bench:
    """A researcher's tools over a folder, and the pages of the web that they see."""

    def __init__(self, folder: Path) -> None:
        self.pages: dict[str, Extracted] = {}
        self.unreachable: set[str] = set()
        self.record = Record(folder / "record.sqlite")
        self.store = ArticleStore(folder / "chroma", HashingEncoder())

    def page(self, url: str, **changes: object) -> Candidate:
        self.pages[url] = extracted(url, **changes)
        return Candidate(url=url, source=FEED)

    async def run(
        self,
        *candidates: Candidate,
        budget: int = 26,
        prefer: str = "en",
        topic: Mapping[str, object] | None = None,
        counts: Mapping[str, int] | None = None,
        gaps: tuple[Gap, ...] = (),
    ) -> Plan:
        self.fetcher = PagesByAddress({url: b"x" for url in self.pages if url not in self.unreachable})
        tools = ResearchTools(self.fetcher, ReadingByAddress(self.pages), self.record, self.store, Silent())
        about = Topic(
            **{"title": "AI", "sources": (FeedSpec(kind="feed", url="https://news.example/ai.xml"),), **(topic or {})}
        )
        gathered = Gathered(candidates, gaps, counts or {FEED: len(candidates)})
        return await research(about, WEEK, gathered, tools, prefer, budget)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.store.close()


def dropped(plan: Plan) -> dict[str, str]:
    return {gap.subject: gap.reason for gap in plan.gaps}


async def test_an_article_s_way_into_the_record(bench: Bench) -> None:
    plan = await bench.run(
        bench.page("https://news.example/p/1", author="A. Writer", image="https://news.example/1.png")
    )
    expected = article(
        "https://news.example/p/1",
        outlet="news.example",
        outlet_class="unknown",
        country="",
        author="A. Writer",
        image="https://news.example/1.png",
        fetched_at=datetime(2026, 4, 9, tzinfo=UTC),
    )
    assert bench.record.articles() == [expected]
    assert plan == Plan(
        events=(Event(id=f"e-{expected.id}", article_id=expected.id),),
        gaps=(),
        asked=(SourceCount(source=FEED, offered=1, kept=1),),
    )
    with bench.store as store:
        (hit,) = store.near(expected.title, 5, {"topic": "", "week": "2026-W15"})
    assert hit.article_id == expected.id


async def test_nothing_offered_is_an_empty_plan(bench: Bench) -> None:
    gap = Gap(stage="research", subject=FEED, reason="unreachable")
    assert await bench.run(counts={FEED: 0}, gaps=(gap,)) == Plan(
        events=(), gaps=(gap,), asked=(SourceCount(source=FEED, offered=0, kept=0, failed=1),)
    )


async def test_one_bad_page_ends_nothing(bench: Bench) -> None:
    good = bench.page("https://news.example/good")
    bench.unreachable = {"https://news.example/gone"}
    week_before, week_after = WEEK.start - timedelta(seconds=1), WEEK.end
    others = [
        bench.page("https://news.example/gone"),
        bench.page("https://news.example/stub", problem="paywall", text=""),
        bench.page("https://news.example/undated", published=None),
        bench.page("https://news.example/old", published=week_before),
        bench.page("https://news.example/new", published=week_after),
        bench.page("https://news.example/bread", title="Rye bread", text=BREAD),
        Candidate(url="http://bad.example:99999/", source=FEED),
    ]
    plan = await bench.run(*others, good)
    assert [e.article_id for e in plan.events] == [article_id(good.url)]
    assert dropped(plan) == {
        "https://news.example/gone": "http_error",
        "https://news.example/stub": "paywall",
        "https://news.example/undated": "no_date",
        "https://news.example/old": "outside_week",
        "https://news.example/new": "outside_week",
        "https://news.example/bread": "off_topic",
        "http://bad.example:99999/": "http_error",
    }
    assert plan.asked == (SourceCount(source=FEED, offered=8, kept=1, failed=2),)


@pytest.mark.parametrize("moment", [WEEK.start, WEEK.end - timedelta(microseconds=1)])
async def test_the_edges_of_the_week_are_in(bench: Bench, moment: datetime) -> None:
    assert len((await bench.run(bench.page("https://news.example/1", published=moment))).events) == 1


@pytest.mark.parametrize(
    ("page", "precision", "feed", "expected"),
    [
        (None, "time", MOMENT, (MOMENT, "time")),
        (MOMENT, "time", MOMENT + timedelta(hours=5), (MOMENT, "time")),
        (MOMENT, "day", MOMENT + timedelta(hours=5), (MOMENT + timedelta(hours=5), "time")),
        (MOMENT, "day", MOMENT + timedelta(days=2), (MOMENT, "day")),
        (MOMENT, "day", None, (MOMENT, "day")),
    ],
)
async def test_which_date_counts(
    bench: Bench, page: datetime | None, precision: str, feed: datetime | None, expected: tuple[datetime, str]
) -> None:
    candidate = bench.page("https://news.example/1", published=page, published_precision=precision)
    await bench.run(candidate.model_copy(update={"published": feed}))
    (stored,) = bench.record.articles()
    assert (stored.published_at, stored.published_precision) == expected


async def test_one_page_under_five_addresses_is_one_article(bench: Bench) -> None:
    canonical = "https://news.example/p/1"
    urls = [
        f"{canonical}?utm_source=rss",
        "http://www.news.example/p/1",
        "https://news.example/amp/p/1",
        "https://m.news.example/p/1",
        canonical,
    ]
    candidates = [bench.page(url, canonical_url=canonical) for url in urls]
    plan = await bench.run(*candidates)
    (stored,) = bench.record.articles()
    assert len(plan.events) == 1
    assert {g.reason for g in plan.gaps} == {"exact_duplicate"}
    assert stored.url == canonical
    assert {"https://news.example/amp/p/1", "https://m.news.example/p/1"} <= set(stored.other_urls)
    assert len(bench.fetcher.asked) == 3


async def test_a_syndicated_copy_goes_and_its_address_stays(bench: Bench) -> None:
    long = (
        TEXT
        + " The prefecture expects about 1,700 jobs. Roads around the site are crowded, and a new one is due in 2027."
    )
    original = bench.page("https://news.example/p/1", text=long)
    copy = bench.page(
        "https://copy.example/x",
        title="Big new AI chip factory",
        text=long[: long.rindex(" Roads")],
        published=MOMENT + timedelta(hours=1),
    )
    plan = await bench.run(copy, original)
    (stored,) = bench.record.articles()
    assert (stored.url, stored.other_urls) == (original.url, (copy.url,))
    assert plan.gaps == (Gap(stage="research", subject=copy.url, reason="near_duplicate", detail=original.url),)
    assert plan.events == (Event(id=f"e-{stored.id}", article_id=stored.id),)


async def test_reports_of_one_event_are_one_entry_in_the_preferred_language(bench: Bench) -> None:
    facts = "AI Northbridge NB-7 Kumamoto Higo Yatsushiro Minamata Aso Uto "
    english = bench.page(
        "https://a.example/1", title=f"{facts} opens", text=f"{facts} plant opens, mayor says on stage. " * 5
    )
    german = bench.page(
        "https://b.example/1",
        title=f"{facts} startet",
        text=f"{facts} Werk geht in Betrieb, sagt der Chef. " * 5,
        language="de",
    )
    law = bench.page("https://c.example/1", title="Court on AI", text=LAW)
    plan = await bench.run(english, german, law, prefer="de")
    assert {(e.article_id, e.other_ids) for e in plan.events} == {
        (article_id(german.url), (article_id(english.url),)),
        (article_id(law.url), ()),
    }


async def test_the_budget_and_what_is_left(bench: Bench) -> None:
    chip, law = bench.page("https://a.example/1"), bench.page("https://c.example/1", title="Court on AI", text=LAW)
    plan = await bench.run(chip, law, budget=1)
    assert (len(plan.events), [g.reason for g in plan.gaps]) == (1, ["over_budget"])
    left = {chip.url: extracted("x").title, law.url: "Court on AI"}
    assert left[plan.gaps[0].subject] == plan.gaps[0].detail


async def test_no_more_pages_are_asked_for_than_the_topic_allows(bench: Bench) -> None:
    urls = [bench.page(f"https://a.example/{n}", title=f"AI {n}") for n in range(5)]
    plan = await bench.run(*urls, topic={"limits": Limits(candidates=2)})
    assert sorted(bench.fetcher.asked) == ["https://a.example/0", "https://a.example/1"]
    assert [g.detail for g in plan.gaps if g.reason == "over_budget"] == ["limits.candidates = 2"] * 3


async def test_hidden_instructions_are_named_where_they_are_printed(bench: Bench) -> None:
    page = bench.page("https://news.example/p/1", suspicions=("hidden text: ignore previous", "comment"))
    plan = await bench.run(page)
    assert plan.gaps == (
        Gap(
            stage="research",
            subject=page.url,
            reason="hidden_instructions",
            detail="hidden text: ignore previous; comment",
        ),
    )
    assert len(plan.events) == 1


async def test_a_local_file_is_never_fetched(bench: Bench) -> None:
    candidate = bench.page("file:a/b.html").model_copy(update={"body": b"x", "content_type": "text/html"})
    plan = await bench.run(candidate)
    (stored,) = bench.record.articles()
    assert (stored.url, stored.other_urls, stored.country, bench.fetcher.asked) == ("file:a/b.html", (), "", [])
    assert len(plan.events) == 1


async def test_a_page_that_refuses_is_read_from_what_the_search_delivered(bench: Bench) -> None:
    bench.unreachable = {"https://news.example/p/1", "https://news.example/p/2"}
    with_text = bench.page("https://news.example/p/1").model_copy(update={"body": b"x", "source": "tavily AI"})
    without = bench.page("https://news.example/p/2")
    plan = await bench.run(with_text, without)
    assert [a.source for a in bench.record.articles()] == ["tavily AI"]
    assert dropped(plan) == {"https://news.example/p/2": "http_error"}

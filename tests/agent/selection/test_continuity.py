from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.assemble import assemble
from agent.engine import Digested
from agent.report import Continuity, ContinuityEntry, Report
from agent.selection.continuity import continuity
from agent.storage.record import Record
from agent.storage.store import ArticleStore, Filing
from tests.builders import WEEK, HashingEncoder, article, brief, digest, draft

CHIP = "Northbridge opens second AI chip plant in Kumamoto"
LAW = "Court rules on the data law of the capital"
BREAD = "Bakers raise the price of rye bread"


def story(url: str, title: str) -> Digested:
    of = article(url, title=title, text=f"{title}. " * 3)
    return Digested(of, digest(of))


LAST_WEEK = [story("https://a.example/1", CHIP), story("https://a.example/2", LAW), story("https://a.example/3", BREAD)]


@pytest.fixture
def last(tmp_path: Path) -> Report:
    return assemble(draft(LAST_WEEK, brief=brief(week=WEEK.previous())), Record(tmp_path / "record.sqlite"))


@pytest.fixture
def store(tmp_path: Path, last: Report) -> Iterator[ArticleStore]:
    filing = {i.article.id: Filing("ai", last.week.iso, "", n) for n, i in enumerate(LAST_WEEK, 1)}
    with ArticleStore(tmp_path / "chroma", HashingEncoder()) as opened:
        opened.put([i.article for i in LAST_WEEK], filing)
    return opened


def test_new_continuing_and_ended(last: Report, store: ArticleStore) -> None:
    items = [story("https://b.example/1", f"{CHIP} again"), story("https://b.example/2", "Ferry line to Oslo closes")]
    compared = continuity(items, {items[0].article.id: 2, items[1].article.id: 1}, last, store)
    assert compared == Continuity(
        last_week="2026-W14",
        new=(ContinuityEntry(title="Ferry line to Oslo closes", language="en", articles=(1,)),),
        continuing=(ContinuityEntry(title=f"{CHIP} again", language="en", articles=(2,), last_week=(1,)),),
        ended=(
            ContinuityEntry(title=LAW, language="en", last_week=(2,)),
            ContinuityEntry(title=BREAD, language="en", last_week=(3,)),
        ),
    )


def test_another_week_or_topic_is_not_last_week(last: Report, store: ArticleStore) -> None:
    with store:
        store.refile([LAST_WEEK[0].article], {LAST_WEEK[0].article.id: Filing("ai", "2026-W13")})
        store.refile([LAST_WEEK[1].article], {LAST_WEEK[1].article.id: Filing("bio", "2026-W14")})
    items = [story("https://b.example/1", CHIP), story("https://b.example/2", LAW)]
    compared = continuity(items, {items[0].article.id: 1, items[1].article.id: 2}, last, store)
    assert (len(compared.new), compared.continuing, len(compared.ended)) == (2, (), 3)


def test_without_a_report_of_last_week_nothing_is_called_new(store: ArticleStore) -> None:
    items = [story("https://b.example/1", CHIP)]
    assert continuity(items, {items[0].article.id: 1}, None, store) == Continuity()

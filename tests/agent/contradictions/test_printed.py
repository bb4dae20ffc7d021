"""What the report shows of a contradiction: both articles, the words verbatim, the sum in the report's language."""

from decimal import Decimal
from pathlib import Path

import pytest

from agent.assemble import assemble
from agent.checks import check_report
from agent.contradictions import event_contradictions, printed_contradictions
from agent.engine import Digested
from agent.model import Article, Event, Plan
from agent.report import ContradictionSide, FailedCheck, ReportContradiction
from agent.storage.record import Record
from tests.builders import HashingEncoder, article, digest, draft, figure, issue_items, span

OURS = "The plant in Kumamoto cost Northbridge $2.5 billion to build. It opened on Wednesday."
THEIRS = "Staff were hired. The plant in Kumamoto cost Northbridge $3.1 billion to build."


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record(tmp_path / "record.sqlite")
    record.put_articles([_other()])
    return record


def _other() -> Article:
    return article("https://other.example/2", text=THEIRS, outlet="Second Wire", title="A plant opens")


def _item(**changes: object) -> Digested:
    of = article(text=OURS)
    return Digested(of, digest(of, **changes))


def _side(of: Article, value: str, display: str, said: str) -> ContradictionSide:
    found = span(said, of.text)
    return ContradictionSide(
        value=Decimal(value) * 10**8, unit="USD", bound="exact", display=display, outlet=of.outlet, url=of.url,
        title=of.title, language="en", evidence=said, start=found.start, end=found.end,
    )  # fmt: skip


def _event(item: Digested) -> Event:
    return Event(id="e", article_id=item.article.id, other_ids=(_other().id,))


def _printed(item: Digested, event: Event, record: Record, language: str) -> tuple[ReportContradiction, ...]:
    record.put_articles([item.article])
    found = event_contradictions(event, record, HashingEncoder())
    return printed_contradictions(found, item, record, language)


@pytest.mark.parametrize(
    ("language", "shown", "what"),
    [("ja", ("25億ドル", "31億ドル"), "価格・費用"), ("en", ("$2.5 billion", "$3.1 billion"), "Price or cost")],
)
def test_both_sides_are_printed(record: Record, language: str, shown: tuple[str, str], what: str) -> None:
    item = _item()
    ours = _side(item.article, "25", shown[0], "The plant in Kumamoto cost Northbridge $2.5 billion to build.")
    theirs = _side(_other(), "31", shown[1], "The plant in Kumamoto cost Northbridge $3.1 billion to build.")
    found = _printed(item, _event(item), record, language)
    assert found == (ReportContradiction(what=what, sides=(ours, theirs)),)


@pytest.mark.parametrize(
    ("ours", "theirs", "language", "what", "shown"),
    [
        (
            "The plant in Kumamoto opens on 2 June, Northbridge said.",
            "The plant in Kumamoto opens on 9 June, Northbridge said.",
            "ja",
            "日付",
            ("2026年6月2日", "2026年6月9日"),
        ),
        (
            "Northbridge will build its second plant in Kumamoto.",
            "Northbridge will build its second plant in Hiroshima.",
            "de",
            "Name",
            ("Kumamoto", "Hiroshima"),
        ),
        (
            "Northbridge has not finished its second plant in Kumamoto.",
            "Northbridge has finished its second plant in Kumamoto.",
            "ja",
            "事実かどうか",
            ("否定", "肯定"),
        ),
    ],
)
def test_dates_names_and_denials_are_printed(
    record: Record, ours: str, theirs: str, language: str, what: str, shown: tuple[str, str]
) -> None:
    of, other = article(text=ours), _other().model_copy(update={"text": theirs})
    record.put_articles([other])
    (found,) = _printed(
        Digested(of, digest(of)), Event(id="e", article_id=of.id, other_ids=(other.id,)), record, language
    )
    assert (found.what, tuple(side.display for side in found.sides)) == (what, shown)
    assert [side.evidence for side in found.sides] == [ours, theirs]
    assert all(side.value is None for side in found.sides)


def test_the_articles_own_label_tells_what_is_measured(record: Record) -> None:
    of = article(text=OURS)
    item = _item(figures=(figure("2500000000", "USD", "$2.5 billion", of, label="Cost of the plant"),))
    assert [c.what for c in _printed(item, _event(item), record, "en")] == ["Cost of the plant"]
    alone = Event(id="e", article_id=item.article.id)
    assert _printed(item, alone, record, "en") == ()


def test_a_side_that_is_not_verbatim_fails_the_gate(record: Record) -> None:
    items = [Digested(issue_items(1)[0].article.model_copy(update={"text": OURS}), _item().digest), *issue_items(5)[1:]]
    first, *rest = items
    events = (_event(first), *(Event(id=f"e-{i.article.id}", article_id=i.article.id) for i in rest))
    found = _printed(first, events[0], record, "en")
    plan = Plan(events=events, gaps=(), asked=())
    report = assemble(draft(items, plan=plan, contradictions={first.article.id: found}), record)
    assert report.articles[0].contradictions == found
    sources = {item.article.id: item.article for item in items}

    def evidence(known: dict[str, Article]) -> list[FailedCheck]:
        return [f for f in check_report(report, known).failed if f.check == "evidence" and "in http" in f.what]

    assert evidence(sources | {_other().id: _other()}) == []
    changed = _other().model_copy(update={"text": THEIRS.replace("3.1", "3.2")})
    assert [f.where for f in evidence(sources | {changed.id: changed})] == ["#01"]

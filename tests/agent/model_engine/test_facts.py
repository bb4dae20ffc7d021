from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from agent.model import Bound, DatedEvent, Entity, Figure, Precision, Span
from agent.model_engine.evidence import SourceText
from agent.model_engine.facts import entities_of, events_of, figures_of, parse_date
from agent.model_engine.schemas import BoundSign, EventAnswer, FigureAnswer
from tests.agent.model_engine.articles import READERS, TEXT, article

SENTENCE = "Northern Chips said revenue rose 35% to $1.2 billion in the first quarter."


@pytest.mark.parametrize(
    ("text", "evidence", "found"),
    [
        pytest.param("a b c d e f", "b c d", "b c d", id="exact"),
        pytest.param("up  to\n35 %  now", "up to 35% now", "up  to\n35 %  now", id="other spaces"),
        pytest.param("売上高は３５％増、", "売上高は35%増", "売上高は３５％増", id="other width"),
        pytest.param("“quoted” – so", '"quoted" - so', "“quoted” – so", id="other quotes and dashes"),
        pytest.param("㍻の話です", "平成の話", "㍻の話", id="one character that folds to two"),
        pytest.param("a b c d e f", "b c x", None, id="absent"),
        pytest.param("a b … e f", "a b c d e f", None, id="with an omission"),
        pytest.param("35% of all", "35%", None, id="too short to prove anything"),
        pytest.param("x" * 700, "x" * 601, None, id="too long"),
    ],
)
def test_finds_evidence_verbatim(text: str, evidence: str, found: str | None) -> None:
    span = SourceText(text).find(evidence)
    assert (span and span.text) == found
    assert span is None or text[span.start : span.end] == span.text


def _figure(value: str, evidence: str = SENTENCE, bound: BoundSign = "=", label: str = "増収率") -> FigureAnswer:
    return FigureAnswer(value=value, bound=bound, label=label, holder="Northern Chips", evidence=evidence)


def _read(value: str, unit: str, bound: Bound = "exact", evidence: str = SENTENCE, text: str = TEXT) -> Figure:
    start = text.index(evidence)
    span = Span(text=evidence, start=start, end=start + len(evidence))
    return Figure(value=Decimal(value), unit=unit, bound=bound, label="増収率", holder="Northern Chips", evidence=span)


@pytest.mark.parametrize(
    ("answers", "figures"),
    [
        pytest.param([_figure("35%")], [_read("35", "%")], id="percentage"),
        pytest.param([_figure("$1.2 billion")], [_read("1200000000", "USD")], id="whole units"),
        pytest.param([_figure("35%", bound="~")], [_read("35", "%")], id="a bound that the source does not have"),
        pytest.param([_figure("35%"), _figure("35%")], [_read("35", "%")], id="named twice"),
        pytest.param([_figure("5%")], [], id="part of a longer number"),
        pytest.param([_figure("36%")], [], id="another number than the source's"),
        pytest.param([_figure("35%", evidence="Revenue rose 35%.")], [], id="evidence that is not there"),
        pytest.param([_figure("rose")], [], id="no number"),
        pytest.param([_figure("35% to $1.2 billion")], [], id="two numbers"),
        pytest.param([_figure("35%", label=" ")], [], id="no label"),
    ],
)
def test_believes_the_source_and_not_the_model(answers: list[FigureAnswer], figures: list[Figure]) -> None:
    assert figures_of(answers, article(), SourceText(TEXT), READERS) == tuple(figures)


def test_the_sources_bound_wins() -> None:
    text = "It spent more than $5 billion on it."
    answers = [_figure("more than $5 billion", evidence=text, bound="<=")]
    assert figures_of(answers, article(text=text), SourceText(text), READERS) == (
        _read("5000000000", "USD", "more_than", text, text),
    )


PLANT = "The company will open a plant in Chitose in August 2026, it said."


@pytest.mark.parametrize(
    ("claimed", "evidence", "dated"),
    [
        pytest.param("2026-08", PLANT, (date(2026, 8, 1), "month"), id="as the source says"),
        pytest.param("2026-08-15", PLANT, (date(2026, 8, 1), "month"), id="too precise: the source's own"),
        pytest.param("2026-Q3", PLANT, (date(2026, 8, 1), "month"), id="too coarse: the source's own"),
        pytest.param("2026-09", PLANT, None, id="another month"),
        pytest.param("2027", PLANT, None, id="another year"),
        pytest.param("2026-08", "Analysts had expected less.", None, id="evidence without a date"),
        pytest.param("2026-08", "It opens in August 2026.", None, id="evidence that is not there"),
        pytest.param("next August", PLANT, None, id="no date"),
    ],
)
def test_dates_events_as_the_source_does(claimed: str, evidence: str, dated: tuple[date, Precision] | None) -> None:
    answer = EventAnswer(date=claimed, what="千歳で工場が稼働する。", evidence=evidence)
    events = events_of([answer], article(), SourceText(TEXT), READERS)
    start = TEXT.index(PLANT)
    span = Span(text=PLANT, start=start, end=start + len(PLANT))
    expected = [DatedEvent(date=dated[0], precision=dated[1], what=answer.what, evidence=span)] if dated else []
    assert list(events) == expected


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-08-02", (date(2026, 8, 2), "day")),
        ("2026-08", (date(2026, 8, 1), "month")),
        ("2026-Q3", (date(2026, 7, 1), "quarter")),
        ("2026-H2", (date(2026, 7, 1), "half")),
        ("2027", (date(2027, 1, 1), "year")),
        ("2026-02-30", None),
        ("2026-13", None),
        ("0001", None),
        ("2026年8月", None),
        ("", None),
    ],
)
def test_reads_partial_dates(text: str, read: tuple[date, Precision] | None) -> None:
    assert parse_date(text) == read


def test_keeps_the_names_that_stand_in_the_article() -> None:
    answers = [
        "千歳=Chitose",
        "千歳市=Chitose",
        "東京=Tokyo",
        " =Analysts",
        "Analysts",
    ]
    assert entities_of(answers, article()) == (Entity(name="千歳", source_form="Chitose"),)

"""Sentences in nearly the same words that differ in a name, or of which one denies the other."""

from __future__ import annotations

import pytest

from agent.contradictions.twins import differing_twins
from agent.grounding.negation import negations, without_negations
from tests.builders import article


def found(language: str, first: str, second: str, other: str = "") -> list[tuple[str, ...]]:
    reports = [
        article(text=first, language=language),
        article("https://b.example/2", text=second, language=other or language),
    ]
    return [(one.kind, *(side.said or str(side.denied) for side in one.sides)) for one in differing_twins(reports)]


@pytest.mark.parametrize(
    ("language", "first", "second", "what"),
    [
        (
            "en",
            "Velmora Motors will build its battery plant in Zaragoza.",
            "Velmora Motors will build its battery plant in Valladolid.",
            ("name", "Zaragoza", "Valladolid"),
        ),
        (
            "ja",
            "霞浦重工は風車の新工場を青森県八戸市に建設する。",
            "霞浦重工は風車の新工場を秋田県能代市に建設する。",
            ("name", "青森・八戸", "秋田・能代"),
        ),
        (
            "en",
            "The regulator approved the sale of Marlow Bank.",
            "The regulator has not approved the sale of Marlow Bank.",
            ("denial", "False", "True"),
        ),
        (
            "ja",
            "白樺銀行は顧客の口座番号は流出していないと説明した。",
            "白樺銀行は顧客の口座番号が流出したと説明した。",
            ("denial", "True", "False"),
        ),
        ("zh-Hans", "公司表示，事故中没有人员受伤。", "公司表示，事故中有人员受伤。", ("denial", "True", "False")),
    ],
)
def test_twins_that_differ(language: str, first: str, second: str, what: tuple[str, ...]) -> None:
    assert found(language, first, second) == [what]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            "Velmora Motors will build its battery plant in Zaragoza.",
            "Velmora Motors will build its battery plant in Zaragoza, Spain.",
            id="more exactly",
        ),
        pytest.param(
            "The battery plant will create jobs, said Miriam Castell.",
            "The battery plant will create jobs, said Howard Pryce.",
            id="both may have said it",
        ),
        pytest.param(
            "Velmora Motors will build its battery plant in Zaragoza.",
            "Velmora Motors will build its battery plant in Valladolid. Zaragoza gets an office.",
            id="it knows the other name",
        ),
        pytest.param(
            "Velmora Motors will build its battery plant in Zaragoza in 2027.",
            "Velmora Motors will build its battery plant in Valladolid in 2029.",
            id="another year",
        ),
        pytest.param(
            "The regulator approved the sale of Marlow Bank.",
            "The regulator has not approved the sale of Tessin Bank.",
            id="another sale",
        ),
        pytest.param(
            "The regulator approved the sale of Marlow Bank.",
            "The regulator approved not only the sale of Marlow Bank.",
            id="no denial",
        ),
        pytest.param(
            "The regulator approved the sale of Marlow Bank.",
            "The regulator may decide whether the sale of Marlow Bank is not approved.",
            id="a question",
        ),
        pytest.param("It closed.", "It has not closed.", id="too short"),
    ],
)
def test_no_contradiction(first: str, second: str) -> None:
    assert found("en", first, second) == []


def test_other_languages_are_not_compared() -> None:
    assert found("en", "The bank approved the sale of Marlow.", "Die Bank approved not the sale of Marlow.", "de") == []


@pytest.mark.parametrize(
    ("language", "text", "count", "without"),
    [
        ("ja", "流出は確認されていないと発表した。", 1, "流出は確認されてい と発表した。"),
        ("ja", "申請しないと失効する。", 0, "申請しないと失効する。"),
        ("en", "It has not closed.", 1, "It has   closed."),
        ("xx", "It has not closed.", 1, "It has   closed."),
    ],
)
def test_words_of_negation(language: str, text: str, count: int, without: str) -> None:
    assert (negations(text, language), without_negations(text, language)) == (count, without)

from decimal import Decimal

import pytest

from agent.contradictions import Contradiction, Side, contradictions
from agent.contradictions.measures import measures_of, speaks_of_two
from tests.builders import HashingEncoder, article, span

FIRST = "The plant in Kumamoto cost Northbridge $2.5 billion to build. It opened on Wednesday."


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("The plant in Kumamoto cost Northbridge $2.5 billion to build, it said.", id="the same"),
        pytest.param("Weather is mild. A stadium elsewhere was sold for $3.1 billion.", id="another claim"),
        pytest.param("The plant in Kumamoto cost Northbridge 77 percent to build.", id="another unit"),
        pytest.param("The plant in Kumamoto cost Northbridge $25 billion to build.", id="too far apart"),
        pytest.param(
            "The plant in Kumamoto cost Northbridge $3.1 billion to build. First it was to be $2.5 billion.",
            id="it knows the other figure",
        ),
        pytest.param("The plant in Kumamoto cost Northbridge more than $2.1 billion to build.", id="a bound"),
        pytest.param("The plant in Kumamoto cost Northbridge about $2.6 billion to build.", id="about"),
        pytest.param("The plant in Kumamoto cost Northbridge $2.53 billion to build.", id="a rounding"),
        pytest.param("The plant in Kumamoto cost Hanseong $3.1 billion to build.", id="another subject"),
        pytest.param("The plant in Kumamoto earned Northbridge $3.1 billion in profits.", id="another measure"),
        pytest.param("Of which the plant in Kumamoto cost Northbridge $2.1 billion to build.", id="a part"),
        pytest.param("The plant in Kumamoto cost Northbridge 400 billion yen to build.", id="another currency"),
    ],
)
def test_no_contradiction(second: str) -> None:
    reports = [article(text=FIRST), article("https://other.example/2", text=second)]
    assert contradictions(reports, HashingEncoder()) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("北洋電装の純利益は842億円だった。", "北洋電装の経常利益は1150億円だった。"),
        ("北洋電装の3月の出荷は12万台だった。", "北洋電装の1～3月の出荷は31万台だった。"),
        ("北洋電装の「Orvia X4」のメモリーは64GBである。", "北洋電装の「Orvia X4 Pro」のメモリーは96GBである。"),
    ],
    ids=["another kind of profit", "another period", "another version"],
)
def test_what_is_nearly_one_thing_is_no_contradiction(first: str, second: str) -> None:
    def found(words: str) -> int:
        reports = [article(text=first, language="ja"), article("https://b.example/2", text=words, language="ja")]
        return len(contradictions(reports, HashingEncoder()))

    # With what tells the two apart taken out, they do contradict each other.
    alike = second.replace("経常", "純").replace("1～3月", "3月").replace(" Pro", "")
    assert (found(second), found(alike)) == (0, 1)


def test_both_sides_are_shown() -> None:
    text = "The plant in Kumamoto cost Northbridge $3.1 billion to build. Staff were hired."
    one, other = article(text=FIRST), article("https://other.example/2", text=text)
    sides = [
        Side(article_id=of.id, value=value, unit="USD", bound="exact", evidence=span(said, of.text))
        for of, value, said in (
            (one, Decimal(2_500_000_000), "The plant in Kumamoto cost Northbridge $2.5 billion to build."),
            (other, Decimal(3_100_000_000), "The plant in Kumamoto cost Northbridge $3.1 billion to build."),
        )
    ]
    assert contradictions([one, other], HashingEncoder()) == (
        Contradiction(kind="amount", measures=("price",), sides=tuple(sides)),
    )


def test_three_reports_make_one_contradiction_and_keep_their_order() -> None:
    told = [FIRST.replace("2.5", value) for value in ("2.5", "3.1", "3.1")]
    reports = [article(f"https://n{n}.example/1", text=text) for n, text in enumerate(told)]
    (found,) = contradictions(reports, HashingEncoder())
    assert [(side.article_id, side.value) for side in found.sides] == [
        (report.id, Decimal(value)) for report, value in zip(reports, (25 * 10**8, 31 * 10**8, 31 * 10**8), strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "language", "measures"),
    [
        ("売上高は前年同期比35%増の356億ドルとなった。", "ja", {"revenue", "up"}),
        ("Police said that 14 people died and 30 were injured.", "en", {"dead", "hurt"}),
        ("Der Umsatz sank um 3 Prozent.", "de", {"revenue", "down"}),
        ("1분기 영업이익은 5조원이었다.", "ko", {"profit", "operating"}),
        ("公司裁員1200人。", "zh-Hant", {"dismissed"}),
        ("La amende prévue a été levée.", "fr", {"fine", "investment"}),
        ("The weather was mild.", "en", set()),
    ],
)
def test_measures(text: str, language: str, measures: set[str]) -> None:
    assert measures_of(text, language) == measures


@pytest.mark.parametrize(
    ("text", "language", "two"),
    [
        ("うち民間の資金は400億ドルである。", "ja", True),
        ("売上高は前年同期比35%増の356億ドルとなった。", "ja", False),
        ("Revenue was $35.6 billion, up from $26.3 billion.", "en", True),
        ("Davon kommen 40 Milliarden Euro vom Staat.", "de", True),
        ("The plant cost $2.5 billion.", "en", False),
    ],
)
def test_a_second_value_beside_the_claim(text: str, language: str, two: bool) -> None:
    assert speaks_of_two(text, language) is two

from decimal import Decimal

import pytest

from agent.contradictions import Contradiction, Side, contradictions
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
    ],
)
def test_no_contradiction(second: str) -> None:
    reports = [article(text=FIRST), article("https://other.example/2", text=second)]
    assert contradictions(reports, HashingEncoder()) == ()


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
    assert contradictions([one, other], HashingEncoder()) == (Contradiction(first=sides[0], second=sides[1]),)

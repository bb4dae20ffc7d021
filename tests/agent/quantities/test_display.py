from decimal import Decimal

import pytest

from agent.model import Bound
from agent.quantities import display, parse_quantities


@pytest.mark.parametrize(
    ("value", "upper", "unit", "bound", "japanese", "english"),
    [
        ("221000000000", None, "USD", "exact", "2,210億ドル", "$221 billion"),
        ("1130000000000", None, "TWD", "exact", "1兆1,300億台湾ドル", "NT$1.13 trillion"),
        ("35", None, "%", "exact", "35%", "35%"),
        ("252600000000", None, "USD", "about", "約2,526億ドル", "about $252.6 billion"),
        ("710000000000", None, "USD", "more_than", "7,100億ドル超", "more than $710 billion"),
        ("4244000000000", None, "kWh", "exact", "4兆2,440億kWh", "4.244 trillion kWh"),
        ("12345678901", None, "JPY", "exact", "123億4,567万8,901円", "¥12,345,678,901"),
        ("2", "3", "year", "exact", "2〜3年", "2 to 3 years"),
        ("1", None, "count:companies", "at_least", "1社以上", "at least 1 company"),
        ("8.6", None, "times", "less_than", "8.6倍未満", "less than 8.6 times"),
        ("-5", None, "%", "exact", "マイナス5%", "-5%"),
        ("256000", None, "count:tokens", "at_most", "最大25万6,000トークン", "up to 256,000 tokens"),
        ("12", None, "頭", "exact", "12頭", "12 頭"),
    ],
)
def test_a_quantity_is_printed_exactly(
    value: str, upper: str | None, unit: str, bound: Bound, japanese: str, english: str
) -> None:
    number, top = Decimal(value), Decimal(upper) if upper else None
    printed = [display(number, top, unit, bound, language) for language in ("ja", "en", "fr")]
    assert printed == [japanese, english, english]


@pytest.mark.parametrize(
    "text", ["123億4,567万8,901円", "約2,526億ドル", "4兆2,440億kWh", "1社以上", "最大25万6,000トークン"]
)
def test_what_is_printed_reads_back_as_itself(text: str) -> None:
    [q] = parse_quantities(text, "ja")
    assert display(q.value, q.upper, q.unit, q.bound, "ja") == text

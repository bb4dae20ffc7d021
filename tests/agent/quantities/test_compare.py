import pytest

from agent.quantities import parse_quantities, same_quantity


@pytest.mark.parametrize(
    ("left", "right", "equal", "reason"),
    [
        (("2,210億ドル", "ja"), ("$221 billion", "en"), True, "same number"),
        (("2210억 달러", "ko"), ("221 Milliarden Dollar", "de"), True, "same number"),
        (("1兆1300億台湾ドル", "ja"), ("約新臺幣1.13兆元", "zh-Hant"), True, "same number, bound exact against about"),
        (("35%", "ja"), ("35 pour cent", "fr"), True, "same number"),
        (("3倍", "ja"), ("threefold", "en"), True, "same number"),
        (("4兆2440億kWh", "ja"), ("4,244 TWh", "en"), True, "same number"),
        (("約360億ドル", "ja"), ("$35.6 billion", "en"), True, "same number to 1000000000"),
        (("8.6億", "zh-Hant"), ("0.9 billion", "en"), True, "same number to 100000000"),
        (
            ("1 trillion dollars", "en"),
            ("1.4 trillion dollars", "en"),
            False,
            "number: 1000000000000 against 1400000000000",
        ),
        (("2,220億ドル", "ja"), ("$221 billion", "en"), False, "number: 222000000000 against 221000000000"),
        (("2,210億円", "ja"), ("$221 billion", "en"), False, "unit: JPY against USD"),
        (("75カ国", "ja"), ("75 companies", "en"), False, "unit: count:countries against count:companies"),
        (("75カ国", "ja"), ("75", "en"), True, "same number"),
        (("10人以上", "ja"), ("at most 10 people", "en"), False, "bound: at_least against at_most"),
        (("2〜3年", "ja"), ("3 years", "en"), False, "range against a single number"),
    ],
)
def test_quantities_compare_across_notations(
    left: tuple[str, str], right: tuple[str, str], equal: bool, reason: str
) -> None:
    [a], [b] = parse_quantities(*left), parse_quantities(*right)
    found = same_quantity(a, b)
    assert (found.equal, found.reason) == (equal, reason)


def test_a_number_of_more_digits_than_can_be_divided_is_compared() -> None:
    (huge,) = parse_quantities("約" + "9" * 40 + "円", "ja")
    (small,) = parse_quantities("約9円", "ja")
    assert (same_quantity(huge, small).equal, same_quantity(huge, huge).equal) == (False, True)

from decimal import Decimal

import pytest

from agent.quantities import parse_quantities

Row = tuple[str, str, str, str]


def rows(text: str, language: str) -> list[Row]:
    """Return (stretch, number or range, unit, bound) of every quantity."""
    return [
        (text[q.start : q.end], "~".join(f"{n.normalize():f}" for n in q.numbers), q.unit, q.bound)
        for q in parse_quantities(text, language)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "売上高は1兆1300億台湾ドル。", [("1兆1300億台湾ドル", "1130000000000", "TWD", "exact")]),
        ("ja", "4兆2440億kWhを超えた", [("4兆2440億kWhを超え", "4244000000000", "kWh", "more_than")]),
        ("ja", "約2,526億ドル", [("約2,526億ドル", "252600000000", "USD", "about")]),
        ("ja", "2〜3億ドル", [("2〜3億ドル", "200000000~300000000", "USD", "exact")]),
        ("ja", "12万8000トークン", [("12万8000トークン", "128000", "count:tokens", "exact")]),
        ("ja", "３５％増、3割強", [("３５％", "35", "%", "exact"), ("3割強", "30", "%", "more_than")]),
        (
            "ja",
            "1 万 6 千人、2 千 500 ドル",
            [
                ("1 万 6 千人", "16000", "count:people", "exact"),
                ("2 千 500 ドル", "2500", "USD", "exact"),
            ],
        ),
        ("ja", "5 千葉県の3 百貨店", [("5", "5", "", "exact"), ("3", "3", "", "exact")]),
        ("ja", "29分目", [("29", "29", "", "exact")]),
        ("ko", "20대들의 10대의 차량", [("20", "20", "", "exact"), ("10대", "10", "count:units", "exact")]),
        ("zh-Hans", "两位数", []),
        ("en", "70-90% of men", [("70-90%", "70~90", "%", "exact")]),
        (
            "en",
            "for over a decade, in the past two decades",
            [
                ("over a decade", "10", "year", "more_than"),
                ("two decades", "20", "year", "exact"),
            ],
        ),
        ("en", "hit by a car\nThree men and\n33 women", [("Three", "3", "", "exact"), ("33", "33", "", "exact")]),
        ("ja", "75カ国超", [("75カ国超", "75", "count:countries", "more_than")]),
        (
            "ja",
            "五千万人と三社",
            [("五千万人", "50000000", "count:people", "exact"), ("三社", "3", "count:companies", "exact")],
        ),
        (
            "ja",
            "２，３００人、2，300",
            [("２，３００人", "2300", "count:people", "exact"), ("2", "2", "", "exact"), ("300", "300", "", "exact")],
        ),
        ("ko", "2억 5천만 달러", [("2억 5천만 달러", "250000000", "USD", "exact")]),
        ("ko", "7천 5백만 달러 이상", [("7천 5백만 달러 이상", "75000000", "USD", "at_least")]),
        ("ko", "100여 개국", [("100여 개국", "100", "count:countries", "more_than")]),
        ("ko", "약 7분의 1", [("약 7분의 1", "0.1429", "", "about")]),
        ("zh-Hant", "啟用參數不到10億", [("不到10億", "1000000000", "", "less_than")]),
        ("zh-Hant", "新台幣1.13兆元", [("新台幣1.13兆元", "1130000000000", "TWD", "exact")]),
        (
            "zh-Hant",
            "百分之三十五、逾100家公司",
            [("百分之三十五", "35", "%", "exact"), ("逾100家公司", "100", "count:companies", "more_than")],
        ),
        (
            "zh-Hans",
            "投资1.2万亿元，12千米",
            [("1.2万亿元", "1200000000000", "CNY", "exact"), ("12千米", "12", "km", "exact")],
        ),
        ("en", "$1.13 trillion", [("$1.13 trillion", "1130000000000", "USD", "exact")]),
        ("en", "more than 75 countries", [("more than 75 countries", "75", "count:countries", "more_than")]),
        ("en", "4,195 billion kilowatt-hours", [("4,195 billion kilowatt-hours", "4195000000000", "kWh", "exact")]),
        ("en", "10 to 15 percent", [("10 to 15 percent", "10~15", "%", "exact")]),
        ("en", "from 12% to 15%", [("12%", "12", "%", "exact"), ("15%", "15", "%", "exact")]),
        ("en", "$5m, 5m long", [("$5m", "5000000", "USD", "exact"), ("5m", "5", "m", "exact")]),
        ("en", "a 70B model of 70B parameters", [("70B parameters", "70000000000", "count:parameters", "exact")]),
        (
            "en",
            "threefold, 3.5x, at least two dozen",
            [
                ("threefold", "3", "times", "exact"),
                ("3.5x", "3.5", "times", "exact"),
                ("at least two dozen", "24", "", "at_least"),
            ],
        ),
        ("de", "rund 2,5 Mrd. Euro", [("rund 2,5 Mrd. Euro", "2500000000", "EUR", "about")]),
        ("de", "eine Runde über 30 Millionen Dollar", [("30 Millionen Dollar", "30000000", "USD", "exact")]),
        ("de", "mit über 1.200 Menschen", [("über 1.200 Menschen", "1200", "count:people", "more_than")]),
        ("fr", "35,6 milliards de dollars", [("35,6 milliards de dollars", "35600000000", "USD", "exact")]),
        ("fr", "plus de 1 200 personnes", [("plus de 1 200 personnes", "1200", "count:people", "more_than")]),
        (
            "es",
            "más de 3 mil millones de euros",
            [("más de 3 mil millones de euros", "3000000000", "EUR", "more_than")],
        ),
        ("es", "2.500 millones de dólares", [("2.500 millones de dólares", "2500000000", "USD", "exact")]),
    ],
)
def test_a_quantity_is_read_with_its_unit_and_bound(language: str, text: str, expected: list[Row]) -> None:
    assert rows(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "GPT-5とGemma 4、EXAONE 4.5、Xeon 6、クロード4.5、TPU v7"),
        ("ja", "2026年4月10日の第1四半期、25年9月、10時30分、大統領令14179号、第3世代、数十億ドル"),
        ("ja", "一方で千歳市の一部では、10億分の1"),
        ("ko", "‘엑사원 4.5’와 ‘클로드 4.5 소네트’, 수백만, 2026년 3분기, 저녁 8시"),
        ("zh-Hant", "Qwen3-1.7B-Instruct與Gemma3-12B，2026年4月9日，第4代，數百萬"),
        ("en", "GPT-5, Gemma 4 models, H100, 5G, Q1 2026, April 7, 2026, the 7th, Executive Order 14179, 24/7, v2.1.3"),
        ("de", "am 10. April 2026, im dritten Quartal, Executive Order 14179"),
        ("fr", "le TPU v7, le 8 avril, août 2026"),
    ],
)
def test_names_dates_and_ordinals_are_no_quantities(language: str, text: str) -> None:
    assert rows(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "sums"),
    [
        ("ja", "1ドル=149円35銭で取引", [("1", "USD"), ("149.35", "JPY")]),
        ("ja", "545ドルと5セント", [("545.05", "USD")]),
        ("en", "$3 and 50 cents, up 12 percent", [("3.50", "USD"), ("12", "%")]),
        ("ko", "1달러 20센트 올랐다", [("1.20", "USD")]),
        ("en", "5 dollars and 30 people", [("5", "USD"), ("30", "count:people")]),
        ("ja", "3万円と50件", [("30000", "JPY"), ("50", "count:cases")]),
    ],
)
def test_a_sum_in_two_units_is_one(language: str, text: str, sums: list[tuple[str, str]]) -> None:
    assert [(str(q.value), q.unit) for q in parse_quantities(text, language)] == sums


def test_the_step_is_the_size_of_the_last_stated_digit() -> None:
    steps = [parse_quantities(text, "ja")[0].step for text in ("2,210億ドル", "1.13兆円", "35.6%", "2億5千万円")]
    assert steps == [Decimal(10**8), Decimal(10**10), Decimal("0.1"), Decimal(10**7)]

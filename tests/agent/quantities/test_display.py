from decimal import Decimal

import pytest

from agent.language.scripts import fold
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
    printed = [display(number, top, unit, bound, language) for language in ("ja", "en", "it")]
    assert printed == [japanese, english, english]


@pytest.mark.parametrize(
    "text", ["123億4,567万8,901円", "約2,526億ドル", "4兆2,440億kWh", "1社以上", "最大25万6,000トークン"]
)
def test_what_is_printed_reads_back_as_itself(text: str) -> None:
    [q] = parse_quantities(text, "ja")
    assert display(q.value, q.upper, q.unit, q.bound, "ja") == text


QUANTITIES = (
    ("221000000000", "USD", "exact"), ("1130000000000", "TWD", "about"), ("35", "%", "more_than"),
    ("12345678901", "JPY", "exact"), ("8.6", "times", "less_than"), ("256000", "count:tokens", "at_most"),
    ("1500000", "EUR", "exact"), ("41950", "count:people", "at_least"), ("120", "GW", "exact"), ("3", "month", "exact"),
    ("0.5", "percentage_point", "exact"),
)  # fmt: skip
PRINTED = {
    "de": "221 Milliarden US-Dollar; rund 1,13 Billionen Taiwan-Dollar; mehr als 35 %; 12.345.678.901 Yen; "
    "weniger als 8,6-mal; bis zu 256.000 Token; 1,5 Millionen Euro; mindestens 41.950 Personen; 120 GW; 3 Monate; "
    "0,5 Prozentpunkte",
    "fr": "221 milliards de dollars; environ 1,13 billion de dollars taïwanais; plus de 35 %; 12 345 678 901 yens; "
    "moins de 8,6 fois; jusqu’à 256 000 jetons; 1,5 million d’euros; au moins 41 950 personnes; 120 GW; 3 mois; "
    "0,5 point de pourcentage",
    "es": "221.000 millones de dólares; cerca de 1,13 billones de dólares taiwaneses; más de 35 %; "
    "12.345.678.901 yenes; menos de 8,6 veces; hasta 256.000 tokens; 1,5 millones de euros; al menos 41.950 personas; "
    "120 GW; 3 meses; 0,5 puntos porcentuales",
    "ko": "2210억 달러; 약 1조 1300억 대만 달러; 35% 초과; 123억 4567만 8901엔; 8.6배 미만; 최대 25만 6000토큰; "
    "150만 유로; 4만 1950명 이상; 120GW; 3개월; 0.5%포인트",
    "zh-Hans": "2210亿美元; 约1.13万亿新台币; 超过35%; 123亿4567万8901日元; 不到8.6倍; 最多25.6万个词元; 150万欧元; "
    "至少4.195万人; 120GW; 3个月; 0.5个百分点",
    "zh-Hant": "2210億美元; 約1.13兆元新台幣; 超過35%; 123億4567萬8901日圓; 不到8.6倍; 最多25.6萬個詞元; 150萬歐元; "
    "至少4.195萬人; 120GW; 3個月; 0.5個百分點",
}


@pytest.mark.parametrize("language", PRINTED)
def test_every_language_prints_quantities_in_its_own_notation_and_reads_them_back(language: str) -> None:
    printed = [display(Decimal(value), None, unit, bound, language) for value, unit, bound in QUANTITIES]  # type: ignore[arg-type]
    assert fold("; ".join(printed)) == fold(PRINTED[language])
    read = [parse_quantities(text, language) for text in printed]
    assert [[(q.value, q.unit, q.bound) for q in found] for found in read] == [
        [(Decimal(value), unit, bound)] for value, unit, bound in QUANTITIES
    ]

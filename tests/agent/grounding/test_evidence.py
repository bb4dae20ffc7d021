from datetime import date

import pytest

from agent.grounding.evidence import softened
from agent.grounding.unsupported import Source

ENGLISH = Source(
    "Startups raised more than $300 billion. About 40 companies took part. Revenue rose 35% in March.\n"
    "The firm plans to open a plant in August 2026 and expects to spend $7 billion. It opened a shop on April 7, 2026.",
    "en",
    date(2026, 4, 10),
)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("調達額は3,000億ドルを超えた。", []),
        ("調達額は3,000億ドルだった。", ["3,000億ドル (more than)"]),
        ("約40社が参加した。", []),
        ("40社が参加した。", ["40社 (about)"]),
        ("参加は40社", ["40社 (about)"]),
        ("売上高は35%増えた。", []),
        ("2026年8月に工場を開く計画だ。", []),
        ("2026年8月に工場を開いた。", ["2026年8月 (planned or expected)"]),
        ("70億ドルを投じる見込みである。", []),
        ("70億ドルを投じた。", ["70億ドル (planned or expected)"]),
        ("2026年4月7日に店を開いた。", []),
    ],
)
def test_bounds_and_hedges_are_carried(text: str, missing: list[str]) -> None:
    assert softened(text, "ja", [ENGLISH]) == missing


def test_one_source_that_says_it_plainly_is_enough() -> None:
    plain = Source("자금은 3000억 달러였다.", "ko", date(2026, 4, 10))
    assert softened("調達額は3,000億ドルだった。", "ja", [ENGLISH, plain]) == []


@pytest.mark.parametrize(
    ("text", "source", "language"),
    [
        ("2社が参加した。", "約2社が参加した。", "ja"),
        ("利用者100万人", "利用者100万人超。", "ja"),
        ("従業員は500人だ。", "従業員は500人規模だ。", "ja"),
        ("売上高は1億ドルだった。", "Revenue was $100 million plus.", "en"),
        ("売上高は1億ドルだった。", "매출은 1억 달러에 육박했다.", "ko"),
        ("売上高は1億ドルだった。", "Der Umsatz überstieg 100 Millionen Dollar.", "de"),
        ("売上高は1億ドルだった。", "Los ingresos superaron los 100 millones de dólares.", "es"),
    ],
)
def test_no_bound_is_lost_at_an_edge_or_in_a_verb(text: str, source: str, language: str) -> None:
    assert len(softened(text, "ja", [Source(source, language, date(2026, 4, 10))])) == 1


def test_without_a_source_there_is_nothing_to_compare() -> None:
    assert softened("40社が参加した。", "ja", []) == []

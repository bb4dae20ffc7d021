from datetime import date

import pytest

from agent.model import Precision
from agent.moments import display_moment, parse_moments

REFERENCE = date(2026, 4, 10)
Row = tuple[str, str, str, bool]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "2026年8月に期限", [("2026年8月", "2026-08-01", "month", False)]),
        ("ja", "8月までに", [("8月", "2026-08-01", "month", True)]),
        ("ja", "9日に公表", [("9日", "2026-04-09", "day", True)]),
        ("ja", "2月25日付", [("2月25日", "2026-02-25", "day", True)]),
        ("ja", "12月に", [("12月", "2025-12-01", "month", True)]),
        ("ja", "12月までに", [("12月", "2026-12-01", "month", True)]),
        ("ja", "25年9月から", [("25年9月", "2025-09-01", "month", False)]),
        ("ja", "2026年第3四半期の発売", [("2026年第3四半期", "2026-07-01", "quarter", False)]),
        ("ja", "2026年1～3月期", [("2026年1～3月期", "2026-01-01", "quarter", False)]),
        ("ja", "1～3月の出荷", [("1～3月", "2026-01-01", "quarter", True)]),
        ("ja", "11～3月の出荷", [("3月", "2026-03-01", "month", True)]),
        ("ja", "来年上半期", [("来年上半期", "2027-01-01", "half", True)]),
        ("ja", "昨年末に", [("昨年", "2025-01-01", "year", True)]),
        ("ja", "令和8年4月10日", [("令和8年4月10日", "2026-04-10", "day", False)]),
        ("ja", "5日間、4カ月、過去5年", []),
        ("ja", "それより15日多い期間、15日ほど、2日おき、3日早く、4日遅れで", []),
        ("ja", "15日早朝", [("15日", "2026-04-15", "day", True)]),
        ("ja", "2026年4月31日", []),
        ("ko", "2026년 3분기에", [("2026년 3분기", "2026-07-01", "quarter", False)]),
        ("ko", "내년 8월", [("내년 8월", "2027-08-01", "month", True)]),
        (
            "zh-Hant",
            "2026年第一季，明年",
            [("2026年第一季", "2026-01-01", "quarter", False), ("明年", "2027-01-01", "year", True)],
        ),
        ("en", "on April 7, 2026", [("April 7, 2026", "2026-04-07", "day", False)]),
        ("en", "published on 7 April", [("7 April", "2026-04-07", "day", True)]),
        ("en", "It lists on June 26. More follows.", [("June 26", "2026-06-26", "day", True)]),
        ("en", "It opens on May 3.", [("May 3", "2026-05-03", "day", True)]),
        (
            "en",
            "in June 26.5 million came, in May 4,000 left",
            [
                ("June", "2026-06-01", "month", True),
                ("May", "2026-05-01", "month", True),
            ],
        ),
        ("en", "by August, it may", [("August", "2026-08-01", "month", True)]),
        ("en", "Q3 2026", [("Q3 2026", "2026-07-01", "quarter", False)]),
        ("en", "the third quarter of 2026", [("third quarter of 2026", "2026-07-01", "quarter", False)]),
        (
            "en",
            "in 2027, next year",
            [("2027", "2027-01-01", "year", False), ("next year", "2027-01-01", "year", True)],
        ),
        ("en", "said on Tuesday", [("Tuesday", "2026-04-07", "day", True)]),
        ("en", "They may march 2,000 miles", []),
        (
            "de",
            "im August 2026, am 10. April",
            [("August 2026", "2026-08-01", "month", False), ("10. April", "2026-04-10", "day", True)],
        ),
        (
            "fr",
            "en août 2026, le 8 avril",
            [("août 2026", "2026-08-01", "month", False), ("8 avril", "2026-04-08", "day", True)],
        ),
        ("es", "el 7 de abril de 2026", [("7 de abril de 2026", "2026-04-07", "day", False)]),
    ],
)
def test_dates_are_read_against_the_articles_own(language: str, text: str, expected: list[Row]) -> None:
    found = parse_moments(text, language, REFERENCE)
    assert [(text[m.start : m.end], m.date.isoformat(), m.precision, m.relative) for m in found] == expected


@pytest.mark.parametrize(
    ("moment", "precision", "japanese", "english"),
    [
        ("2026-08-01", "month", "2026年8月", "August 2026"),
        ("2026-07-01", "quarter", "2026年第3四半期", "Q3 2026"),
        ("2026-04-07", "day", "2026年4月7日", "April 7, 2026"),
        ("2026-07-01", "half", "2026年下半期", "second half of 2026"),
        ("2027-01-01", "year", "2027年", "2027"),
    ],
)
def test_a_date_is_printed_with_its_precision(moment: str, precision: Precision, japanese: str, english: str) -> None:
    day = date.fromisoformat(moment)
    assert [display_moment(day, precision, lang) for lang in ("ja", "en")] == [japanese, english]

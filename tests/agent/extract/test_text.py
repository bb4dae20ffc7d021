from __future__ import annotations

import pytest

from agent.extract.text import clean, clean_line, clean_paragraphs, cut, weight


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("か\u3099", "が"),
        ("a\x00b\x07c\x9bd\x7fe", "abcde"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("ig\u200bno\u200dre\ufeff me\u00ad", "ignore me"),
        ("abc\u202edef\u2066ghi\u2069", "abcdefghi"),
        ("flag\U000e0041\U000e0042", "flag"),
        ("葛\U000e0100城", "葛城"),
        ("x\ud83dy", "xy"),
        ("全角　空白 €1 234", "全角　空白 €1 234"),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected
    assert clean(raw).encode("utf-8").decode() == expected


def test_lines_and_paragraphs() -> None:
    assert clean_line("  a \n b\u200b\tc ") == "a b c"
    assert clean_paragraphs(" a  b \n\n \u200b \n　c　d ") == "a b\nc　d"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [("ab\ncd", 10, "ab\ncd"), ("ab\ncd\nef", 6, "ab\ncd"), ("一。二。三。", 5, "一。二。"), ("abcdef", 4, "abcd")],
)
def test_cut(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


def test_weight_counts_cjk_twice() -> None:
    assert weight("ab漢字") == 6

from __future__ import annotations

import pytest

from evals.altering import altered, figures_in
from evals.keeping import is_pure, names_kept, numbers_kept


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ("It cost $2.5 billion in 14 countries.", "費用は25億ドル、14カ国。", [True, True]),
        ("It cost $2.5 billion in 14 countries.", "費用は25億円、15カ国。", [False, False]),
        ("Two points and 7 others.", "二点。", []),
    ],
)
def test_numbers_kept(source: str, target: str, kept: list[bool]) -> None:
    assert numbers_kept(source, "en", target, "ja") == kept


def test_only_names_that_the_reference_keeps_are_demanded() -> None:
    source, reference = "Google and TSMC use EXAONE 4.5.", "グーグルとTSMCはEXAONE 4.5を使う。"
    assert names_kept(source, reference, "グーグルとＴＳＭＣはEXANOE 4.5を使う。") == [True, False]


@pytest.mark.parametrize(
    ("text", "pure"),
    [
        ("TSMCの売上高は356億ドルだった。", True),
        ("台積電第一季營收成長35%，達356億美元。", False),
        ("매출은 356억 달러だった。", False),
        ("同社は the revenue of the company was high と述べた。", False),
        ("営業利益最高", True),
    ],
)
def test_script_purity(text: str, pure: bool) -> None:
    assert is_pure(text, "ja") is pure


@pytest.mark.parametrize(
    ("sentence", "language", "kinds"),
    [
        ("売上高は356億ドルだった。", "ja", {"number"}),
        ("2018年10月3日、投資額は356億ドルに達した。", "ja", {"number", "date"}),
        ("It opened on 3 October 2018.", "en", {"date"}),
        ("2点を挙げた。", "ja", set()),
    ],
)
def test_altered_sentences_differ_in_one_digit(sentence: str, language: str, kinds: set[str]) -> None:
    found = altered(sentence, language)
    assert set(found) == kinds
    assert figures_in(sentence, language) is bool(kinds)
    for changed in found.values():
        assert len(changed) == len(sentence)
        assert sum(a != b for a, b in zip(sentence, changed, strict=True)) == 1
    assert found == altered(sentence, language)

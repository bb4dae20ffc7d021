from __future__ import annotations

import pytest

from agent.extractive.cues import is_noise
from agent.extractive.terms import terms


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("国産半導体の需要が伸びる", "ja", {"国産", "半導体", "需要"}),
        ("14日午前2時44分、前年より3人多い", "ja", set()),
        ("地震と台風が発表された", "ja", {"地震", "台風"}),
        ("Rebellions ships wafers", "en", {"Rebellions", "ships", "wafers"}),
    ],
)
def test_words_that_may_name_a_subject(text: str, language: str, expected: set[str]) -> None:
    assert terms(text, language) == expected


@pytest.mark.parametrize(
    ("sentence", "noise"),
    [
        ("例示新聞『宮城県沖で地震』。", True),
        ("『新しい競馬場が開場』", True),
        ("映画『砂の女』で主演した。", False),
        ("続きを読む", True),
        ("彼は『砂の女』を読み、『羅生門』も読んだ。", False),
    ],
)
def test_a_reference_is_no_sentence_of_the_article(sentence: str, noise: bool) -> None:
    assert is_noise(sentence) is noise

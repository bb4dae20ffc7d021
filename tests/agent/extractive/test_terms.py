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
        ("Rebellions ships the wafers on Tuesday", "en", {"Rebellions", "ships", "wafers"}),
        (
            "Die Brücke wird am Dienstag mit Unterstützung der Stadt geöffnet",
            "de",
            {"Brücke", "Unterstützung"},
        ),
        ("La décision du premier ministre après l’été", "fr", {"décision"}),
        ("La confirmación del Supremo llegó después", "es", {"confirmación", "Supremo", "llegó"}),
        ("서울시는 목요일 반도체 공장을 지었다", "ko", {"서울시", "반도체", "공장"}),
        ("青岚科技发布了新款机器人，The Verge 报道", "zh-Hans", {"青岚科技", "新款机器", "Verge"}),
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

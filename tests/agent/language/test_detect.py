from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.language.detect import detect
from tests.agent.extract.pages import SENTENCES

TAGS = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "pt-BR": "pt"}


@pytest.mark.parametrize("language", SENTENCES)
def test_sentences(language: str) -> None:
    assert detect(SENTENCES[language]) == language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "und"),
        ("2026 – 35%", "und"),
        ("人工知能", "und"),
        ("AI・機械学習 Weekly Report", "ja"),
        ("オープンAIが新モデル", "ja"),
        ("経済産業省", "ja"),
        ("中国发布新规", "zh-Hans"),
        ("NVIDIA Blackwell 출시", "ko"),
        ("OpenAI launches a new model for developers", "en"),
        ("Компания объявила о начале производства", "ru"),
        ("बाजार में आज तेजी रही और निवेशक खुश", "hi"),
    ],
)
def test_short_texts(text: str, expected: str) -> None:
    assert detect(text) == expected


def test_chinese_with_a_few_kana_stays_chinese() -> None:
    assert detect(SENTENCES["zh-Hant"] * 3 + "（の）") == "zh-Hant"


@pytest.mark.parametrize(("whole", "floor"), [(True, 1.0), (False, 0.985)])
def test_news_in_sixteen_languages(shared_data: Path, whole: bool, floor: float) -> None:
    right = total = 0
    for line in (shared_data / "ntrex" / "ntrex_24docs_16langs.jsonl").read_text("utf-8").splitlines():
        for tag, sentences in json.loads(line).items():
            if isinstance(sentences, list):
                for text in [" ".join(sentences)] if whole else sentences:
                    total += 1
                    right += detect(text) == TAGS.get(tag, tag)
    assert right / total >= floor


def test_a_lone_surrogate_does_no_harm() -> None:
    assert detect("The plant opened\ud800 on Wednesday, and managers said that it employs many people.") == "en"

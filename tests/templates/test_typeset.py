"""Headings: where they may break."""

from __future__ import annotations

import re

import pytest

from templates.typeset import phrased


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("邊緣大模型平台Edgestar鎖定製造與半導體業", "zh-Hant", "Edgestar"),
        ("エージェントAIにおけるモデルコンテキストプロトコル（MCP）のセキュリティギャップ", "ja", "MCP"),
        ("クラウド大手8社の設備投資、26年は計7100億ドル超へ", "ja", "7100"),
    ],
)
def test_no_latin_word_or_number_is_cut_in_a_heading(text: str, language: str, word: str) -> None:
    html = str(phrased(text, language))
    pieces = [re.sub(r"<[^>]+>", "", piece) for piece in html.split("<wbr>")]
    assert "".join(pieces) == text
    assert len(pieces) > 1
    assert any(word in piece for piece in pieces)

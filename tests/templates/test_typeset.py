"""Where headings and running text may break."""

from __future__ import annotations

import re

import pytest

from templates.typeset import phrased, prose


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


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("提携を拡大 通信・保安は分担", ["提携を", "拡大 ", "通信・保安は", "分担"]),
        ("資金調達2526億ドル 1〜3月最高", ["資金調達2526億ドル ", "1〜3月最高"]),
        ("前年の同じ期間を上回る356億ドルの売上高", None),
        ("AI・データ連携・ワークフロー・セキュリティ・ガバナンスを搭載", None),
        ("疎な混合エキスパート「Marco-Nano」と「Marco-Mini」を公開", None),
    ],
)
def test_a_heading_breaks_between_phrases_and_after_spaces(text: str, pieces: list[str] | None) -> None:
    found = [re.sub(r"<[^>]+>", "", piece) for piece in str(phrased(text, "ja")).split("<wbr>")]
    assert pieces is None or found == pieces
    assert [piece for piece in found if piece[0] in "、。・」）" or piece[-1] in "「（"] == []
    assert "億ドル" not in text or any(re.search(r"\d億ドル", piece) for piece in found)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("売上高は356億ドル（約1兆1300億台湾ドル）。", ["356億ドル", "約1兆1300億台湾ドル"]),
        ("2026年1〜3月期は35%増", ["2026年", "1〜3月期"]),
        ("2026年4月9日に発表、8月2日まで、2026年8月の期限", ["2026年4月9日", "8月2日", "2026年8月"]),
        ("約4兆3,810億kWhと2〜3倍", ["約4兆3,810億kWh", "2〜3倍"]),
    ],
)
def test_a_number_stays_with_its_unit_its_range_and_its_bound(text: str, kept: list[str]) -> None:
    assert re.findall(r'<span class="nb">(.*?)</span>', str(prose(text))) == kept

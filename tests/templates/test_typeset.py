"""Where headings and running text may break."""

from __future__ import annotations

import re

import pytest

from templates.typeset import phrased, prose, split_tail, unbroken_korean


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
    found = [re.sub(r"<[^>]+>", "", piece) for piece in re.split(r"<wbr>|(?<= )(?=<)", str(phrased(text, "ja")))]
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
        ("Rund 221 Milliarden US-Dollar", ["221 Milliarden", "US-Dollar"]),
    ],
)
def test_a_number_stays_with_its_unit_its_range_and_its_bound(text: str, kept: list[str]) -> None:
    assert re.findall(r'<span class="nb">(.*?)</span>', str(prose(text))) == kept


@pytest.mark.parametrize(
    ("text", "head", "tail"),
    [
        ("새 기준은 내년부터 적용된다.", "새 기준은 내년부터 ", "적용된다."),
        ("Das gilt als größte Hürde.", "Das gilt als größte ", "Hürde."),
        ("新標準將自明年起實施。", "新標準將自明年起實", "施。"),
        ("أعلنت الشركة عن 12 مشروعا", "أعلنت الشركة عن 12 مشروعا", ""),
    ],
)
def test_the_end_of_a_sentence_is_kept_whole_for_its_citation(text: str, head: str, tail: str) -> None:
    assert split_tail(text) == (head, tail)


def test_korean_words_are_held_together_in_running_text_alone() -> None:
    page = "<title>한국</title><h2>한국 소식</h2><p title='국내'>국내 업계</p><p>가 日本</p>"
    joined = "<title>한국</title><h2>한국 소식</h2><p title='국내'>국⁠내 업⁠계</p><p>가 日本</p>"
    assert unbroken_korean(page) == joined
    assert unbroken_korean(f"<td>{'가' * 17}</td>") == f"<td>{'가' * 17}</td>"


def test_right_to_left_text_stays_in_one_piece() -> None:
    assert prose("أعلنت الشركة عن 12 مليون دولار") == "أعلنت الشركة عن 12 مليون دولار"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("今週の動向", '<span class="nb">今週の</span><wbr><span class="nb">動向</span>'),
        # Within a word of letters or a single character no line breaks.
        ("CPU", "CPU"),
        (
            "「Intel and Google widen their pact」を読む",
            '<span class="nb">「Intel</span> and Google widen their '
            '<span class="nb">pact」を</span><wbr><span class="nb">読む</span>',
        ),
        # A <wbr> after a space brings the page down in Chromium 156.
        (
            "「EXAONE 4.5」 330億件",
            '<span class="nb">「EXAONE</span> <span class="nb">4.5」</span> <span class="nb">330億件</span>',
        ),
    ],
)
def test_a_heading_has_no_more_elements_than_its_breaks_need(text: str, html: str) -> None:
    assert phrased(text, "ja") == html

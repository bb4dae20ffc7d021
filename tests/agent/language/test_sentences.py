import pytest

from agent.language.sentences import is_sentence, split


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ja",
            "「そうだ。次も。」と述べた。次の文だ！\n見出し\n最後。",
            ["「そうだ。次も。」と述べた。", "次の文だ！", "見出し", "最後。"],
        ),
        ("ja", "閉じない「括弧。次の文。", ["閉じない「括弧。", "次の文。"]),
        ("ja", "Qwen 2.5は速い。U.S. Steelも。", ["Qwen 2.5は速い。", "U.S. Steelも。"]),
        ("zh-Hant", "第一句。第二句？第三句", ["第一句。", "第二句？", "第三句"]),
        ("ko", '그는 "좋다."라고 했다. 4.5를 공개했다.', ['그는 "좋다."라고 했다.', "4.5를 공개했다."]),
        (
            "en",
            "The U.S. said 2.5 percent. Mr. Smith of Acme Inc. agreed. “Yes.” He left.",
            ["The U.S. said 2.5 percent.", "Mr. Smith of Acme Inc. agreed.", "“Yes.”", "He left."],
        ),
        ("en", "- a list item\n## Heading\nWe won! Twice?", ["a list item", "Heading", "We won!", "Twice?"]),
        (
            "de",
            "Am 10. April kam z. B. Herr Dr. Müller. Das war 2026. Danach nichts.",
            ["Am 10. April kam z. B. Herr Dr. Müller.", "Das war 2026.", "Danach nichts."],
        ),
        ("fr", "M. Dupont a dit « oui ». Il est parti.", ["M. Dupont a dit « oui ».", "Il est parti."]),
    ],
)
def test_a_text_is_cut_into_sentences(language: str, text: str, expected: list[str]) -> None:
    spans = split(text, language)
    assert [s.text for s in spans] == expected
    assert [text[s.start : s.end] for s in spans] == expected


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("終わった。", True),
        ("と述べた」。", True),
        ("見出し", False),
        ("| 地域 | 姿勢 |", False),
        ("A heading", False),
        ("Done.”", True),
    ],
)
def test_headings_and_table_rows_are_no_sentences(line: str, whole: bool) -> None:
    assert [is_sentence(span) for span in split(line, "ja")] == [whole]

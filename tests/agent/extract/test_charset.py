from __future__ import annotations

import pytest

from agent.extract.charset import decode, garbled
from tests.agent.extract.pages import article

DECLARED = ["", "text/html", "text/html; charset=iso-8859-1", "text/html; charset=gb2312", "text/html; charset=euc-kr",
            "text/html; charset=Shift_JIS", "text/html; charset=utf-8", "text/html; charset=nonsense"]  # fmt: skip


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize(
    ("language", "codec"),
    [
        ("ja", "cp932"), ("ja", "euc_jp"), ("ja", "iso2022_jp"), ("ja", "utf-8"), ("ja", "utf-16"), ("ja", "utf-16-le"),
        ("ja", "utf-8-sig"), ("ko", "cp949"), ("zh-Hans", "gb18030"), ("zh-Hant", "cp950"), ("zh-Hant", "utf-16-be"),
        ("de", "cp1252"), ("en", "ascii"),
    ],
)  # fmt: skip
def test_decodes_right_whatever_is_declared(language: str, codec: str, declared: str) -> None:
    page = article(language=language)
    assert decode(page.encode(codec), declared) == (page, True)


@pytest.mark.parametrize(
    ("text", "codec", "meta"),
    [
        ("ロシアの新聞", "koi8_r", ""),
        ("Привет, это новости о производстве новых микросхем в России", "koi8_r", "koi8-r"),
        ("Привет, это новости о производстве новых микросхем в России", "cp1251", "windows-1251"),
        ("Zażółć gęślą jaźń, powiedział wczoraj rzecznik przedsiębiorstwa", "iso8859_2", "iso-8859-2"),
    ][1:],
)
def test_other_sets_are_read_as_the_meta_element_declares(text: str, codec: str, meta: str) -> None:
    page = f"<meta charset='{meta}'><p>{text}</p>"
    assert decode(page.encode(codec)) == (page, True)


def test_nec_characters() -> None:
    text = "<p>第①四半期の決算を㈱例示が発表した。売上は№1だった。</p>"
    assert decode(text.encode("cp932")) == (text, True)
    escaped = b"<p>\x1b$B" + bytes(byte & 0x7F for byte in "これは第①のテスト".encode("euc_jis_2004")) + b"\x1b(B</p>"
    assert decode(escaped) == ("<p>これは第①のテスト</p>", True)


def test_bytes_of_no_character_set_are_not_trusted() -> None:
    _, trusted = decode(b"<p>" + bytes(range(128, 256)) * 20 + b"</p>")
    assert not trusted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ein Café in Zürich – naïve Âge", False),
        ("量産を始めた".encode().decode("cp1252", "ignore") * 5, True),
        ("The cafÃ© in ZÃ¼rich, naÃ¯ve, dÃ©jÃ  vu", True),
        ("broken \ufffd here", True),
    ],
)
def test_garbled(text: str, expected: bool) -> None:
    assert garbled(text) is expected

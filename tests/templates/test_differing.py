"""Where sources differ: both sides in every format, and nothing of it where they agree."""

from __future__ import annotations

import email
import re
from email.policy import default
from io import BytesIO

import pytest

from templates.edition import edition
from templates.render import ALL_FORMATS, render
from tests.templates.reports import sample_report, with_differences

TITLES = {"ja": "食い違い", "en": "Where sources differ"}


def _plain(name: str, body: bytes) -> str:
    if name.endswith(".eml"):
        message = email.message_from_bytes(body, policy=default)
        return "".join(str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text")
    if name.endswith(".pdf"):
        from pypdf import PdfReader

        return "".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if name.endswith((".docx", ".epub")):
        import zipfile

        with zipfile.ZipFile(BytesIO(body)) as archive:
            inside = [n for n in archive.namelist() if n.endswith(("document.xml", ".xhtml"))]
            return "".join(archive.read(n).decode() for n in inside)
    return body.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_both_sides_stand_in_every_format(language: str) -> None:
    pytest.importorskip("docx")
    pytest.importorskip("ebooklib")
    report = with_differences(sample_report(2, language))
    for name, body in render(report, ALL_FORMATS).items():
        text = "".join(re.sub(r"</?(?:span|wbr|a|small|strong)[^>]*>", "", _plain(name, body)).split())
        wanted = ["設備投資の額", "310億ドル", "280億ドル", "SecondWire", report.articles[0].outlet.replace(" ", "")]
        if not name.endswith(".json"):
            wanted.append(TITLES[language].replace(" ", ""))
        if not name.endswith(".rss"):
            wanted += ["投資額は310億ドルを超える。", "https://second.example/en/1"]
        assert [w for w in wanted if w not in text.replace("\\", "")] == [], name


def test_a_week_without_differences_has_no_such_part() -> None:
    report = sample_report(2)
    assert "differences" not in {section.anchor for section in edition(report).sections}
    files = render(report, ("html", "md", "txt", "eml", "rss"))
    assert [name for name, body in files.items() if TITLES["ja"] in _plain(name, body)] == []
    assert "differences" in {section.anchor for section in edition(with_differences(report)).sections}

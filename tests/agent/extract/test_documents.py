from __future__ import annotations

from io import BytesIO

import pytest

from agent.extract.documents import extract_document
from agent.model import Extracted
from tests.agent.extract.pages import article, fetched, paragraphs

BODY = "\n\n".join(paragraphs())
TEXT = "\n".join(paragraphs())


def read(body: str | bytes, name: str, content_type: str = "") -> Extracted:
    return extract_document(fetched(body, url=f"file:articles/{name}", content_type=content_type), "Asia/Tokyo")


def pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page that sets `lines` in Helvetica."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    stream = DecodedStreamObject()
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream.set_data(f"BT /F1 10 Tf 14 TL 40 760 Td {shown} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata(
        {"/Title": "Chip production begins", "/CreationDate": "D:20260410090000+09'00'", "/Author": "Jane Doe"}
    )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def summary(page: Extracted) -> tuple[str, str, str, str | None]:
    return page.title, page.published.isoformat() if page.published else "", page.text, page.problem


@pytest.mark.parametrize(
    ("body", "name", "expected"),
    [
        (f"---\ntitle: 'Chips begin'\ndate: 2026-04-10\nauthor: Jane\n---\n# Chips begin\n\n{BODY}\n", "a.md",
         ("Chips begin", "2026-04-10T12:00:00+09:00", TEXT, None)),
        (f"# Chips begin\n\n2026年4月10日\n\n{BODY}\n", "a.md",
         ("Chips begin", "2026-04-10T12:00:00+09:00", "2026年4月10日\n" + TEXT, None)),
        (f"Chips begin\n\n{BODY}\n", "a.txt", ("Chips begin", "", TEXT, None)),
        (f"Title\n\n**Bold** and [a link](https://x.example/) and ![i](x.png)`code`.\n\n{BODY}", "a.md",
         ("Title", "", "Bold and a link and code.\n" + TEXT, None)),
        ("Short\n\nNothing here.", "a.txt", ("Short", "", "Nothing here.", "too_short")),
        (article(), "a.html", ("Chip production begins", "", TEXT, None)),
        (article(), "a.txt", ("Chip production begins", "", TEXT, None)),
        ("<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "a.html", ("", "", "", "not_text")),
        (b"\x89PNG\r\n\x1a\n", "a.html", ("", "", "", "not_text")),
        (b"%PDF-1.7\nbroken", "a.pdf", ("", "", "", "parser_failed")),
    ],
)  # fmt: skip
def test_kinds(body: str | bytes, name: str, expected: tuple[str, str, str, str | None]) -> None:
    assert summary(read(body, name)) == expected


def test_wrapped_lines_are_joined_without_a_space_between_cjk_characters() -> None:
    body = "表題\n\n" + "同社は新しい半導体の\n量産を始めたと発表\nした。" * 12 + "\n\nThis is a wrapped\nEnglish line."
    assert read(body, "a.txt").text.startswith("同社は新しい半導体の量産を始めたと発表した。同社は")
    assert read(body, "a.txt").text.endswith("This is a wrapped English line.")


def test_pdf() -> None:
    page = read(pdf(paragraphs("en", 4)), "a.pdf")
    assert (page.title, page.author, page.problem) == ("Chip production begins", "Jane Doe", None)
    assert page.published is not None
    assert page.published.isoformat() == "2026-04-10T09:00:00+09:00"
    assert page.text.split("\n") == paragraphs("en", 4)


@pytest.mark.parametrize(("kind", "body"), [("plain", BODY), ("html", article())])
@pytest.mark.parametrize("codec", ["utf-8", "iso-2022-jp"])
def test_mail(kind: str, body: str, codec: str) -> None:
    raw = (
        "From: Example News <news@news.example>\r\nSubject: =?utf-8?B?44OB44OD44OX6YeP55Sj?=\r\n"
        f"Date: Fri, 10 Apr 2026 09:00:00 +0900\r\nContent-Type: text/{kind}; charset={codec}\r\n\r\n"
    ).encode() + body.encode(codec)
    page = read(raw, "a.eml")
    assert (page.title, page.author, page.problem) == ("チップ量産", "Example News", None)
    assert page.published is not None
    assert page.published.isoformat() == "2026-04-10T09:00:00+09:00"
    assert page.text == TEXT

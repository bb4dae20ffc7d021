"""Every format that a report can be had in: whole, well-formed, the same each time."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from lxml import etree
from lxml import html as lxml_html
from pypdf import PdfReader

from agent.errors import RenderError
from agent.report import Report
from templates.plain import width
from templates.render import ALL_FORMATS, PartlyRendered, render
from tests.templates.reports import sample_report
from tests.templates.test_render import PICTURE

OTHERS = ("epub", "docx", "txt", "eml", "rss")
_EPUBCHECK = os.environ.get("SHUHO_EPUBCHECK", "")


@pytest.fixture(scope="module")
def others(week: Report) -> Mapping[str, bytes]:
    return render(week, OTHERS, {"id001": PICTURE})


@pytest.fixture(scope="module")
def book(others: Mapping[str, bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(others["report.epub"]))


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _texts(others: Mapping[str, bytes], book: zipfile.ZipFile) -> dict[str, str]:
    docx = pytest.importorskip("docx").Document(BytesIO(others["report.docx"]))
    message = email.message_from_bytes(others["report.eml"], policy=default)
    plain: Any = message.get_body(("plain",))
    chapters = [etree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")]
    return {
        "docx": "".join("".join(node.itertext()) for node in docx.element.body),
        "txt": others["report.txt"].decode(),
        "eml": str(plain.get_content()),
        "epub": "".join("".join(chapter.itertext()) for chapter in chapters),
    }


def test_every_text_of_the_report_stands_in_every_whole_format(
    week: Report, others: Mapping[str, bytes], book: zipfile.ZipFile
) -> None:
    wanted = [text for a in week.articles for text in (a.title, a.summary, a.detail.main, a.detail.impact, a.url)]
    wanted += [s.text for s in (*week.trends, *week.outlook, *(s for c in week.categories for s in c.sentences))]
    wanted += [entry.what for entry in week.roadmap] + [gap.subject for gap in week.gaps]
    for form, text in _texts(others, book).items():
        bare = _bare(text)
        assert [w for w in wanted if _bare(w) not in bare] == [], form


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_same_report_gives_the_same_bytes(language: str) -> None:
    report = sample_report(2, language)
    first = render(report, OTHERS, {"id001": PICTURE})
    assert {name: body == first[name] for name, body in render(report, OTHERS, {"id001": PICTURE}).items()} == {
        f"report.{name}": True for name in OTHERS
    }


def test_the_book_holds_what_it_names_and_every_link_has_its_target(book: zipfile.ZipFile, week: Report) -> None:
    assert book.namelist()[0] == "mimetype"
    assert book.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
    package = etree.fromstring(book.read("EPUB/content.opf"))
    items = {f"EPUB/{href}" for href in package.xpath("//*[local-name()='item']/@href")}
    assert items == {name for name in book.namelist() if name.startswith("EPUB/")} - {"EPUB/content.opf"}
    pages = {name: etree.fromstring(book.read(name)) for name in items if name.endswith(".xhtml")}
    anchors = {f"{name}#{found}" for name, page in pages.items() for found in page.xpath("//@id")} | set(pages)
    for page in pages.values():
        links = {f"EPUB/{href}" for href in page.xpath("//@href") if not href.startswith("http")}
        assert links - anchors - {"EPUB/book.css"} == set()
        assert {f"EPUB/{src}" for src in page.xpath("//@src")} <= items
    assert len([name for name in pages if "article-" in name]) == len(week.articles)


@pytest.mark.skipif(not _EPUBCHECK, reason="SHUHO_EPUBCHECK names no epubcheck.jar")
@pytest.mark.parametrize("language", ["ja", "en"])
def test_epubcheck_finds_nothing(language: str, tmp_path: Path) -> None:
    path = tmp_path / "report.epub"
    path.write_bytes(render(sample_report(26, language), ("epub",), {"id001": PICTURE})["report.epub"])
    found = subprocess.run(["java", "-jar", _EPUBCHECK, path], capture_output=True, text=True, check=False)
    assert "No errors or warnings detected." in found.stdout, found.stdout + found.stderr


def test_the_text_keeps_to_its_columns_and_to_kinsoku(others: Mapping[str, bytes]) -> None:
    lines = others["report.txt"].decode().splitlines()
    long = [line for line in lines if width(line) > 78 and "://" not in line]
    assert [line for line in long if " " in line.strip(" -|")] == []
    assert [line for line in lines if re.match(r"[ |]*[、。」）％]", line)] == []
    assert lines[1] == "=" * width(lines[0])


def test_the_mail_is_multipart_and_asks_for_nothing(others: Mapping[str, bytes]) -> None:
    message = email.message_from_bytes(others["report.eml"], policy=default)
    assert message["Subject"] == "AI・機械学習 Weekly Report 2026-W15"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert max(len(line) for line in others["report.eml"].splitlines()) <= 998
    html: Any = message.get_body(("html",))
    assert re.findall(r"<(?:img|script|link|style)|url\(|src=", html.get_content()) == []
    # Its inks are for paper: a mail program must not set them on black.
    page = lxml_html.document_fromstring(html.get_content())
    assert page.xpath("string(//meta[@name='color-scheme']/@content)") == "light"
    assert "background-color:#ffffff" in page.body.get("style")


def test_the_feed_has_one_item(week: Report, others: Mapping[str, bytes]) -> None:
    item = ElementTree.fromstring(others["report.rss"]).find("channel/item")
    assert item is not None
    assert item.findtext("title") == "AI・機械学習 Weekly Report 2026-W15"
    assert item.findtext("guid") == "urn:shuho:ai-ml:2026-W15:1"
    assert item.findtext("pubDate") == "Sun, 12 Apr 2026 22:41:00 +0000"
    told = lxml_html.fromstring(f"<div>{item.findtext('description')}</div>")
    first = week.trends[0]
    cited = "".join(f" #{number:02d}" for number in first.articles)
    assert f"{first.text}{cited}" in told.text_content()
    assert [(a.text, a.get("href")) for a in told.iter("a")] == [(a.title, a.url) for a in week.articles]


@pytest.mark.parametrize(
    ("variant", "names"),
    [("ua", {"pdfuaid": "1"}), ("a", {"pdfaid": "3"})],
)
def test_the_pdf_says_which_standard_it_keeps(variant: Any, names: dict[str, str]) -> None:
    pdf = render(sample_report(1), ("pdf",), pdf_variant=variant)["report.pdf"]
    catalog: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    for prefix, part in names.items():
        assert re.search(rf"{prefix}:part[=>\"]+{part}", metadata), metadata
    assert ("/OutputIntents" in catalog) == (variant == "a")
    assert catalog["/MarkInfo"]["/Marked"] in (True, "true")


@pytest.mark.parametrize(
    ("library", "form"), [("ebooklib", "epub"), ("docx", "docx")], ids=["without EbookLib", "without python-docx"]
)
def test_a_missing_library_is_named_and_the_rest_is_written(
    library: str, form: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(PartlyRendered, match=r"pip install 'shuho\[formats\]'") as caught:
        render(sample_report(1), (form, "txt"))
    assert list(caught.value.files) == ["report.txt"]


@pytest.mark.parametrize(("n", "counted"), [(1, "1 article "), (2, "2 articles ")])
def test_english_counts_one_thing_as_one(n: int, counted: str) -> None:
    text = render(sample_report(n, "en"), ("txt",))["report.txt"].decode()
    assert f"| {counted}|" in text
    assert ("1 country |" in text or "1 country\n" in text) == (n == 1)


def test_control_characters_stop_no_format() -> None:
    one = sample_report(1)
    article = one.articles[0].model_copy(update={"title": "前\x00\x0b\x1f後"})
    files = render(one.model_copy(update={"articles": (article,)}), ALL_FORMATS)
    assert len(files) == len(ALL_FORMATS)
    ElementTree.fromstring(files["report.rss"])


def test_an_error_of_one_format_is_a_render_error() -> None:
    assert issubclass(PartlyRendered, RenderError)

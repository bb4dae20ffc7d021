"""Files, PDF and what is done when one cannot be written."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from io import BytesIO
from itertools import chain
from typing import Any

import pytest
from lxml import html as lxml_html
from pypdf import PdfReader

from agent.errors import RenderError
from agent.report import Report
from templates.edition import edition
from templates.render import PartlyRendered, render
from tests.templates.reports import sample_report

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _outline(items: Any, depth: int = 1) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for item in items:
        found.extend(_outline(item, depth + 1) if isinstance(item, list) else [(depth, str(item.title))])
    return found


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@pytest.fixture(scope="module")
def pdf_text(reader: PdfReader) -> str:
    return _squeezed("".join(page.extract_text() for page in reader.pages))


def test_every_format_is_written_under_its_name(files: Mapping[str, bytes]) -> None:
    assert sorted(files) == ["report.html", "report.json", "report.md", "report.pdf"]


def test_only_the_formats_asked_for_are_written(week: Report) -> None:
    assert sorted(render(week, ("md", "json"))) == ["report.json", "report.md"]


def test_the_json_reads_back_as_the_same_report(week: Report, files: Mapping[str, bytes]) -> None:
    text = files["report.json"].decode()
    assert Report.model_validate_json(text) == week
    assert list(json.loads(text)) == list(Report.model_fields)
    assert text.endswith("}\n")
    assert "機械学習" in text


def test_the_pdf_is_small_tagged_and_of_a_sane_length(files: Mapping[str, bytes], reader: PdfReader) -> None:
    catalog: Any = reader.trailer["/Root"]
    assert len(files["report.pdf"]) < 2_000_000
    assert 18 <= len(reader.pages) <= 32
    assert catalog["/MarkInfo"]["/Marked"] in (True, "true")
    assert catalog["/Lang"] == "ja"
    assert reader.metadata is not None
    assert reader.metadata.title == "AI・機械学習 Weekly Report 2026-W15"


def test_the_same_report_gives_the_same_pdf() -> None:
    report = sample_report(2)
    assert render(report, ("pdf",)) == render(report, ("pdf",))


def test_the_bookmarks_are_the_parts_and_the_articles(week: Report, reader: PdfReader) -> None:
    outline = _outline(reader.outline)
    issue = edition(week)
    assert [title for depth, title in outline if depth == 2] == [
        issue.words.contents,
        *(s.title for s in issue.sections),
    ]
    assert [title for depth, title in outline if depth == 3] == [
        f"{issue.number(a.number)} {a.title}" for a in week.articles
    ]


def test_only_the_two_bundled_fonts_are_used_and_both_are_embedded(reader: PdfReader) -> None:
    descriptors = [
        font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for sheet in reader.pages
        for font in (ref.get_object() for ref in sheet["/Resources"]["/Font"].values())  # type: ignore[index]
    ]
    assert {str(d["/FontName"]).split("+")[1] for d in descriptors} == {"Noto-Sans-CJK-JP", "Noto-Sans-CJK-JP-Bold"}
    assert all({"/FontFile2", "/FontFile3"} & set(d) for d in descriptors)


def test_the_text_of_every_article_extracts_back(week: Report, pdf_text: str) -> None:
    for article in week.articles:
        for text in (article.title, article.outlet, article.url):
            assert _squeezed(text) in pdf_text, (article.number, text)
    body = _bare(pdf_text)
    for article in week.articles:
        for sentence in (article.summary, article.detail.main.splitlines()[0], article.detail.impact):
            head = _bare(sentence)[:24]
            assert head in body, (article.number, head)


def test_every_synthesis_sentence_stands_in_the_pdf(week: Report, pdf_text: str) -> None:
    sentences = chain(week.trends, week.outlook, *(t.sentences for t in week.topics))
    body = _bare(pdf_text)
    assert [s.text for s in sentences if _bare(s.text)[:20] not in body] == []


def test_the_pdf_links_lead_to_pages_and_to_the_articles_own_addresses(week: Report, reader: PdfReader) -> None:
    annotations = [a.get_object() for sheet in reader.pages for a in sheet.get("/Annots", ())]
    uris = {str(a["/A"]["/URI"]) for a in annotations if "/URI" in a.get("/A", {})}
    allowed = {a.url for a in week.articles} | {o.url for a in week.articles for o in a.other_sources}
    assert uris == allowed
    targets = {str(a["/Dest"]) for a in annotations if "/Dest" in a}
    assert {f"a{a.number}" for a in week.articles} <= targets
    assert "trends-1" in targets


def test_rendering_logs_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        render(sample_report(20), ("pdf",))
    assert [record.getMessage() for record in caplog.records] == []


# Letters of further scripts may come from a font of the machine (`templates/system_fonts.py`), signs never do.
@pytest.mark.parametrize("text", ["😀", "\ue000", "\U0010fffd"])
def test_a_character_without_a_glyph_stops_the_pdf_and_nothing_else(text: str) -> None:
    one = sample_report(1)
    report = one.model_copy(update={"articles": (one.articles[0].model_copy(update={"title": text}),)})
    with pytest.raises(PartlyRendered, match=f"U\\+{ord(text[0]):04X}") as caught:
        render(report)
    assert sorted(caught.value.files) == ["report.html", "report.json", "report.md"]


def test_without_weasyprint_the_other_formats_come_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(RenderError, match="apt-get install libpango"):
        render(sample_report(1), ("pdf",))


def test_pictures_are_embedded_and_anything_else_is_left_out() -> None:
    report = sample_report(2)
    files = render(report, ("html", "pdf"), {"id001": PICTURE, "id002": b"<svg onload=x>"})
    page: Any = lxml_html.document_fromstring(files["report.html"].decode())
    assert [src[:22] for src in page.xpath("//img/@src")] == ["data:image/png;base64,"]
    pictures = {i.name for sheet in PdfReader(BytesIO(files["report.pdf"])).pages for i in sheet.images}
    assert len(pictures) == 1

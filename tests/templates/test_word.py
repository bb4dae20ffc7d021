"""The Word document: what a reader finds in it, and what Word needs to open and number it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from agent.report import Report
from templates.edition import edition
from templates.render import render
from tests.templates.reports import sample_report
from tests.templates.test_render import PICTURE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWINGS = ("week", "timeline", "day", "category", "language", "country")
_VALIDATOR = os.environ.get("SHUHO_OPENXML_AUDIT", "")


def _document(report: Report, pictures: Mapping[str, bytes] | None = None) -> Any:
    return pytest.importorskip("docx").Document(BytesIO(render(report, ("docx",), pictures)["report.docx"]))


@pytest.fixture(scope="module")
def document(week: Report) -> Any:
    return _document(week, {"id001": PICTURE})


def _instructions(root: Any) -> list[str]:
    return [str(code.text).strip() for code in root.iter(f"{W}instrText")]


def test_the_document_has_headings_bookmarks_and_links(week: Report, document: Any) -> None:
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.title for section in edition(week).sections]
    anchors = [mark.get(f"{W}name") for mark in document.element.iter(f"{W}bookmarkStart")]
    links = {link.get(f"{W}anchor") for link in document.element.iter(f"{W}hyperlink")} - {None}
    assert len(anchors) == len(set(anchors))
    assert links <= set(anchors)
    assert {f"a{a.number}" for a in week.articles} <= links
    external = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    assert external == {a.url for a in week.articles} | {o.url for a in week.articles for o in a.other_sources}
    assert document.core_properties.title == "AI・機械学習 Weekly Report 2026-W15"


def test_the_contents_name_every_part_and_article_with_a_field_for_its_page(week: Report, document: Any) -> None:
    lines = [p for p in document.paragraphs if p.style.name in ("toc 1", "toc 2")]
    told = [p.text.removesuffix("\t") for p in lines]
    marked = ("原文・英語", "原文・韓国語", "原文・繁体中国語", "原文・ドイツ語")
    titles = [f"#{a.number:02d} {a.title}" for a in week.articles]
    assert [t for t in told if t.startswith("#")] == [
        next(t for t in told if t == title or t in [f"{title} ({mark})" for mark in marked]) for title in titles
    ]
    assert [p.text.removesuffix("\t") for p in lines if p.style.name == "toc 1"] == [
        section.title for section in edition(week).sections
    ]
    anchors = {mark.get(f"{W}name") for mark in document.element.iter(f"{W}bookmarkStart")}
    for line in lines:
        [link] = line._p.iter(f"{W}hyperlink")
        assert _instructions(line._p) == [f"PAGEREF {link.get(f'{W}anchor')} \\h"]
        assert link.get(f"{W}anchor") in anchors
    assert document.settings.element.find(f"{W}updateFields") is not None


def test_every_page_but_the_cover_names_topic_week_and_page(document: Any) -> None:
    [section] = document.sections
    foot = section.footer.paragraphs[0]
    assert foot.text == "AI・機械学習 Weekly Report · 2026年 第15週\t2 / "
    assert _instructions(foot._p) == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == "AI・機械学習 Weekly Report"
    assert section.different_first_page_header_footer
    assert section.first_page_footer.paragraphs[0].text == ""


@pytest.mark.parametrize(
    ("language", "named", "font"),
    [
        ("ja", {"val": "en-US", "eastAsia": "ja-JP"}, "Yu Gothic"),
        ("en", {"val": "en-US"}, "Yu Gothic"),
        ("ko", {"val": "en-US", "eastAsia": "ko-KR"}, "Malgun Gothic"),
        ("zh-Hant", {"val": "en-US", "eastAsia": "zh-TW"}, "Microsoft JhengHei"),
        ("de", {"val": "de-DE"}, "Yu Gothic"),
    ],
)
def test_the_document_is_in_its_language(language: str, named: dict[str, str], font: str) -> None:
    document = _document(sample_report(1, language))
    [lang] = document.styles.element.find(f"{W}docDefaults").iter(f"{W}lang")
    assert {key.removeprefix(W): value for key, value in lang.attrib.items()} == named
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert (fonts.get(f"{W}ascii"), fonts.get(f"{W}eastAsia")) == ("Arial", font)


def test_a_foreign_quote_has_its_language_and_font(week: Report, document: Any) -> None:
    found = {
        run.text: (run._r.rPr.find(f"{W}lang").attrib, run._r.rPr.rFonts.get(f"{W}eastAsia"))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run._r.rPr is not None and run._r.rPr.find(f"{W}lang") is not None
    }
    korean = next(a.original_title for a in week.articles if a.language == "ko" and a.text_language == "ja")
    assert found[korean] == ({f"{W}val": "en-US", f"{W}eastAsia": "ko-KR"}, "Malgun Gothic")


def test_every_drawing_is_there_as_svg_and_as_the_same_png_with_its_words(week: Report, document: Any) -> None:
    shapes = list(
        document.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline")
    )
    assert len(shapes) == len(_DRAWINGS) + 1
    accent = tuple(bytes.fromhex(edition(week).accent[0].removeprefix("#")))
    for name, shape in zip(_DRAWINGS, shapes[:-1], strict=True):
        embed = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
        png, svg = (document.part.rels[node.get(embed)].target_part for node in shape.iter() if node.get(embed))
        root = etree.fromstring(svg.blob)
        title = root.findtext("{http://www.w3.org/2000/svg}title")
        assert (svg.partname, svg.content_type) == (f"/word/media/drawing-{name}.svg", "image/svg+xml")
        assert shape.docPr.get("descr") == title != ""
        picture = Image.open(BytesIO(png.blob)).convert("RGB")
        assert picture.size == (2 * round(float(root.get("width"))), 2 * round(float(root.get("height"))))
        bars = [e for e in root if e.get("class") == "bar" and e.tag.endswith("rect") and not e.get("stroke")]
        middles = [
            (float(e.get("x")) + float(e.get("width")) / 2, float(e.get("y")) + float(e.get("height")) / 2)
            for e in bars
        ]
        assert {picture.getpixel((int(2 * x), int(2 * y))) for x, y in middles} == ({accent} if bars else set())
        assert picture.getpixel((picture.width - 1, 0)) == (255, 255, 255) or name == "week"
    assert shapes[-1].docPr.get("descr") == week.articles[0].title


def test_a_report_without_dates_and_figures_has_no_drawing_of_them() -> None:
    document = _document(sample_report(1, roadmap=(), key_figures=()))
    media = {str(rel.target_part.partname) for rel in document.part.rels.values() if "/image" in rel.reltype}
    assert {name for name in media if name.endswith(".svg")} == {
        f"/word/media/drawing-{name}.svg" for name in _DRAWINGS if name != "timeline"
    }


@pytest.mark.skipif(not _VALIDATOR, reason="SHUHO_OPENXML_AUDIT names no openxml-audit program")
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_validator_finds_nothing(language: str, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(render(sample_report(26, language), ("docx",), {"id001": PICTURE})["report.docx"])
    command = [_VALIDATOR, "--format", "office2019", "--max-errors", "0", path]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Errors: 0" in found.stdout, found.stdout + found.stderr

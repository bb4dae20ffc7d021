"""A report as a Word document: real headings, lists and tables, links both ways, the language of every foreign text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from templates.archive import missing_library, timeless
from templates.blocks import Heading, Line, Paragraph, Picture, Points, Table, Text, blocks
from templates.charts import em
from templates.edition import Edition
from templates.typeset import legal

if TYPE_CHECKING:
    from docx.document import Document

_FONTS = {"ja": "Yu Gothic", "ko": "Malgun Gothic", "zh": "Microsoft YaHei"}
_SIZES = {"Title": 26, "Heading 1": 17, "Heading 2": 13, "Heading 3": 10.5}
_PICTURE_MM = 110
_LINE_MM = 160


def word_document(issue: Edition, pictures: Mapping[str, bytes]) -> bytes:
    """Return the .docx file. Raises RenderError when python-docx is not installed."""
    try:
        import docx
    except ImportError:
        raise missing_library("DOCX", "python-docx") from None
    document: Document = docx.Document()
    _dress(document, issue)
    writer = _Writer(document, pictures)
    for block in blocks(issue):
        writer.add(block)
    out = BytesIO()
    document.save(out)
    return timeless(out.getvalue())


class _Writer:
    """Puts blocks into a document, one after the other."""

    def __init__(self, document: Document, pictures: Mapping[str, bytes]) -> None:
        self._document = document
        self._pictures = pictures
        self._anchors = 0

    def add(self, block: object) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            paragraph = self._document.add_paragraph(style="Intense Quote" if block.notice else None)
            self._line(paragraph, block.line)
        elif isinstance(block, Points):
            for line in block.lines:
                self._line(self._document.add_paragraph(style="List Bullet"), line)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Picture) and block.article in self._pictures:
            self._picture(block)

    def _heading(self, block: Heading) -> None:
        paragraph = self._document.add_heading(level=block.level - 1)
        if block.anchor:
            self._anchors += 1
            name = {"w:id": str(self._anchors), "w:name": _bookmark(block.anchor)}
            paragraph._p.append(_element("w:bookmarkStart", name))
        self._line(paragraph, block.line)
        if block.anchor:
            paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(self._anchors)}))

    def _table(self, block: Table) -> None:
        table = self._document.add_table(rows=1, cols=len(block.head), style="Table Grid")
        table.autofit = False
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", {"w:val": "true"}))
        for cell, name in zip(table.rows[0].cells, block.head, strict=True):
            self._line(cell.paragraphs[0], (Text(name, "strong"),))
        for row in block.rows:
            for cell, line in zip(table.add_row().cells, row, strict=True):
                self._line(cell.paragraphs[0], line)
        for column, width in zip(table.columns, _widths(block), strict=True):
            # Word reads the cells' width, LibreOffice the column's.
            column.width = width
            for cell in column.cells:
                cell.width = width
        self._document.add_paragraph()

    def _picture(self, block: Picture) -> None:
        from docx.shared import Mm

        shape = self._document.add_picture(BytesIO(self._pictures[block.article]), width=Mm(_PICTURE_MM))
        shape._inline.docPr.set("descr", legal(block.alt))
        self._line(self._document.add_paragraph(style="Caption"), (Text(block.credit),))

    def _line(self, paragraph: Any, line: Line) -> None:
        for text in line:
            run = paragraph.add_run(legal(text.text))
            run.bold = text.style == "strong" or None
            run.italic = text.style == "quiet" or None
            if text.language:
                tongue = dict.fromkeys(("w:val", "w:eastAsia", "w:bidi"), text.language)
                run._r.get_or_add_rPr().append(_element("w:lang", tongue))
            if text.target:
                _link(paragraph, run, text.target)


def _widths(table: Table) -> list[Any]:
    """Share the line out among the columns by their longest text; one is at least a sixth of it, at most two thirds."""
    from docx.shared import Mm

    rows = [[name, *("".join(text.text for text in row[i]) for row in table.rows)] for i, name in enumerate(table.head)]
    longest = [max(map(em, column)) for column in rows]
    shares = [min(max(length / sum(longest), 0.16), 0.67) for length in longest]
    return [Mm(round(_LINE_MM * share / sum(shares), 1)) for share in shares]


def _link(paragraph: Any, run: Any, target: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE

    if target.startswith("#"):
        where = {"w:anchor": _bookmark(target[1:]), "w:history": "1"}
    else:
        where = {"r:id": paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)}
    hyperlink = _element("w:hyperlink", where)
    paragraph._p.append(hyperlink)
    hyperlink.append(run._r)
    run.font.underline = True


def _bookmark(anchor: str) -> str:
    return anchor.replace("-", "_")


def _element(name: str, attributes: Mapping[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _dress(document: Document, issue: Edition) -> None:
    """Set paper, fonts, language, running head, page number and metadata."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.header.paragraphs[0].text = legal(f"{issue.report.title} {issue.words.weekly} · {issue.week_name}")
    _page_number(section.footer.paragraphs[0])
    _styles(document, issue)
    written: datetime = issue.written.replace(tzinfo=None)
    core = document.core_properties
    core.title = legal(f"{issue.report.title} {issue.words.weekly} {issue.report.week.iso}")[:255]
    core.author = core.last_modified_by = legal(issue.report.method.program)[:255]
    core.language = issue.report.language
    core.comments = ""
    core.created = core.modified = written


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = _element("w:fldSimple", {"w:instr": "PAGE"})
    paragraph._p.append(field)


def _styles(document: Document, issue: Edition) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    wide = _FONTS.get(issue.report.language.split("-")[0].lower(), "Yu Gothic")
    accent = RGBColor.from_string(issue.accent[0].lstrip("#").upper())
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Intense Quote", "Caption"):
        style: Any = document.styles[name]
        style.font.name = "Arial"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), wide)
        if name in _SIZES:
            style.font.size = Pt(_SIZES[name])
        if name != "Normal":
            style.font.color.rgb = accent if name.startswith("Heading") else RGBColor(0x15, 0x17, 0x1C)
            style.font.italic = False
    body: Any = document.styles["Normal"]
    body.font.size = Pt(10)
    language = issue.report.language
    tongue = {"w:val": language, "w:eastAsia": language}
    body.element.get_or_add_rPr().append(_element("w:lang", tongue))

"""A report as a Word document: headings, contents with pages, drawings, links both ways, every text's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from templates.archive import missing_library, timeless
from templates.blocks import Block, Cards, Contents, Drawn, Heading, Line, Paragraph, Picture, Points, Table, Text
from templates.blocks_report import blocks
from templates.charts import em, fit
from templates.drawings import Drawing, drawings
from templates.edition import Edition
from templates.typeset import legal
from templates.word_elements import (
    Entry,
    add_drawing,
    add_picture,
    bookmark_name,
    contents,
    element,
    flush,
    link,
    rule,
)
from templates.word_styles import LINE_MM, SOFT, accent, dress, tongue, wide_font

if TYPE_CHECKING:
    from docx.document import Document

_PICTURE_MM, _TALLEST_MM = 90, 60
_ABREAST = 3
# Rows of a table that is kept on one page.
_LONGEST_WHOLE = 12
# A figure of each length stays on one line of its cell.
_FIGURE_SIZES = {"": 17, "long": 14, "longer": 11.5}
# What a table's text takes in width, in millimetres: a wide character, the cell's margins, a column that may break.
_EM_MM, _CELL_MM, _NARROW_MM = 3.6, 4.5, 60.0


def word_document(issue: Edition, pictures: Mapping[str, bytes]) -> bytes:
    """Return the .docx file. Raises RenderError when python-docx or the drawings' font is not installed."""
    try:
        import docx
    except ImportError:
        raise missing_library("DOCX", "python-docx") from None
    document: Document = docx.Document()
    dress(document, issue)
    writer = _Writer(document, pictures, issue)
    writer.write(tuple(blocks(issue)))
    out = BytesIO()
    document.save(out)
    return timeless(out.getvalue())


class _Writer:
    """Puts blocks into a document, one after the other."""

    def __init__(self, document: Document, pictures: Mapping[str, bytes], issue: Edition) -> None:
        self._document = document
        self._pictures = pictures
        self._issue = issue
        self._drawings: Mapping[str, Drawing] = drawings(issue)
        self._anchors = 0
        self._entries: Sequence[Entry] = ()

    def write(self, row: Sequence[Block]) -> None:
        """Write all blocks; the contents name those that follow them."""
        self._entries = tuple(_entries(row))
        for block in row:
            self._add(block)

    def _add(self, block: Block) -> None:
        set_block: Mapping[type[Block], Callable[[Any], None]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Contents: self._contents,
            Cards: self._cards,
            Points: self._points,
            Table: self._table,
            Drawn: self._draw,
            Picture: self._picture,
        }
        set_block[type(block)](block)

    def _contents(self, block: Contents) -> None:
        for entry in contents(self._entries):
            self._document.element.body.sectPr.addprevious(entry)

    def _points(self, block: Points) -> None:
        for line in block.lines:
            self._line(self._document.add_paragraph(style="Small List" if block.small else "List Bullet"), line)

    def _heading(self, block: Heading) -> None:
        if block.anchor == "contents":
            paragraph: Any = self._document.add_paragraph(style="TOC Heading")
        else:
            paragraph = self._document.add_heading(level=block.level - 1)
        # The part after the contents begins on a page of its own.
        paragraph.paragraph_format.page_break_before = True if block.anchor == "trends" else None
        self._anchors += 1
        mark = {"w:id": str(self._anchors), "w:name": _bookmark(block, self._anchors)}
        paragraph._p.append(element("w:bookmarkStart", mark))
        self._line(paragraph, block.line)
        paragraph._p.append(element("w:bookmarkEnd", {"w:id": str(self._anchors)}))

    def _paragraph(self, block: Paragraph) -> None:
        style = "Intense Quote" if block.notice else "Small" if block.small else None
        paragraph = self._document.add_paragraph(style=style)
        # The facts of an article stand with its text.
        paragraph.paragraph_format.keep_with_next = True if block.small else None
        self._line(paragraph, block.line)

    def _cards(self, block: Cards) -> None:
        """Set figures three abreast: each in a cell of its own, read from left to right."""
        from docx.shared import Mm, Pt

        rows = -(-len(block.lines) // _ABREAST)
        smaller = "long" if any(fit(line[0].text) for line in block.lines) else ""
        table = self._document.add_table(rows=rows, cols=_ABREAST)
        for i, line in enumerate(block.lines):
            cell = table.cell(i // _ABREAST, i % _ABREAST)
            cell.width = Mm(LINE_MM / _ABREAST)
            figure = cell.paragraphs[0]
            figure.style = self._document.styles["Figure"]
            self._line(figure, line[:1])
            figure.runs[0].font.size = Pt(_FIGURE_SIZES[fit(line[0].text) or smaller])
            self._line(cell.add_paragraph(style="Small"), (Text(line[1].text.lstrip()), *line[2:]))
        self._close(table)

    def _table(self, block: Table) -> None:
        table = self._document.add_table(rows=1, cols=len(block.head))
        table.autofit = False
        table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
        for cell, name in zip(table.rows[0].cells, block.head, strict=True):
            self._cell(cell, (Text(name, "strong"),))
        for row in block.rows:
            for cell, line in zip(table.add_row().cells, row, strict=True):
                self._cell(cell, line)
        for column, width in zip(table.columns, _widths(block), strict=True):
            # Word reads the cells' width, LibreOffice the column's.
            column.width = width
            for cell in column.cells:
                cell.width = width
        rule(table)
        if len(block.rows) <= _LONGEST_WHOLE:
            for row in table.rows[:-1]:
                row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        self._close(table)

    def _close(self, table: Any) -> None:
        """Leave room below a table: one that follows at once would count as its continuation."""
        from docx.shared import Pt

        flush(table)
        below = self._document.add_paragraph().paragraph_format
        below.space_after, below.line_spacing = Pt(0), Pt(8)

    def _cell(self, cell: Any, line: Line) -> None:
        cell.paragraphs[0].style = self._document.styles["Table Text"]
        self._line(cell.paragraphs[0], line)

    def _draw(self, block: Drawn) -> None:
        """Set drawings side by side; one that the report has no numbers for is left out."""
        from docx.shared import Mm

        found = [(name, self._drawings[name]) for name in block.names if name in self._drawings]
        if not found:
            return
        table = self._document.add_table(rows=1, cols=len(found))
        table.autofit = False
        for cell, (name, drawing) in zip(table.rows[0].cells, found, strict=True):
            cell.width = Mm(LINE_MM / len(found))
            paragraph = cell.paragraphs[0]
            if drawing.title:
                self._line(paragraph, (Text(drawing.title, "strong"),))
                paragraph = cell.add_paragraph()
            add_drawing(paragraph.add_run(), name, drawing, Mm(LINE_MM / len(found) - _CELL_MM))
        self._close(table)
        if block.names == ("week",):
            self._line(self._document.add_paragraph(style="Caption"), (Text(self._issue.words.cover_note),))

    def _picture(self, block: Picture) -> None:
        from docx.shared import Mm

        if block.article not in self._pictures:
            return
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = add_picture(paragraph.add_run(), self._pictures[block.article], block.alt, Mm(_PICTURE_MM))
        if shape.height > Mm(_TALLEST_MM):
            shape.width, shape.height = round(shape.width * Mm(_TALLEST_MM) / shape.height), Mm(_TALLEST_MM)
        self._line(self._document.add_paragraph(style="Caption"), (Text(block.credit),))

    def _line(self, paragraph: Any, line: Line) -> None:
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        for text in line:
            run = paragraph.add_run(legal(text.text))
            run.bold = text.style == "strong" or None
            if text.style == "quiet":
                # Not slanted: East Asian type has no italics.
                run.bold, run.font.color.rgb = False, RGBColor.from_string(SOFT)
            if text.language:
                properties = run._r.get_or_add_rPr()
                properties.get_or_add_rFonts().set(qn("w:eastAsia"), wide_font(text.language))
                properties.append(tongue(text.language))
            if text.target:
                self._mark_link(run, text.text)
                link(paragraph, run, text.target)

    def _mark_link(self, run: Any, text: str) -> None:
        """Underline a link; an article's number is known for one by its sign and weight."""
        if text.startswith("#"):
            run.bold, run.font.color.rgb = True, accent(self._issue)
        else:
            run.font.underline = True


def _entries(row: Sequence[Block]) -> Iterator[Entry]:
    """Name the headings that the contents list, with the bookmarks that `_heading` gives them."""
    headings = [block for block in row if isinstance(block, Heading)]
    for i, heading in enumerate(headings, 1):
        if heading.level in (2, 3) and heading.anchor not in ("", "contents"):
            text = "".join(text.text for text in heading.line if not text.target).strip()
            yield Entry(heading.level - 1, text, _bookmark(heading, i))


def _bookmark(heading: Heading, number: int) -> str:
    return bookmark_name(heading.anchor) if heading.anchor else f"heading_{number}"


def _widths(table: Table) -> list[Any]:
    """Give a narrow column the width of its longest text, so that no date breaks; the others share what is left."""
    from docx.shared import Mm

    rows = [[name, *("".join(text.text for text in row[i]) for row in table.rows)] for i, name in enumerate(table.head)]
    needed = [max(map(em, column)) * _EM_MM + _CELL_MM for column in rows]
    wide = sum(width for width in needed if width > _NARROW_MM)
    left = LINE_MM - sum(width for width in needed if width <= _NARROW_MM)
    return [Mm(round(width if width <= _NARROW_MM else left * width / wide, 1)) for width in needed]

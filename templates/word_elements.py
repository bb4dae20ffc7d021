"""Word's mechanisms that python-docx has no words for: fields, links, the contents, drawings, rules of tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from templates.drawings import Drawing
from templates.typeset import legal

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


@dataclass(frozen=True)
class Entry:
    """A line of the contents: level 1 or 2, the heading's text and the bookmark on it."""

    level: int
    text: str
    bookmark: str


def element(name: str, attributes: Mapping[str, str] | None = None, *children: Any) -> Any:
    """Return an element by its prefixed name, as in `w:lang`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key) if ":" in key else key, value)
    made.extend(children)
    return made


def text_run(text: str) -> Any:
    """Return a run without properties."""
    run = element("w:r")
    run.text = legal(text)
    return run


def field(instruction: str, shown: str) -> tuple[Any, ...]:
    """Return the runs of a field; Word puts its own result in place of `shown`."""
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    return (_mark("begin"), element("w:r", None, code), _mark("separate"), text_run(shown), _mark("end"))


def _mark(kind: str) -> Any:
    return element("w:r", None, element("w:fldChar", {"w:fldCharType": kind}))


def contents(entries: Iterable[Entry]) -> list[Any]:
    """Return the lines of the contents, each a link to its heading that ends with a field for its page.

    Not as a TOC field: of that LibreOffice shows no page before a person asks for it, and Word works both out at once.
    """
    return [_line(entry) for entry in entries]


def _line(entry: Entry) -> Any:
    style = element("w:pPr", None, element("w:pStyle", {"w:val": f"TOC{entry.level}"}))
    page = field(f"PAGEREF {entry.bookmark} \\h", "")
    runs = (text_run(entry.text), element("w:r", None, element("w:tab")), *page)
    return element("w:p", None, style, element("w:hyperlink", {"w:anchor": entry.bookmark, "w:history": "1"}, *runs))


def link(paragraph: Any, run: Any, target: str) -> None:
    """Put `run`, the last of `paragraph`, into a link to a web address or, after `#`, to a bookmark."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    if target.startswith("#"):
        where = {"w:anchor": bookmark_name(target[1:]), "w:history": "1"}
    else:
        where = {"r:id": paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)}
    hyperlink = element("w:hyperlink", where)
    paragraph._p.append(hyperlink)
    hyperlink.append(run._r)


def bookmark_name(anchor: str) -> str:
    """Return an anchor as a name that Word allows."""
    return anchor.replace("-", "_")


def add_drawing(run: Any, name: str, drawing: Drawing, width: Any) -> None:
    """Add a drawing that Word shows as SVG and older programs as PNG, with its words as alternative text."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.ns import qn
    from lxml import etree

    shape = add_picture(run, drawing.png, drawing.alt, width)
    part = Part(PackURI(f"/word/media/drawing-{name}.svg"), "image/svg+xml", drawing.svg, run.part.package)
    extension = element("a:ext", {"uri": _SVG_EXTENSION})
    blip = etree.SubElement(extension, f"{{{_SVG_SPACE}}}svgBlip", nsmap={"asvg": _SVG_SPACE})
    blip.set(qn("r:embed"), run.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))
    shape._inline.graphic.graphicData.pic.blipFill.blip.append(element("a:extLst", None, extension))


def add_picture(run: Any, body: bytes, alt: str, width: Any) -> Any:
    """Add a JPEG or PNG with its alternative text and return its shape."""
    shape = run.add_picture(BytesIO(body), width=width)
    shape._inline.docPr.set("descr", legal(alt))
    for side in ("distT", "distB", "distL", "distR"):
        # Without them LibreOffice leaves room around it, and cuts off what that pushes out of a cell.
        shape._inline.set(side, "0")
    return shape


def rule(table: Any) -> None:
    """Rule a table as on paper: lines between the rows, none between the columns."""
    edges = {"w:val": "single", "w:sz": "6", "w:space": "0", "w:color": "15171C"}
    inner = {**edges, "w:sz": "4", "w:color": "C9CCD2"}
    named = (("w:top", edges), ("w:bottom", edges), ("w:insideH", inner))
    _insert(table, element("w:tblBorders", None, *(element(name, line) for name, line in named)))


def flush(table: Any) -> None:
    """Begin a table's text at the margin, where all other text begins, and let no page's end cut a row."""
    sides = (element(f"w:{side}", {"w:w": width, "w:type": "dxa"}) for side, width in (("left", "0"), ("right", "170")))
    _insert(table, element("w:tblCellMar", None, *sides))
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))


def _insert(table: Any, properties: Any) -> None:
    order = ("w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    later = order[order.index(f"w:{properties.tag.partition('}')[2]}") + 1 :]
    table._tbl.tblPr.insert_element_before(properties, *later)

"""The drawings of a report as files of their own: SVG, and the same as PNG for programs that cannot show SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from agent.errors import RenderError
from templates.edition import Edition
from templates.fonts import font
from templates.page import INK
from templates.theme import Theme
from templates.typeset import legal

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

_SVG = "{http://www.w3.org/2000/svg}"
_SCALE = 2
_FINER = 2
"""Pillow draws shapes without soft edges: they are drawn this much larger and made smaller."""


@dataclass(frozen=True)
class Drawing:
    """One drawing; `title` stands above it on the page, `alt` says in words what it shows."""

    svg: bytes
    png: bytes
    title: str
    alt: str


def drawings(issue: Edition) -> Mapping[str, Drawing]:
    """Return the drawings by name: week, timeline (when there is a roadmap), day, category, country, language.

    They are drawn from the program's own `charts.html.j2`, not a theme's: the PNG knows only what that draws.
    Raises RenderError when the font is not installed.
    """
    from lxml import etree

    ink = {**INK, "accent": issue.accent[0]}
    page = Theme().fill("drawings.html.j2", ed=issue, w=issue.words, r=issue.report, ink=ink, paged=True)
    root = etree.fromstring(legal(page).strip())
    return {str(found.get("key")): _drawing(found) for found in root}


def _drawing(found: Any) -> Drawing:
    from lxml import etree

    svg = next(found.iter(f"{_SVG}svg"))
    etree.cleanup_namespaces(svg)
    svg.tail = None
    source = etree.tostring(svg, encoding="utf-8", xml_declaration=True)
    return Drawing(source, _png(svg), found.findtext(".//figcaption") or "", svg.findtext(f"{_SVG}title") or "")


def _png(svg: Any) -> bytes:
    """Draw the elements that `charts.html.j2` makes: rectangles, lines, circles and texts."""
    from PIL import Image, ImageDraw

    zoom = _SCALE * _FINER
    size = (round(float(svg.get("width")) * zoom), round(float(svg.get("height")) * zoom))
    canvas = Image.new("RGB", size, INK["paper"])
    pen = ImageDraw.Draw(canvas)
    for element in svg:
        if isinstance(element.tag, str) and element.tag != f"{_SVG}title":
            _draw(pen, element, zoom)
    out = BytesIO()
    small = canvas.resize((size[0] // _FINER, size[1] // _FINER), Image.Resampling.BOX)
    # A few inks and their shades: 64 colours are enough, for a third of the bytes.
    small.quantize(64, Image.Quantize.MEDIANCUT).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(pen: ImageDraw.ImageDraw, element: Any, zoom: int) -> None:
    def at(name: str) -> float:
        return float(element.get(name, "0")) * zoom

    fill, stroke = element.get("fill"), element.get("stroke")
    thick = max(round(at("stroke-width")), 1)
    match element.tag.removeprefix(_SVG):
        case "rect":
            out = at("stroke-width") / 2 if stroke else 0.0
            box = (at("x") - out, at("y") - out, at("x") + at("width") + out - 1, at("y") + at("height") + out - 1)
            pen.rounded_rectangle(box, at("rx") + out if element.get("rx") else 0, fill, stroke, thick if stroke else 0)
        case "line":
            pen.line((at("x1"), at("y1"), at("x2"), at("y2")), stroke, thick)
        case "circle":
            x, y, r = at("cx"), at("cy"), at("r")
            pen.ellipse((x - r, y - r, x + r, y + r), fill)
        case "text":
            anchor = {"start": "ls", "middle": "ms", "end": "rs"}[element.get("text-anchor", "start")]
            face = _face(int(element.get("font-weight", "400")), round(at("font-size")))
            pen.text((at("x"), at("y")), element.text or "", fill, face, anchor)
        case name:
            raise RenderError(f"DOCX: a drawing holds <{name}>, which cannot be drawn as PNG")


@lru_cache(maxsize=16)
def _face(weight: int, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(BytesIO(font(weight)), size)

"""How the Word document looks: paper, fonts, styles, running head and foot, language and metadata."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from templates.edition import Edition
from templates.typeset import legal
from templates.word_elements import element, field, text_run

if TYPE_CHECKING:
    from docx.document import Document

LINE_MM = 165
_FONTS = {"ja": "Yu Gothic", "ko": "Malgun Gothic", "zh": "Microsoft YaHei", "zh-hant": "Microsoft JhengHei"}
_FULL = {"ja": "ja-JP", "ko": "ko-KR", "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "en": "en-US"}
_FULL |= {"de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-PT", "nl": "nl-NL", "ru": "ru-RU"}
SOFT, _RULE = "5A5F69", "C9CCD2"
# Name, what it is based on, size and space before and after in points.
_PARAGRAPHS = (
    ("Title", "Normal", 34, 120, 8),
    ("Subtitle", "Normal", 12, 0, 4),
    ("Heading 1", "Normal", 17, 26, 8),
    ("Heading 2", "Normal", 12.5, 16, 4),
    ("Heading 3", "Normal", 10.5, 9, 1),
    ("TOC Heading", "Normal", 17, 0, 8),
    ("toc 1", "Normal", 10, 5, 1),
    ("toc 2", "Normal", 8.5, 0, 0),
    ("Small", "Normal", 8.5, 0, 4),
    ("Small List", "List Bullet", 8.5, 0, 1),
    ("Table Text", "Normal", 8.5, 2, 2),
    ("Figure", "Normal", 17, 4, 0),
    ("Caption", "Normal", 8, 2, 8),
    ("Intense Quote", "Normal", 8.5, 6, 6),
    ("List Bullet", "Normal", 10, 0, 3),
)


def dress(document: Document, issue: Edition) -> None:
    """Set all that is not text."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - LINE_MM) / 2)
    section.top_margin = section.bottom_margin = Mm(24)
    section.header_distance = section.footer_distance = Mm(12)
    _running(section, issue)
    _styles(document, issue)
    _settings(document, issue)
    core = document.core_properties
    written: datetime = issue.written.replace(tzinfo=None)
    core.title = legal(f"{issue.headline} {issue.report.week.iso}")[:255]
    core.author = core.last_modified_by = legal(issue.report.method.program)[:255]
    core.language = tag(issue.report.language)
    core.comments = ""
    core.created = core.modified = written


def tag(language: str) -> str:
    """Return a language as Word names it, with a region."""
    return _FULL.get(language.lower(), language)


def tongue(language: str) -> Any:
    """Return the mark of text in `language`.

    Word divides a text by script: Latin words within East Asian text count as English, or they would break anywhere.
    """
    if language.split("-")[0].lower() in _FONTS:
        return element("w:lang", {"w:val": "en-US", "w:eastAsia": tag(language)})
    return element("w:lang", {"w:val": tag(language)})


def wide_font(language: str) -> str:
    """Return the font of East Asian text: of the language, or the Japanese one."""
    return _FONTS.get(language.lower()) or _FONTS.get(language.split("-")[0].lower(), _FONTS["ja"])


def accent(issue: Edition) -> Any:
    """Return the topic's colour."""
    from docx.shared import RGBColor

    return RGBColor.from_string(issue.accent[0].lstrip("#").upper())


def _running(section: Any, issue: Edition) -> None:
    """Head and foot of every page but the cover: topic and week, page and number of pages."""
    section.different_first_page_header_footer = True
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    name = issue.headline
    head._p.append(text_run(name))
    foot._p.extend(
        [
            text_run(f"{name} · {issue.week_name}"),
            element("w:r", None, element("w:tab")),
            *field("PAGE", "2"),
            text_run(" / "),
            *field("NUMPAGES", ""),
        ]
    )


def _right_stop(stops: Any, dots: bool = False) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm

    leader = WD_TAB_LEADER.DOTS if dots else WD_TAB_LEADER.SPACES
    stops.add_tab_stop(Mm(LINE_MM), WD_TAB_ALIGNMENT.RIGHT, leader)


def _settings(document: Document, issue: Edition) -> None:
    """Have the page numbers worked out when the document is opened, and name its languages."""
    from docx.oxml.ns import qn

    settings = document.settings.element
    settings.find(qn("w:compat")).addprevious(element("w:updateFields"))
    languages = settings.find(qn("w:themeFontLang"))
    for name, value in tongue(issue.report.language).attrib.items():
        languages.set(name, value)
    # python-docx's template brings a copy of its styles for Word 2007, which would differ from ours.
    for key, related in list(document.part.rels.items()):
        if related.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(key)
            document.part.rels.pop(key, None)


def _styles(document: Document, issue: Edition) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    language = issue.report.language
    defaults = document.styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:rPr"))
    defaults.replace(defaults.find(qn("w:lang")), tongue(language))
    body: Any = document.styles["Normal"]
    _face(body, wide_font(language))
    body.font.size = Pt(10)
    body.font.color.rgb = RGBColor(0x15, 0x17, 0x1C)
    body.paragraph_format.space_after = Pt(5)
    body.paragraph_format.line_spacing = 1.4
    known = {style.name for style in document.styles}
    for name, parent, size, before, after in _PARAGRAPHS:
        if name not in known:
            made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
            made.element.set(qn("w:styleId"), name.replace("toc ", "TOC").replace(" ", ""))
        _set(document.styles[name], document.styles[parent], size, before, after)
    _colours(document, accent(issue))


def _set(style: Any, parent: Any, size: float, before: float, after: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    # The template's own fonts, colours, rules and indents go; a list keeps its bullet, a heading its level.
    for old in list(style.element.get_or_add_rPr()):
        style.element.rPr.remove(old)
    for gone in ("w:pBdr", "w:ind", "w:contextualSpacing"):
        for old in style.element.get_or_add_pPr().findall(qn(gone)):
            style.element.pPr.remove(old)
    style.base_style = parent
    style.font.size = Pt(size)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.hidden = style.unhide_when_used = False


def _face(style: Any, wide: str) -> None:
    from docx.oxml.ns import qn

    style.font.name = "Arial"
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:eastAsia"), wide)
    fonts.set(qn("w:cs"), "Arial")


def _colours(document: Document, colour: Any) -> None:
    from docx.shared import Pt, RGBColor

    styles: Any = document.styles
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "TOC Heading", "toc 1", "Figure"):
        styles[name].font.bold = True
    for name in ("Heading 3", "Figure"):
        styles[name].font.color.rgb = colour
    for name in ("Caption", "Intense Quote", "Header", "Footer"):
        styles[name].font.color.rgb = RGBColor.from_string(SOFT)
    for name in ("Header", "Footer"):
        styles[name].font.size = Pt(8)
        styles[name].paragraph_format.tab_stops.clear_all()
        _right_stop(styles[name].paragraph_format.tab_stops)
    for name in ("Title", "Heading 1", "TOC Heading"):
        _rule_above(styles[name], str(colour), 24)
    _rule_above(styles["Heading 2"], _RULE, 4)
    for name, line in (("Title", 1.1), ("Figure", 1.1), ("Table Text", 1.15), ("toc 1", Pt(12)), ("toc 2", Pt(11.5))):
        styles[name].paragraph_format.line_spacing = line
    styles["TOC Heading"].paragraph_format.page_break_before = True
    for name in ("toc 1", "toc 2"):
        _right_stop(styles[name].paragraph_format.tab_stops, dots=True)
        styles[name].paragraph_format.right_indent = Pt(30)
    styles["toc 2"].paragraph_format.left_indent = Pt(12)
    for name in ("List Bullet", "Small List"):
        styles[name].paragraph_format.left_indent = Pt(14)
        styles[name].paragraph_format.first_line_indent = Pt(-14)


def _rule_above(style: Any, colour: str, eighths: int) -> None:
    rule = {"w:val": "single", "w:sz": str(eighths), "w:space": "6", "w:color": colour}
    later = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
    style.element.get_or_add_pPr().insert_element_before(element("w:pBdr", None, element("w:top", rule)), *later)

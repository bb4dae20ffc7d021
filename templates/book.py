"""A report as an EPUB 3 book: the same templates as the page, one chapter an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from templates.archive import missing_library, timeless
from templates.edition import Edition
from templates.page import media_type, page
from templates.theme import Theme
from templates.typeset import legal

# lxml's elements: its stubs give every XPath result a union of seven types.
Element = Any
_XHTML = "http://www.w3.org/1999/xhtml"
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True)
class _Chapter:
    """A file of the book."""

    name: str
    title: str
    parts: tuple[Element, ...]

    @property
    def ids(self) -> Iterator[str]:
        """The anchors in it."""
        return (str(found) for part in self.parts for found in part.xpath(".//@id | @id"))


def book(issue: Edition, pictures: Mapping[str, bytes], theme: Theme) -> bytes:
    """Return the .epub file. Raises RenderError when EbookLib is not installed."""
    try:
        from ebooklib import epub
    except ImportError:
        raise missing_library("EPUB", "EbookLib") from None
    names = {key: f"pictures/{i:03d}.{_ENDINGS[media_type(pictures[key])]}" for i, key in enumerate(sorted(pictures))}
    chapters = _chapters(issue, _body(page(issue, names, theme, paged=True, css="")))
    _rejoin(chapters)
    volume = _volume(issue)
    # No colour for running text: a reader's own is what shows on its dark page.
    css = theme.css("book.css").replace("var(--accent)", issue.accent[0])
    volume.add_item(epub.EpubItem("style", "book.css", "text/css", css.encode()))
    for key, name in names.items():
        volume.add_item(epub.EpubItem(f"p{name[9:12]}", name, media_type(pictures[key]), pictures[key]))
    spine = []
    for chapter in chapters:
        item = epub.EpubItem(chapter.name.removesuffix(".xhtml"), chapter.name, "application/xhtml+xml")
        item.content = _document(issue, chapter)
        item.properties = ["svg"] if any(part.xpath(".//*[local-name()='svg']") for part in chapter.parts) else []
        volume.add_item(item)
        spine.append(item)
    volume.toc = _contents(issue, chapters)
    volume.add_item(epub.EpubNcx())
    navigation = epub.EpubNav(title=issue.words.contents)
    navigation.lang = issue.report.language
    volume.add_item(navigation)
    volume.spine = [spine[0], "nav", *spine[1:]]
    out = BytesIO()
    options = {"mtime": issue.written, "epub2_guide": False, "raise_exceptions": True}
    epub.write_epub(out, volume, options)
    return timeless(out.getvalue())


def _volume(issue: Edition) -> Any:
    from ebooklib import epub

    report = issue.report
    volume = epub.EpubBook()
    volume.set_identifier(issue.urn)
    volume.set_title(legal(f"{issue.headline} {report.week.iso}"))
    volume.set_language(report.language)
    volume.add_author(legal(report.method.program))
    volume.add_metadata("DC", "date", issue.written.strftime("%Y-%m-%dT%H:%M:%SZ"))
    volume.add_metadata("DC", "description", legal(report.description or report.title))
    for key, value in (
        ("accessMode", "textual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", issue.words.accessibility),
    ):
        volume.add_metadata(None, "meta", value, {"property": f"schema:{key}"})
    return volume


def _body(html: str) -> Element:
    """Return the page's body as XHTML elements."""
    # WeasyPrint's own parser: unlike lxml's it keeps the letter case of SVG attributes.
    import tinyhtml5

    root = tinyhtml5.parse(html, namespace_html_elements=True)
    found = root.find(f"{{{_XHTML}}}body")
    assert found is not None
    return _copy(found)


def _copy(old: Any) -> Element:
    from lxml import etree

    space = old.tag[1:].partition("}")[0]
    new = etree.Element(old.tag, nsmap={None: space})  # type: ignore[dict-item]
    for key, value in old.attrib.items():
        if not key.startswith(("xmlns", "{http://www.w3.org/2000/xmlns/}")):
            new.set(key, legal(value))
    new.text = legal(old.text or "") or None
    for child in old:
        if not isinstance(child.tag, str):
            continue
        new.append(_copy(child))
        new[-1].tail = legal(child.tail or "")
    return new


def _chapters(issue: Edition, body: Element) -> list[_Chapter]:
    def all_of(where: str) -> list[Element]:
        return list(body.xpath(where, namespaces={"h": _XHTML}))

    w, report = issue.words, issue.report
    articles = all_of("//h:article")
    opener = all_of("//h:section[h:article]/h:h2")
    before = all_of("//h:main/*[following-sibling::h:section[h:article]]")
    after = all_of("//h:main/*[preceding-sibling::h:section[h:article]]")
    chapters = [
        _Chapter("cover.xhtml", report.title, tuple(all_of("//h:header"))),
        _Chapter("week.xhtml", w.trends, tuple(before)),
    ]
    for i, (number, article) in enumerate(zip((a.number for a in report.articles), articles, strict=True)):
        parts = (*opener, article) if i == 0 else (article,)
        title = report.articles[i].title
        chapters.append(_Chapter(f"article-{number:03d}.xhtml", f"{issue.number(number)} {title}", parts))
    chapters.append(_Chapter("method.xhtml", w.method, tuple(after)))
    return chapters


def _rejoin(chapters: list[_Chapter]) -> None:
    """Turn the links within the page into links between the chapters; one without a target becomes text."""
    files = {anchor: chapter.name for chapter in chapters for anchor in chapter.ids}
    for chapter in chapters:
        for part in chapter.parts:
            for anchor in part.xpath(".//*[starts-with(@href, '#')]"):
                target = str(anchor.get("href"))[1:]
                if target in files:
                    anchor.set("href", f"{files[target]}#{target}")
                else:
                    del anchor.attrib["href"]


def _document(issue: Edition, chapter: _Chapter) -> bytes:
    from lxml import etree

    def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
        child = etree.SubElement(parent, f"{{{_XHTML}}}{name}", attributes)
        child.text = legal(text) or None
        return child

    root = etree.Element(f"{{{_XHTML}}}html", nsmap={None: _XHTML})  # type: ignore[dict-item]
    root.set("lang", issue.report.language)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", issue.report.language)
    head = add(root, "head")
    add(head, "title", chapter.title or "—")
    add(head, "link", rel="stylesheet", type="text/css", href="book.css")
    body = add(root, "body")
    for part in chapter.parts:
        part.tail = "\n"
        body.append(part)
    for element in root.iter():
        # Readers want the language in both spellings.
        if (tongue := element.get("lang")) is not None:
            element.set("{http://www.w3.org/XML/1998/namespace}lang", tongue)
    text: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return re.sub(rb' xmlns:ns\d+="[^"]*"', b"", text)


def _contents(issue: Edition, chapters: list[_Chapter]) -> list[Any]:
    from ebooklib import epub

    files = {anchor: chapter.name for chapter in chapters for anchor in chapter.ids}
    found: list[Any] = [epub.Link("cover.xhtml", legal(issue.report.title), "to-cover")]
    for section in issue.sections:
        place = f"{files[section.anchor]}#{section.anchor}"
        if section.anchor != "articles":
            found.append(epub.Link(place, section.title, f"to-{section.anchor}"))
            continue
        titles = [
            epub.Link(
                f"article-{a.number:03d}.xhtml#a{a.number}",
                legal(f"{issue.number(a.number)} {a.title}"),
                f"to-a{a.number}",
            )
            for a in issue.report.articles
        ]
        found.append((epub.Section(section.title, place), titles))
    return found

"""What keeps the memory of a large PDF down changes no byte of it."""

from __future__ import annotations

import gc

import pytest
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import Box
from weasyprint.html import UA

from templates.lean import leaner, release_layout
from templates.pdf import write_pdf

# A table of contents that asks for pages, a drawing, a list, a page break, a quotation.
HTML_TEXT = (
    '<html lang="en"><head><title>x</title></head><body><ul><li><a href="#b">there</a></ul>'
    '<svg width="20" height="20"><rect width="9" height="9"/></svg><p><q>one</q><wbr>two</p><ol><li>a<li>b</ol>'
    + '<section id="b"><h2>b</h2>'
    + "".join(f"<p>{n}</p>" for n in range(200))
    + "</section></body></html>"
)
CSS_TEXT = "a::after{content:' ' target-counter(attr(href),page)} section{break-before:page}"


def boxes() -> int:
    gc.collect()
    return sum(isinstance(thing, Box) for thing in gc.get_objects())


def test_the_bytes_are_those_of_weasyprint_s_own_styles() -> None:
    # A rule for a note that no element is makes all of WeasyPrint's styles stay.
    whole = write_pdf(HTML_TEXT, CSS_TEXT + "nothing{float:footnote}", {})
    assert write_pdf(HTML_TEXT, CSS_TEXT, {}) == whole


def test_a_theme_s_footnotes_are_set() -> None:
    html = '<html lang="en"><head><title>x</title></head><body><p>text<span>a note</span></p></body></html>'
    beside, below = write_pdf(html, "", {}), write_pdf(html, "span{float:footnote}", {})
    assert len(below) > len(beside)


@pytest.mark.parametrize(
    ("css", "html", "kept"),
    [
        ("p{float:left}", "<p>a</p>", False),
        ("p{float: FootNote}", "<p>a</p>", True),
        ("p{position:note(side)}", "<p>a</p>", True),
        ("", '<p style="float:footnote">a</p>', True),
    ],
)
def test_styles_for_notes_stay_where_they_are_asked_for(css: str, html: str, kept: bool) -> None:
    rules = leaner(UA, css, html)
    assert ("::footnote-call" in rules, "::note-marker" in rules, rules == UA) == (kept, kept, kept)


def test_what_only_the_layout_of_a_long_document_needed_is_let_go() -> None:
    before = boxes()
    document = HTML(string=HTML_TEXT).render(stylesheets=[CSS(string="section p { break-before: page }")])
    assert len(document.pages) > 100
    laid_out = boxes() - before
    printed = sum(1 for page in document.pages for _ in page._page_box.descendants())
    release_layout(document)
    assert boxes() - before <= printed * 1.1 < laid_out

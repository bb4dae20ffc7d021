"""Text of a report is text in every format."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from lxml import html as lxml_html
from pypdf import PdfReader

from agent.model import Detail
from agent.report import Report
from templates.render import render
from tests.templates.reports import sample_report

HOSTILE = (
    "<script>alert(1)</script><img src=http://planted.example/i.png><link rel=attachment href=file:///etc/passwd>"
    "<style>@import url(http://planted.example/c.css)</style>{{ 7*7 }}{% include 'x' %}\"' onload=x "
    "[link](http://planted.example/md) ![i](http://planted.example/p.png) javascript:alert(1) | # *bold* `code`"
)


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def hostile() -> tuple[Report, Mapping[str, bytes]]:
    one = sample_report(1)
    article = one.articles[0].model_copy(
        update={
            "title": HOSTILE,
            "summary": HOSTILE,
            "outlet": HOSTILE,
            "original_title": HOSTILE,
            "category": HOSTILE,
            "url": "javascript:alert(1)",
            "detail": Detail(background=HOSTILE, main=HOSTILE, impact=HOSTILE),
        }
    )
    report = one.model_copy(
        update={
            "articles": (article,),
            "title": "週報 " + HOSTILE,
            "categories": (one.categories[0].model_copy(update={"name": HOSTILE}),),
            "trends": tuple(s.model_copy(update={"text": HOSTILE}) for s in one.trends),
            "roadmap": (one.roadmap[0].model_copy(update={"what": HOSTILE, "display": HOSTILE}),),
        }
    )
    return report, render(report)


def test_hostile_text_is_text_on_the_page(hostile: tuple[Report, Mapping[str, bytes]]) -> None:
    report, files = hostile
    page: Any = lxml_html.document_fromstring(files["report.html"].decode())
    assert page.xpath("//script | //img | //link | //@onload") == []
    assert len(page.xpath("//style")) == 1
    assert [h for h in page.xpath("//a/@href") if not h.startswith("#") and "second.example" not in h] == []
    assert _squeezed(HOSTILE) in _squeezed(page.xpath("string(//article)"))
    assert report.articles[0].url in page.xpath("string(//dl[@class='origin'])")


def test_hostile_text_is_text_in_markdown(hostile: tuple[Report, Mapping[str, bytes]]) -> None:
    from markdown_it import MarkdownIt

    text = hostile[1]["report.md"].decode()
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    links = {str(c.attrs["href"]) for c in inline if c.type == "link_open"}
    assert {address for address in links if not address.startswith(("#", "https://second.example/"))} == set()
    assert [c for c in inline if c.type in ("image", "code_inline")] == []
    raw = {c.content for c in inline if c.type == "html_inline"} | {
        t.content.strip() for t in tokens if t.type == "html_block"
    }
    assert all(piece == "<!-- -->" or piece == "</a>" or piece.startswith('<a id="') for piece in raw)
    shown = _squeezed("".join(c.content for c in inline if c.type in ("text", "text_special")))
    assert _squeezed(HOSTILE) in shown


def test_hostile_text_adds_nothing_to_the_pdf(hostile: tuple[Report, Mapping[str, bytes]]) -> None:
    reader = PdfReader(BytesIO(hostile[1]["report.pdf"]))
    uris = [a.get_object().get("/A", {}).get("/URI") for sheet in reader.pages for a in sheet.get("/Annots", ())]
    assert [uri for uri in uris if uri] == []
    assert not list(reader.attachments)
    assert "<script>alert(1)</script>" in _squeezed("".join(p.extract_text() for p in reader.pages))


def test_a_local_file_is_printed_and_not_linked() -> None:
    one = sample_report(1)
    report = one.model_copy(update={"articles": (one.articles[0].model_copy(update={"url": "file:///notes/a.html"}),)})
    files = render(report, ("html", "md"))
    page: Any = lxml_html.document_fromstring(files["report.html"].decode())
    assert page.xpath("//article//*[@class='url']")[0].tag == "span"
    assert "<file:" not in files["report.md"].decode()

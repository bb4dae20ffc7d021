"""No way to make the renderer fetch or read anything leads anywhere: neither from text nor from markup."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from pypdf import PdfReader

from agent.errors import RenderError
from agent.model import Detail
from agent.report import Continuity, Report, ReportArticle
from templates.pdf import write_pdf
from templates.render import ALL_FORMATS, render
from tests.templates.fetching import WAYS, recording_server, watching_reads
from tests.templates.reports import sample_report

_SECRET = "canary-4711-canary"


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    with recording_server() as serving:
        yield serving


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canary") / "secret.css"
    path.write_text(f"p::after{{content:'{_SECRET}'}}")
    return path


def _report(*texts: str) -> Report:
    """Return a report with an article for each text, which stands in all its fields, and in a sentence of the week."""
    one = sample_report(
        1, gaps=(), topics=(), roadmap=(), outlook=(), key_figures=(), categories=(), continuity=Continuity()
    )

    def article(number: int, text: str) -> ReportArticle:
        story = {"title": text, "summary": text, "outlet": text, "original_title": text, "url": text, "category": text}
        detail = Detail(background="短い", main=text, impact="短い")
        rest = {"number": number, "id": f"id{number}", "detail": detail, "figures": (), "other_sources": ()}
        return one.articles[0].model_copy(update={**story, **rest})

    trends = [one.trends[0].model_copy(update={"text": text, "articles": (i,)}) for i, text in enumerate(texts, 1)]
    articles = [article(i, text) for i, text in enumerate(texts, 1)]
    return one.model_copy(update={"title": texts[0], "articles": tuple(articles), "trends": tuple(trends)})


def _embedded(pdf: bytes) -> list[object]:
    reader = PdfReader(BytesIO(pdf))
    images: list[object] = [image.name for sheet in reader.pages for image in sheet.images]
    return [*images, *reader.attachments]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["web", "file"])
def test_markup_asks_for_nothing(way: str, kind: str, server: tuple[str, list[str]], canary: Path) -> None:
    address, asked = server
    asked.clear()
    html = f'<html lang="en"><head><title>t</title></head><body>{WAYS[way]}</body></html>'
    pdf = None
    with watching_reads(canary) as read, suppress(RenderError):
        pdf = write_pdf(html.format(url=address if kind == "web" else canary.as_uri()), "", {})
    assert (asked, read) == ([], [])
    if pdf is not None:
        assert _embedded(pdf) == []
        assert _SECRET not in "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)


def _planted(way: str, address: str, canary: Path) -> str:
    return WAYS[way].format(url=f"{address}/{way.replace(' ', '-')}") + WAYS[way].format(url=canary.as_uri())


@pytest.mark.parametrize("way", WAYS)
def test_text_is_text_in_every_format_but_pdf(way: str, server: tuple[str, list[str]], canary: Path) -> None:
    address, asked = server
    asked.clear()
    text = _planted(way, address, canary)
    with watching_reads(canary) as read:
        files = render(_report(text), [name for name in ALL_FORMATS if name != "pdf"])
    assert (asked, read) == ([], [])
    assert len(files) == len(ALL_FORMATS) - 1
    assert not any(_SECRET.encode() in body for body in files.values())
    page: Any = lxml_html.document_fromstring(files["report.html"].decode())
    assert page.xpath("string(//p[@class='summary'])") == text
    assert page.xpath("//@src | //@data | //@poster | //@background | //link | //base | //object | //iframe") == []


def test_text_asks_for_nothing_in_the_pdf(server: tuple[str, list[str]], canary: Path) -> None:
    address, asked = server
    asked.clear()
    with watching_reads(canary) as read:
        pdf = render(_report(*(_planted(way, address, canary) for way in WAYS)), ("pdf",))["report.pdf"]
    assert (asked, read) == ([], [])
    assert _embedded(pdf) == []
    text = "".join("".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(pdf)).pages)
    assert [way for way in WAYS if f"{address}/{way.replace(' ', '-')}" not in text] == []
    assert _SECRET not in text


def test_without_the_lock_the_same_markup_reaches_out(server: tuple[str, list[str]], canary: Path) -> None:
    """The control: WeasyPrint's own fetcher asks this server and reads this file, so the tests above can fail."""
    from weasyprint import HTML

    address, asked = server
    reached, opened = set(), set()
    for way, markup in WAYS.items():
        asked.clear()
        with watching_reads(canary) as read, suppress(Exception):
            page = f"<html><body>{markup.format(url=address)}{markup.format(url=canary.as_uri())}"
            HTML(string=page).write_pdf()
        reached |= {way} if asked else set()
        opened |= {way} if read else set()
    assert len(reached) >= 14, sorted(reached)
    assert len(opened) >= 4, sorted(opened)


@pytest.mark.parametrize(
    ("summary", "sign"),
    [
        ("x" * 5_000, "x"),
        ("漢" * 5_000, "漢"),
        ("\u202e右から左\u202c", "右"),
        pytest.param("Wort " * 40_000, "W", marks=pytest.mark.slow),
    ],
    ids=["word", "characters without a space", "direction marks", "paragraph of 200,000"],
)
def test_extreme_text_is_set_whole_in_bounded_time(summary: str, sign: str) -> None:
    base = _report("短い")
    report = base.model_copy(update={"articles": (base.articles[0].model_copy(update={"summary": summary}),)})
    begun = time.process_time()
    pdf = render(report, ("pdf",))["report.pdf"]
    assert time.process_time() - begun < 60
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)
    assert text.count(sign) >= summary.count(sign)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("x" * 200_000, "a word of 200,000 characters"),
        ("<div>" * 5_000 + "x", "nested too deep"),
        ("ab " * 3_000_000, "characters long"),
    ],
    ids=["word of 200,000", "5,000 deep", "9 million characters"],
)
def test_what_cannot_be_set_in_time_is_refused_at_once(body: str, message: str) -> None:
    begun = time.process_time()
    with pytest.raises(RenderError, match=message):
        write_pdf(f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>', "", {})
    assert time.process_time() - begun < 15

"""One report in every format. Pure: what comes out depends only on what goes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from agent.errors import RenderError
from agent.report import Report
from templates.edition import Edition, edition
from templates.page import media_type, page, screen_page
from templates.theme import Theme
from templates.typeset import unbroken_korean

Format = Literal["html", "pdf", "md", "json", "epub", "docx", "txt", "eml", "rss"]
PdfVariant = Literal["ua", "a"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "md", "json")
"""What every run writes."""
Printer = Callable[[str, str, Mapping[str, tuple[bytes, str]], str], bytes]
"""Turns a page, its style, its pictures by address and the variant's name into a PDF."""
ALL_FORMATS: tuple[Format, ...] = get_args(Format)


class PartlyRendered(RenderError):
    """A format could not be written; `files` holds those that could, by file name."""

    def __init__(self, message: str, files: Mapping[str, bytes]) -> None:
        self.files = files
        super().__init__(message)


@dataclass(frozen=True)
class _Job:
    issue: Edition
    pictures: Mapping[str, bytes]
    theme: Theme
    variant: PdfVariant
    printer: Printer | None


def render(
    report: Report,
    formats: Sequence[Format] = FORMATS,
    images: Mapping[str, bytes] | None = None,
    *,
    theme: Path | None = None,
    pdf_variant: PdfVariant = "ua",
    printer: Printer | None = None,
) -> Mapping[str, bytes]:
    """Return the report's files by name: report.html, report.pdf, report.md, …

    `images` maps article ids to JPEG or PNG bytes; anything else in it is left out. `theme` is a folder whose files
    stand before the program's own. The PDF is made by `printer`, or here in this process. Text of the report is never
    markup, and nothing is fetched. The same input gives the same bytes. Raises SettingError for a bad theme, and
    PartlyRendered, a RenderError that holds the other files, when a format cannot be written: a library or a font is
    missing, the PDF's font has no glyph for a character, or the printer has run out of time or memory.
    """
    pictures = {key: body for key, body in (images or {}).items() if media_type(body)}
    job = _Job(edition(report), pictures, Theme(theme), pdf_variant, printer)
    done: dict[str, bytes] = {}
    failed: list[RenderError] = []
    for name in dict.fromkeys(formats):
        try:
            done[f"report.{name}"] = _MAKERS[name](job)
        except RenderError as error:
            failed.append(error)
    if failed:
        raise PartlyRendered("; ".join(map(str, failed)), MappingProxyType(done)) from failed[0]
    return MappingProxyType(done)


def _html(job: _Job) -> bytes:
    return screen_page(job.issue, job.pictures, job.theme).encode()


def _pdf(job: _Job) -> bytes:
    from templates.fonts import missing_glyphs
    from templates.pdf import write_pdf

    sources = {key: f"asset:picture-{i}" for i, key in enumerate(sorted(job.pictures))}
    html = unbroken_korean(page(job.issue, sources, job.theme, paged=True, css=""))
    if missing := sorted(missing_glyphs(html)):
        named = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:10])
        raise RenderError(f"PDF: the font has no glyph for {len(missing)} characters of the report: {named}")
    assets = {sources[key]: (body, media_type(body)) for key, body in job.pictures.items()}
    accent = f"html{{--accent:{job.issue.accent[0]}}}"
    css = accent + job.theme.css("report.css") + job.theme.css("paged.css")
    return (job.printer or write_pdf)(html, css, assets, "pdf/ua-1" if job.variant == "ua" else "pdf/a-3a")


def _markdown(job: _Job) -> bytes:
    from templates.markdown import markdown

    return markdown(job.issue).encode()


def _json(job: _Job) -> bytes:
    return (job.issue.report.model_dump_json(indent=2) + "\n").encode()


def _epub(job: _Job) -> bytes:
    from templates.book import book

    return book(job.issue, job.pictures, job.theme)


def _docx(job: _Job) -> bytes:
    from templates.word import word_document

    return word_document(job.issue, job.pictures)


def _txt(job: _Job) -> bytes:
    from templates.plain import plain_text

    return plain_text(job.issue).encode()


def _eml(job: _Job) -> bytes:
    from templates.mail import mail

    return mail(job.issue, job.theme)


def _rss(job: _Job) -> bytes:
    from templates.feed import feed

    return feed(job.issue)


_MAKERS: Mapping[Format, Callable[[_Job], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "md": _markdown,
    "json": _json,
    "epub": _epub,
    "docx": _docx,
    "txt": _txt,
    "eml": _eml,
    "rss": _rss,
}

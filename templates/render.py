"""One report in every format. Pure: what comes out depends only on what goes in."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from agent.errors import RenderError
from agent.report import Report
from templates.charts import fit
from templates.edition import Edition, edition
from templates.typeset import link, paragraphs, phrased, prose, split_tail, stylesheet

if TYPE_CHECKING:
    from jinja2 import Environment

Format = Literal["html", "pdf", "md", "json"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "md", "json")
_INK = {"text": "#15171c", "soft": "#5a5f69", "rule": "#c9ccd2", "track": "#e9ebee", "paper": "#ffffff"}
_PICTURE_TYPES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


class PartlyRendered(RenderError):
    """A format could not be written; `files` holds those that could, by file name."""

    def __init__(self, message: str, files: Mapping[str, bytes]) -> None:
        self.files = files
        super().__init__(message)


def render(
    report: Report, formats: Sequence[Format] = FORMATS, images: Mapping[str, bytes] | None = None
) -> Mapping[str, bytes]:
    """Return the report's files by name: report.html, report.pdf, report.md, report.json.

    `images` maps article ids to JPEG or PNG bytes; anything else in it is left out. Text of the report is never markup,
    and nothing is fetched. Raises PartlyRendered, a RenderError that holds the other files, when the PDF cannot be
    written: WeasyPrint or a font is missing, or a character has no glyph.
    """
    issue = edition(report)
    pictures = {key: body for key, body in (images or {}).items() if _media_type(body)}
    done: dict[str, bytes] = {}
    if "json" in formats:
        done["report.json"] = (report.model_dump_json(indent=2) + "\n").encode()
    if "md" in formats:
        from templates.markdown import markdown

        done["report.md"] = markdown(issue).encode()
    if "html" in formats:
        done["report.html"] = _screen(issue, pictures).encode()
    if "pdf" in formats:
        try:
            done["report.pdf"] = _paper(issue, pictures)
        except RenderError as error:
            raise PartlyRendered(str(error), MappingProxyType(done)) from error
    return MappingProxyType(done)


def _screen(issue: Edition, pictures: Mapping[str, bytes]) -> str:
    sources = {
        key: f"data:{_media_type(body)};base64,{base64.b64encode(body).decode()}" for key, body in pictures.items()
    }
    css = _css("report.css") + _css("screen.css")
    return _html(issue, sources, paged=False, css=css)


def _paper(issue: Edition, pictures: Mapping[str, bytes]) -> bytes:
    from templates.fonts import missing_glyphs
    from templates.pdf import write_pdf

    sources = {key: f"asset:picture-{i}" for i, key in enumerate(sorted(pictures))}
    html = _html(issue, sources, paged=True, css="")
    if missing := sorted(missing_glyphs(html)):
        named = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:10])
        raise RenderError(f"PDF: the font has no glyph for {len(missing)} characters of the report: {named}")
    assets = {sources[key]: (body, _media_type(body)) for key, body in pictures.items()}
    accent = f"html{{--accent:{issue.accent[0]}}}"
    return write_pdf(html, accent + _css("report.css") + _css("paged.css"), assets)


def _html(issue: Edition, pictures: Mapping[str, str], *, paged: bool, css: str) -> str:
    report = issue.report
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            ed=issue,
            r=report,
            w=issue.words,
            ink={**_INK, "accent": issue.accent[0]},
            css=stylesheet(css, issue.accent, len(report.categories)),
            paged=paged,
            pictures=pictures,
            categories={category.name: i for i, category in enumerate(report.categories, 1)},
            kinds=Counter(article.outlet_class for article in report.articles).most_common(),
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("templates", ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters.update(
        prose=prose,
        phrased=phrased,
        paragraphs=paragraphs,
        link=link,
        pair=lambda mark: (mark.label, mark.count),
        split_tail=split_tail,
        fit=fit,
        thousands=lambda number: f"{number:,}",
    )
    return environment


@lru_cache(maxsize=4)
def _css(name: str) -> str:
    return files("templates").joinpath(name).read_text(encoding="utf-8")


def _media_type(body: bytes) -> str:
    return next((media_type for head, media_type in _PICTURE_TYPES if body.startswith(head)), "")

"""HTML to PDF, with nothing fetched: the only module that knows WeasyPrint."""

from __future__ import annotations

import gc
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from agent.errors import RenderError
from templates.fonts import font_assets, font_faces
from templates.lean import leaner, release_layout
from templates.tagging import finish_tags

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

REMEDY = (
    "PDF: WeasyPrint cannot be loaded ({}). Install Pango: `apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0` on Debian and Ubuntu, `brew install pango` on macOS; then `pip install 'weasyprint>=70'`"
)
Assets = Mapping[str, tuple[bytes, str]]
# Laying out a word takes time with the square of its length: 5,000 characters take 1 s, 200,000 more than 3 minutes.
# Between East Asian characters a line may break, so they end a word.
_LONGEST_WORD = 10_000
_WORD = re.compile(rf"[^\s<>\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{{{_LONGEST_WORD + 1},}}")
_LONGEST_DOCUMENT = 8_000_000
_LEVEL = 6


def write_pdf(html: str, css: str, images: Assets, variant: str = "pdf/ua-1") -> bytes:
    """Return `html` as a PDF of `variant`; `images` maps `asset:` addresses to bytes and media type.

    The same input gives the same bytes. Raises RenderError when WeasyPrint, Pango or a font is missing, when the
    document asks for anything that was not handed in, and when it could not be set in bounded time: a word of more than
    10,000 characters, more than 8 million characters in all, or elements nested too deep.
    """
    _check_size(html)
    try:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetchingError
    except (ImportError, OSError) as error:
        raise RenderError(REMEDY.format(error)) from error
    fetcher = _fetcher({**font_assets(), **images})
    fonts = FontConfiguration()
    sheet = CSS(string=font_faces() + css, url_fetcher=fetcher, font_config=fonts)
    try:
        with _without_collection():
            document = _html(html, css, fetcher).render(font_config=fonts, stylesheets=[sheet], pdf_variant=variant)
            release_layout(document)
            pdf: bytes = document.write_pdf(finisher=_finish, pdf_variant=variant)
    except RecursionError:
        raise RenderError("PDF: the document's elements are nested too deep") from None
    except URLFetchingError as error:
        # Most refusals end in a warning of WeasyPrint's; a few, such as a colour profile's, end here.
        raise RenderError(f"PDF: {error}") from None
    if fetcher.refused:
        raise RenderError(f"PDF: the document asked for {sorted(fetcher.refused)[0]}, which is not part of the report")
    return pdf


def _html(html: str, css: str, fetcher: Any) -> Any:
    """Return the document to be set, which begins with WeasyPrint's own styles for HTML."""
    from weasyprint import HTML
    from weasyprint.html import UA

    class Lean(HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [_first_sheet(leaner(UA, css, html))]

    return Lean(string=html, url_fetcher=fetcher)


@lru_cache(maxsize=2)
def _first_sheet(rules: str) -> Any:
    from weasyprint import CSS
    from weasyprint.html import UA_COUNTER_STYLE

    return CSS(string=rules, counter_style=UA_COUNTER_STYLE)


def _check_size(html: str) -> None:
    if len(html) > _LONGEST_DOCUMENT:
        raise RenderError(f"PDF: the report is {len(html):,} characters long, at most {_LONGEST_DOCUMENT:,} can be set")
    if long := _WORD.search(html):
        raise RenderError(
            f"PDF: a word of {len(long[0]):,} characters ({long[0][:20]}…), at most {_LONGEST_WORD:,} can be set"
        )


def _finish(document: object, pdf: Any) -> None:
    """Complete the tags and compress.

    The library's own level of compression takes three times as long for a sixtieth less.
    """
    finish_tags(document, pdf)
    for stream in [part for part in pdf.objects if getattr(part, "compress", False)]:
        stream.compress = False
        _, _, body = stream.data.partition(b"\nstream\n")
        stream.stream = [zlib.compress(body.removesuffix(b"\nendstream"), _LEVEL)]
        stream.extra["Filter"] = "/FlateDecode"


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector out of the layout's many live boxes: a quarter of the time, measured."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _fetcher(assets: Assets) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Closed(URLFetcher):  # type: ignore[misc]
        """Serves the assets; refuses and notes every other address."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False)
            self.refused: set[str] = set()

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url not in assets:
                self.refused.add(url)
                raise ValueError(f"not part of the report: {url}")
            body, media_type = assets[url]
            return URLFetcherResponse(url, body, {"Content-Type": media_type})

    return Closed()

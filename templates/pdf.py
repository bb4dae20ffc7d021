"""HTML to PDF, with nothing fetched: the only module that knows WeasyPrint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from agent.errors import RenderError
from templates.fonts import font_assets, font_faces

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

REMEDY = (
    "PDF: WeasyPrint cannot be loaded ({}). Install Pango: `apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0` on Debian and Ubuntu, `brew install pango` on macOS; then `pip install 'weasyprint>=70'`"
)
Assets = Mapping[str, tuple[bytes, str]]


def write_pdf(html: str, css: str, images: Assets) -> bytes:
    """Return the PDF/UA-1 document of `html`; `images` maps `asset:` addresses to bytes and media type.

    The same input gives the same bytes. Raises RenderError when WeasyPrint, Pango or a font is missing, and when the
    document asks for anything that was not handed in.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError) as error:
        raise RenderError(REMEDY.format(error)) from error
    fetcher = _fetcher({**font_assets(), **images})
    fonts = FontConfiguration()
    sheet = CSS(string=font_faces() + css, url_fetcher=fetcher, font_config=fonts)
    document = HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
    if fetcher.refused:
        raise RenderError(f"PDF: the document asked for {sorted(fetcher.refused)[0]}, which is not part of the report")
    return pdf


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

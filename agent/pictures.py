"""Article pictures: fetched, checked, scaled. What is no plain photograph or drawing of some size is left out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from io import BytesIO

from agent.errors import SourceError
from agent.fetch import Fetcher
from agent.model import Article

_MOST_BYTES = 2_000_000
_MOST_PIXELS = 20_000_000
_WIDTH = 960
_LEAST_SIDE = 120
_FORMATS = {"JPEG", "PNG", "WEBP"}


async def load_pictures(articles: Sequence[Article], fetcher: Fetcher) -> Mapping[str, bytes]:
    """Return the pictures that could be had, by article id: JPEG or PNG, 960 pixels wide at most."""

    async def one(article: Article) -> tuple[str, bytes | None]:
        try:
            page = await fetcher.get(article.image, limit_bytes=_MOST_BYTES)
        except SourceError:
            return article.id, None
        return article.id, await asyncio.to_thread(_scaled, page.body)

    loaded = await asyncio.gather(*(one(article) for article in articles if article.image))
    return {article_id: body for article_id, body in loaded if body is not None}


def _scaled(body: bytes) -> bytes | None:
    """Return a picture re-encoded at print size, None when it is none, too small, or too large to open safely."""
    from PIL import Image, UnidentifiedImageError

    try:
        # Opening reads the header only, so the size is known before any pixel is.
        with Image.open(BytesIO(body), formats=tuple(_FORMATS)) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS or min(width, height) < _LEAST_SIDE:
                return None
            drawing = picture.format == "PNG"
            copy = picture.convert("RGBA" if drawing and "A" in picture.getbands() else "RGB")
            copy.thumbnail((_WIDTH, _WIDTH))
            scaled = BytesIO()
            if drawing:
                copy.save(scaled, "PNG", optimize=True)
            else:
                copy.save(scaled, "JPEG", quality=82)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return scaled.getvalue()

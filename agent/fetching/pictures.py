"""Article pictures: fetched, checked, scaled. What is no plain photograph or drawing of some size is left out."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from urllib.parse import urlsplit

from agent.errors import SourceError
from agent.fetching.fetch import Fetcher
from agent.model import Article, Fetched

_MOST_BYTES = 2_000_000
_MOST_PIXELS = 20_000_000
_WIDTH = 960
_LEAST_SIDE = 120
_MOST_LONG = 4
"""A banner, a ruler or a word mark is longer than this times its height."""
_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:logos?|favicons?|icons?|sprites?|avatars?|gravatar|placeholder|no-?image|blank|spacer|pixel|beacon|"
    r"track(?:er|ing)?|default(?:-image)?|ogp?-?default|captcha)(?:[/_.-]|$)",
    re.IGNORECASE,
)
_TAIL = 4096
"""Bytes at a file's end in which the mark of its end must stand; some cameras write more after it."""
_FORMATS = {"JPEG", "PNG", "WEBP"}


class PictureLoader:
    """Fetches each article's picture once, however often it is asked for it.

    `keep` stores what a fetcher without a store of its own has read, so that any version can be rendered again with it.
    """

    def __init__(self, fetcher: Fetcher, keep: Callable[[Fetched], None] | None = None) -> None:
        self._fetcher = fetcher
        self._keep = keep
        self._loading: dict[str, asyncio.Task[bytes | None]] = {}

    async def load(self, articles: Sequence[Article]) -> Mapping[str, bytes]:
        """Return the pictures that could be had, by article id: JPEG or PNG, 960 pixels wide at most."""
        shown = [article for article in articles if _may_show(article.image)]
        for article in shown:
            if article.id not in self._loading:
                self._loading[article.id] = asyncio.create_task(self._one(article.image))
        bodies = await asyncio.gather(*(self._loading[article.id] for article in shown))
        return _own({article.id: body for article, body in zip(shown, bodies, strict=True) if body is not None})

    async def _one(self, url: str) -> bytes | None:
        try:
            page = await self._fetcher.get(url, limit_bytes=_MOST_BYTES)
        except SourceError:
            return None
        if self._keep is not None:
            self._keep(page)
        return await asyncio.to_thread(_scaled, page.body)


async def load_pictures(articles: Sequence[Article], fetcher: Fetcher) -> Mapping[str, bytes]:
    """Return the pictures that could be had, as `PictureLoader.load` does."""
    return await PictureLoader(fetcher).load(articles)


def stored_pictures(images: Mapping[str, str], stored: Callable[[str], Fetched | None]) -> Mapping[str, bytes]:
    """Return the pictures of an earlier run without asking any server.

    `images` maps article ids to the pictures' addresses, `stored` returns what was fetched from an address, if it was.
    """
    found: dict[str, bytes] = {}
    for article_id, url in images.items():
        page = stored(url) if _may_show(url) else None
        body = _scaled(page.body) if page is not None else None
        if body is not None:
            found[article_id] = body
    return _own(found)


def _may_show(url: str) -> bool:
    """Tell whether an address may be that of an article's own picture: a logo's or a tracker's names itself."""
    return bool(url) and not _NO_PICTURE.search(urlsplit(url).path)


def _own(pictures: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Leave out what stands on two articles: it is the outlet's, not the article's."""
    counts = Counter(pictures.values())
    return {article_id: body for article_id, body in pictures.items() if counts[body] == 1}


def _is_whole(body: bytes) -> bool:
    """Tell whether a picture goes on to its end: WeasyPrint tells Pillow, for the whole process, to accept cut ones."""
    mark = {b"\xff\xd8": b"\xff\xd9", b"\x89P": b"IEND"}.get(body[:2])
    return mark is None or mark in body[-_TAIL:]


def _is_illustration(width: int, height: int) -> bool:
    short, long = sorted((width, height))
    return short >= _LEAST_SIDE and long <= _MOST_LONG * short


def _scaled(body: bytes) -> bytes | None:
    """Return a picture re-encoded at print size, None when it is none, too small, or too large to open safely."""
    from PIL import Image, UnidentifiedImageError

    # The size is checked below, before any pixel is decoded; Pillow's own limit would only warn on the terminal.
    Image.MAX_IMAGE_PIXELS = None
    try:
        # Opening reads the header only, so the size is known before any pixel is.
        with Image.open(BytesIO(body), formats=tuple(_FORMATS)) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS or not _is_whole(body) or not _is_illustration(width, height):
                return None
            drawing = picture.format == "PNG"
            copy = picture.convert("RGBA" if drawing and "A" in picture.getbands() else "RGB")
            copy.thumbnail((_WIDTH, _WIDTH))
            scaled = BytesIO()
            if drawing:
                copy.save(scaled, "PNG", optimize=True)
            else:
                copy.save(scaled, "JPEG", quality=82)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    return scaled.getvalue()

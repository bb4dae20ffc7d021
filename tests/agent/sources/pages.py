"""A fetcher over a table, and the values that the source tests share."""

from collections.abc import Mapping
from datetime import UTC, datetime

from agent.errors import SourceError
from agent.model import Fetched
from agent.week import Week

WEEK = Week(2026, 15, "Asia/Tokyo")


class Shelf:
    """Gives (content type, body) by address; an address that is not in the table is a 404."""

    def __init__(self, pages: Mapping[str, tuple[str, bytes]]) -> None:
        self.pages = dict(pages)

    async def get(self, url: str, *, limit_bytes: int | None = None) -> Fetched:
        if url not in self.pages:
            raise SourceError("http_error", url, "404")
        kind, body = self.pages[url]
        if limit_bytes is not None and len(body) > limit_bytes:
            raise SourceError("too_large", url, str(len(body)))
        return fetched(url, kind, body)


def fetched(url: str, kind: str, body: bytes) -> Fetched:
    """Return a page as a fetcher gives it."""
    now = datetime(2026, 4, 13, tzinfo=UTC)
    return Fetched(url=url, final_url=url, status=200, content_type=kind, body=body, fetched_at=now)

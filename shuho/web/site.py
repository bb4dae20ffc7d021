"""What all pages share: the parts behind them, whom they speak to, the forms they take."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, StreamingResponse

from shuho.web.page_words import PageWords
from shuho.web.paging import fill
from shuho.web.words import chosen_language, page_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shuho.web.quotes import Quotes
    from shuho.web.runs import Runs
    from shuho.web.shelf import Issue, Shelf
    from shuho.web.talk import Talks

LANGUAGE_COOKIE = "shuho_language"
MOST_STREAMS = 50
_MOST_FIELDS = 20
_BEAT = 15.0


class PageError(Exception):
    """A request that gets a page with a reason instead of what it asked for."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(reason)


@dataclass
class Streams:
    """Counts the streams that are open, and ends them all when the server stops."""

    open: int = 0
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def close(self) -> None:
        """End every stream, also those that are opened from now on."""
        self.closing.set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one more while it is open."""
        self.open += 1
        try:
            yield
        finally:
            self.open -= 1


@dataclass(frozen=True)
class Site:
    """The parts behind the pages. `token` is what every form must bring back, `engine` what a run is offered first."""

    shelf: Shelf
    quotes: Quotes
    talks: Talks
    runs: Runs
    token: str
    engine: str = "auto"
    streams: Streams = field(default_factory=Streams)

    def page(self, request: Request, name: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        """Return a page in the reader's language."""
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        shared = {"w": words_for(request), "token": self.token, "here": path}
        return HTMLResponse(fill(name, **shared, **values), status)

    def issue(self, request: Request, topic: str, week: str) -> Issue:
        """Return the issue of these names. Raises PageError when there is none."""
        found = self.shelf.find(topic, week)
        if found is None:
            raise PageError(404, words_for(request).no_page)
        return found

    async def form(self, request: Request) -> dict[str, str]:
        """Return a form's fields. Raises PageError when it is no form of this page or does not bring the token."""
        reason = words_for(request).bad_form
        if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
            raise PageError(415, reason)
        try:
            fields = dict(
                parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
            )
        except ClientDisconnect:
            raise PageError(413, reason) from None
        except ValueError:
            raise PageError(400, reason) from None
        if not hmac.compare_digest(fields.get("token", "").encode(), self.token.encode()):
            raise PageError(403, reason)
        return fields

    def stream(self, request: Request, events: AsyncIterator[str]) -> StreamingResponse:
        """Return server-sent events. Raises PageError when too many streams are open."""
        if self.streams.open >= MOST_STREAMS:
            raise PageError(503, words_for(request).busy)
        return StreamingResponse(self._sent(events), media_type="text/event-stream")

    async def _sent(self, events: AsyncIterator[str]) -> AsyncIterator[str]:
        """Yield the events, and a comment now and then, which tells a closed connection from a slow one."""
        with self.streams.one():
            closing = asyncio.ensure_future(self.streams.closing.wait())
            following = asyncio.ensure_future(anext(events, None))
            try:
                while not self.streams.closing.is_set():
                    done, _ = await asyncio.wait({following, closing}, timeout=_BEAT, return_when="FIRST_COMPLETED")
                    if not done:
                        yield ": still here\n\n"
                    if following not in done:
                        continue
                    event = following.result()
                    if event is None:
                        return
                    yield event
                    following = asyncio.ensure_future(anext(events, None))
            finally:
                following.cancel()
                closing.cancel()


def words_for(request: Request) -> PageWords:
    """Return the words in the language that the reader switched to, or that the browser prefers."""
    cookie, accept = request.cookies.get(LANGUAGE_COOKIE, ""), request.headers.get("accept-language", "")
    return page_words(chosen_language(cookie, accept))

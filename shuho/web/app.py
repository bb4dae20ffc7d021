"""The page as an application: the parts behind it, the routes, the guard before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from agent.errors import ShuhoError
from agent.revision.reasons import reason_of
from agent.secrecy import new_secret
from agent.settings import Settings
from agent.storage.embed import SentenceEncoder
from shuho.parts import data_folder
from shuho.revising import ReviseOptions
from shuho.web.conversing import conversing
from shuho.web.desk import Desk
from shuho.web.guard import Door, Guard
from shuho.web.quotes import Quotes, Stored
from shuho.web.reading import reading
from shuho.web.running import running
from shuho.web.runs import Runs
from shuho.web.shelf import Shelf
from shuho.web.site import PageError, Site, Streams, words_for
from shuho.web.talk import Talks


@dataclass(frozen=True)
class ServeOptions:
    """What is served: the reports below `out`, runs of the topic files in `topics`, revisions by `engine`."""

    out: Path
    topics: Path
    engine: ReviseOptions


@dataclass(frozen=True)
class Served:
    """The application, and the streams that end when it is to stop."""

    app: ASGIApp
    streams: Streams


def build_site(options: ServeOptions, settings: Settings, door: Door) -> Served:
    """Return the application, guarded for the door that it is served at."""
    stored = Stored(data_folder(options.out) / "record.sqlite")
    runs = Runs(options.topics, options.out, options.engine.model)
    encoder = SentenceEncoder()
    desk = Desk(settings, options.engine, runs.topics, encoder)
    site = Site(
        shelf=Shelf(options.out),
        quotes=Quotes(stored, encoder),
        talks=Talks(desk),
        runs=runs,
        token=new_secret(),
        engine=options.engine.engine,
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await site.runs.stop()
        await site.talks.close()
        await desk.close()
        stored.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    for router in (reading(site), conversing(site), running(site)):
        app.include_router(router)

    _answer_errors(app, site)
    return Served(Guard(app, door), site.streams)


def _answer_errors(app: FastAPI, site: Site) -> None:
    """Answer what goes wrong with a page that says so."""

    @app.exception_handler(PageError)
    async def refused(request: Request, error: PageError) -> Response:
        return site.page(request, "refused.html.j2", {"reason": error.reason}, error.status)

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        return site.page(request, "refused.html.j2", {"reason": words_for(request).no_page}, error.status_code)

    @app.exception_handler(ShuhoError)
    async def failed(request: Request, error: ShuhoError) -> Response:
        return site.page(request, "refused.html.j2", {"reason": reason_of(error, words_for(request).language)}, 500)

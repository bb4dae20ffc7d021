"""What a person does to a report: ask, accept, reject, undo, redo, restore; each is a POST with the page's token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict
from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from agent.revision.requests import LONGEST_MESSAGE
from shuho.web.paging import issue_path
from shuho.web.shelf import Issue
from shuho.web.site import PageError, Site, words_for
from shuho.web.talk import Busy

_PATIENCE = 60.0
"""Seconds that a page without a script waits for the work to end."""


def conversing(site: Site) -> APIRouter:
    """Return the routes of the talk about a report."""
    router = APIRouter()
    start = "/reports/{topic}/{week}"

    @router.post(start + "/ask")
    async def ask(request: Request, topic: str, week: str) -> Response:
        return await _ask(site, request, *await _asked(site, request, topic, week))

    @router.post(start + "/decide")
    async def decide(request: Request, topic: str, week: str) -> Response:
        return await _decide(site, request, *await _asked(site, request, topic, week))

    @router.post(start + "/step")
    async def step(request: Request, topic: str, week: str) -> Response:
        return await _step(site, request, *await _asked(site, request, topic, week))

    @router.get(start + "/stream")
    async def stream(request: Request, topic: str, week: str) -> Response:
        issue = await asyncio.to_thread(site.issue, request, topic, week)
        return site.stream(request, _events(site, issue, words_for(request).steps))

    return router


async def _ask(site: Site, request: Request, issue: Issue, form: Mapping[str, str]) -> Response:
    message = (form.get("message", "").strip() or form.get("suggested", "")).strip()
    if len(message) > LONGEST_MESSAGE:
        raise PageError(413, words_for(request).too_long.format(n=f"{LONGEST_MESSAGE:,}"))
    section = form.get("section", "")
    if not message:
        return _back(issue, section)
    language = words_for(request).language
    return await _done(request, issue, lambda: site.talks.ask(issue, message, section, language), section)


async def _decide(site: Site, request: Request, issue: Issue, form: Mapping[str, str]) -> Response:
    proposal, approve = form.get("proposal", ""), form.get("decision") == "accept"
    if approve and form.get("seen") != str(issue.version):
        return _back(issue, note="moved")
    language = words_for(request).language
    return await _done(request, issue, lambda: site.talks.decide(issue, proposal, language, approve=approve))


async def _step(site: Site, request: Request, issue: Issue, form: Mapping[str, str]) -> Response:
    w, seen = words_for(request), form.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 9):
        raise PageError(400, w.bad_form)
    if (way := form.get("way")) in ("undo", "redo"):
        step: Literal["undo", "redo"] = "undo" if way == "undo" else "redo"
        return await _done(request, issue, lambda: site.talks.step(issue, step, int(seen), w.language))
    numbers = {str(number): number for number in issue.folder.version_numbers()}
    number = numbers.get(form.get("version", ""))
    if number is None:
        raise PageError(404, w.no_page)
    return await _done(request, issue, lambda: site.talks.step(issue, number, int(seen), w.language))


async def _events(site: Site, issue: Issue, names: Mapping[str, str]) -> AsyncIterator[str]:
    async for told in site.talks.listen(issue):
        event = {**asdict(told), "text": names.get(told.step, "")}
        yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"


async def _asked(site: Site, request: Request, topic: str, week: str) -> tuple[Issue, dict[str, str]]:
    form = await site.form(request)
    return await asyncio.to_thread(site.issue, request, topic, week), form


async def _done(request: Request, issue: Issue, begin: Callable[[], asyncio.Task[None]], section: str = "") -> Response:
    """Begin to work; a script is answered at once and listens, a plain form waits for the end."""
    try:
        task = begin()
    except Busy:
        if request.headers.get("x-shuho"):
            raise PageError(409, words_for(request).busy) from None
        return _back(issue, section, "busy")
    if request.headers.get("x-shuho"):
        return Response(status_code=202)
    await asyncio.wait({task}, timeout=_PATIENCE)
    return _back(issue, section)


def _back(issue: Issue, section: str = "", note: str = "") -> Response:
    where = issue_path(issue.topic, issue.week, panel="chat", section=section, note=note)
    return RedirectResponse(f"{where}#panel", 303)

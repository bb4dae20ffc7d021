"""Runs on the page: start one, watch it, stop it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from shuho.web.runs import Run, RunBusy
from shuho.web.site import PageError, Site, words_for

_WEEK = re.compile(r"(\d{4}-W\d{2})?")


def running(site: Site) -> APIRouter:
    """Return the routes of runs."""
    router = APIRouter()

    @router.post("/runs")
    async def start(request: Request) -> Response:
        return await _start(site, request, await site.form(request))

    @router.post("/runs/stop")
    async def stop(request: Request) -> Response:
        await site.form(request)
        await site.runs.stop()
        return RedirectResponse("/", 303)

    @router.get("/runs/{number}")
    async def watch(request: Request, number: str) -> Response:
        run = _run(site, request, number)
        issues = [i for i in await asyncio.to_thread(site.shelf.issues) if i.topic == run.topic]
        written = next((i for i in issues if run.week in ("", i.week)), None)
        shown = written if run.state in ("complete", "gaps") else None
        return site.page(request, "run.html.j2", {"run": run, "issue": shown})

    @router.get("/runs/{number}/stream")
    async def stream(request: Request, number: str) -> Response:
        run = _run(site, request, number)
        return site.stream(request, _events(site, run, words_for(request).stages))

    return router


async def _start(site: Site, request: Request, form: Mapping[str, str]) -> Response:
    w = words_for(request)
    topic = (await asyncio.to_thread(site.runs.topics)).get(form.get("topic", ""))
    week, engine = form.get("week", "").strip(), form.get("engine", "auto")
    if topic is None or not _WEEK.fullmatch(week) or engine not in w.engines:
        raise PageError(400, w.bad_form)
    try:
        run = await site.runs.start(topic, week, engine, fresh=form.get("fresh") == "yes")
    except RunBusy:
        raise PageError(409, w.busy) from None
    return RedirectResponse(f"/runs/{run.number}", 303)


async def _events(site: Site, run: Run, stages: Mapping[str, str]) -> AsyncIterator[str]:
    async for now in site.runs.listen(run):
        told = {"state": now.state, "stage": stages.get(now.stage, now.stage), "done": now.done, "total": now.total}
        yield f"data: {json.dumps({**told, 'lines': now.lines}, ensure_ascii=False)}\n\n"


def _run(site: Site, request: Request, number: str) -> Run:
    found = site.runs.find(int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else None
    if found is None:
        raise PageError(404, words_for(request).no_page)
    return found

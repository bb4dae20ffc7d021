"""The pages to read: the list, a report beside its panel, its files."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from agent.errors import SettingError, ShuhoError
from agent.issue import RUN
from agent.observability.run_page import read_run_page
from agent.revision.edits import RefusedEdit
from agent.revision.reasons import reason_of
from agent.revision.sections import resolve, section_ids
from agent.revision.versions import Versions
from shuho.web.claims import articles_of, claim_of, names_of, parts_of
from shuho.web.difference import side_by_side
from shuho.web.paging import STATIC, static
from shuho.web.shelf import FILES, Issue
from shuho.web.site import LANGUAGE_COOKIE, PageError, Site, words_for
from templates.i18n import words
from templates.timings import timings_page

if TYPE_CHECKING:
    from agent.report import Report
    from shuho.turns import Turn

_A_YEAR = 31_536_000
# The report as a file brings its own style; it runs nothing and loads nothing.
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups"


def reading(site: Site) -> APIRouter:
    """Return the routes that change nothing but the page's language."""
    router = APIRouter()

    @router.get("/")
    async def index(request: Request) -> Response:
        return await asyncio.to_thread(_index, site, request)

    @router.get("/reports/{topic}/{week}")
    async def report(request: Request, topic: str, week: str) -> Response:
        issue = await asyncio.to_thread(site.issue, request, topic, week)
        name = "panel.html.j2" if request.query_params.get("bare") else "report.html.j2"
        return await asyncio.to_thread(site.page, request, name, await _view(site, request, issue))

    @router.get("/reports/{topic}/{week}/files/{name}")
    async def file(request: Request, topic: str, week: str, name: str) -> Response:
        return await asyncio.to_thread(_file, request, site.issue(request, topic, week), name)

    @router.get("/reports/{topic}/{week}/timings")
    async def timings(request: Request, topic: str, week: str) -> Response:
        return await asyncio.to_thread(_timings, request, site.issue(request, topic, week))

    @router.post("/language")
    async def language(request: Request) -> Response:
        return _switched(await site.form(request))

    @router.get("/static/{name}")
    async def asset(request: Request, name: str) -> Response:
        if name not in STATIC:
            raise PageError(404, words_for(request).no_page)
        return Response(static(name), media_type=STATIC[name])

    return router


def _index(site: Site, request: Request) -> Response:
    lists = {
        "issues": site.shelf.issues(),
        "topics": site.runs.topics(),
        "runs": site.runs.all(),
        "engine": site.engine,
    }
    return site.page(request, "index.html.j2", {**lists, "elsewhere": site.runs.elsewhere()})


def _file(request: Request, issue: Issue, name: str) -> Response:
    known = next((one for one in FILES if one == name), None)
    if known is None or not (issue.folder.path / known).is_file():
        raise PageError(404, words_for(request).no_page)
    body = (issue.folder.path / known).read_bytes()
    return Response(body, media_type=FILES[known], headers={"Content-Security-Policy": _FILE_POLICY})


def _timings(request: Request, issue: Issue) -> Response:
    words = words_for(request)
    try:
        body = timings_page(read_run_page(issue.folder.path), words.language)
    except SettingError:
        raise PageError(404, words.no_page) from None
    return HTMLResponse(body, headers={"Content-Security-Policy": _FILE_POLICY})


def _switched(form: Mapping[str, str]) -> Response:
    parts = urlsplit(form.get("back", "/"))
    # Only a place on this site: a form may not lead elsewhere.
    back = "/" + parts.path.lstrip("/\\") + (f"?{parts.query}" if parts.query else "")
    answer = RedirectResponse(back, 303)
    chosen = "ja" if form.get("language") == "ja" else "en"
    answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_A_YEAR, samesite="strict", httponly=True)
    return answer


async def _view(site: Site, request: Request, issue: Issue) -> dict[str, object]:
    """Return what the report's page and its panel show."""
    query = request.query_params
    report, version = await asyncio.to_thread(_version, request, issue, query.get("version", ""))
    panel = query.get("panel", "")
    panel = panel if panel in ("sources", "history") else "chat"
    claim = claim_of(report, query["claim"]) if query.get("claim") else None
    talk = site.talks.of(issue)
    turn, failed = await _waiting(site, issue, panel, words_for(request).language, open_it="panel" in query)
    return {
        "issue": issue,
        "r": report,
        "version": version,
        "parts": parts_of(report),
        "articles": articles_of(report),
        "panel": panel,
        "asked": "panel" in query,
        "section": _section(report, query.get("section", "")),
        "rw": words(report.language),
        "names": names_of(report),
        "sections": section_ids(report),
        "claim": claim,
        "quotes": await asyncio.to_thread(site.quotes.of, report, claim) if claim and panel == "sources" else (),
        "talk_spent": await asyncio.to_thread(talk.transcript.spent) if panel == "history" else None,
        "history": await asyncio.to_thread(Versions(issue.folder).history) if panel == "history" else (),
        "source_languages": {a.number: a.language for a in report.articles},
        "talk": talk,
        "entries": await asyncio.to_thread(lambda: talk.entries) if panel == "chat" else (),
        "turn": turn,
        "rows": [(c.section, side_by_side(c.before, c.after)) for c in turn.changes] if turn else [],
        "moved": query.get("note") == "moved",
        "note": failed or _note(request, query.get("note", "")),
        "timed": (issue.folder.path / RUN).is_file(),
        "files": [name for name in FILES if (issue.folder.path / name).is_file()],
    }


async def _waiting(site: Site, issue: Issue, panel: str, language: str, *, open_it: bool) -> tuple[Turn | None, str]:
    """Return what waits for a decision; a report that cannot be revised can still be read, with the reason."""
    if panel != "chat":
        return None, ""
    try:
        return await site.talks.waiting(issue, open_it=open_it), ""
    except ShuhoError as error:
        return None, reason_of(error, language)


def _version(request: Request, issue: Issue, wanted: str) -> tuple[Report, int]:
    if not wanted or wanted == str(issue.version):
        return issue.report, issue.version
    numbers = {str(number): number for number in issue.folder.version_numbers()}
    if wanted not in numbers:
        raise PageError(404, words_for(request).no_page)
    return Versions(issue.folder).report(numbers[wanted]), numbers[wanted]


def _section(report: Report, wanted: str) -> str:
    if not wanted:
        return ""
    try:
        return resolve(report, wanted)
    except RefusedEdit:
        return ""


def _note(request: Request, note: str) -> str:
    w = words_for(request)
    return {"busy": w.busy, "gone": w.gone}.get(note, "")

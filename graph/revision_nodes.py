"""The steps of a revision. Each reads the state, asks the reviser, and returns an update."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from typing import Any

from langgraph.config import get_stream_writer
from langgraph.runtime import Runtime
from langgraph.types import interrupt
from pydantic import TypeAdapter

from agent.errors import AnswerError, RetryError, SourceError, StopError
from agent.report import Report, Version
from agent.reviser import NeedsWriter
from agent.revision.edits import (
    EDIT,
    AddArticle,
    DropArticle,
    Edit,
    MoveArticle,
    Passage,
    RefusedEdit,
    RenameEntity,
    RestoreArticle,
)
from agent.revision.reasons import reason_in
from agent.revision.requests import Question, Request, Step, Unclear
from agent.revision.versions import VersionMoved
from agent.revision.words import Key, say
from graph.revision_state import RevisionDeps, RevisionState

Route = Callable[[RevisionState], str]
_REQUEST: TypeAdapter[Request] = TypeAdapter(Request)
_LACKING: dict[str, Key] = {
    "section": "which_section",
    "category": "which_category",
    "article": "which_article",
    "wish": "wish",
}


async def understand(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Find out what the message asks for; everything that an earlier turn left is cleared."""
    deps = runtime.context
    _tell("understand")
    report = await asyncio.to_thread(deps.versions.current)
    cleared: RevisionState = {
        "base": report.versions[-1].version,
        "request": {},
        "evidence": [],
        "edit": {},
        "changes": [],
        "removed": [],
        "passages": [],
        "proposal": "",
        "approved": False,
        "status": "",
        "reply": "",
        "version": 0,
    }
    try:
        request = await deps.reviser.understand(state["message"], state.get("section", ""), report)
    except RefusedEdit as refusal:
        return {**cleared, **_refused(refusal, report)}
    except (AnswerError, RetryError, StopError) as failure:
        return {**cleared, **_failed(failure, report)}
    return {**cleared, "request": request.model_dump(mode="json")}


async def ask_back(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Ask what the message leaves open."""
    report = await asyncio.to_thread(runtime.context.versions.report, state["base"])
    request = _REQUEST.validate_python(state["request"])
    assert isinstance(request, Unclear)
    words = say(_LACKING[request.lacking], report.language)
    return {"status": "asked", "reply": "\n".join([words, *request.choices])}


async def step(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Go back to the version before, or forth again."""
    deps = runtime.context
    request = _REQUEST.validate_python(state["request"])
    assert isinstance(request, Step)
    report = await asyncio.to_thread(deps.versions.current)
    move = deps.versions.undo if request.way == "undo" else deps.versions.redo
    try:
        now = await asyncio.to_thread(move, state["base"])
    except RefusedEdit as refusal:
        return _refused(refusal, report)
    except VersionMoved as moved:
        return {"status": "moved", "reply": say("moved", report.language, version=moved.current)}
    await asyncio.to_thread(deps.refile, now)
    version = now.versions[-1].version
    key: Key = "undone" if request.way == "undo" else "redone"
    return {"status": "stepped", "reply": say(key, now.language, version=version), "version": version}


async def gather(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Look up what the stored sources say of a wish or a question; a plain edit needs none of it."""
    deps = runtime.context
    if state["request"]["kind"] not in {"write", "question"}:
        return {"evidence": []}
    _tell("gather")
    report = await asyncio.to_thread(deps.versions.report, state["base"])
    section = state["request"].get("section", "")
    found = await asyncio.to_thread(deps.evidence.gather, state["message"], report, section)
    return {"evidence": [passage.model_dump(mode="json") for passage in found]}


async def answer(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Answer a question; nothing changes."""
    deps = runtime.context
    _tell("answer")
    report = await asyncio.to_thread(deps.versions.report, state["base"])
    request = _REQUEST.validate_python(state["request"])
    assert isinstance(request, Question)
    evidence = _passages(state)
    ids = [passage.article_id for passage in evidence if passage.article_id]
    articles = await asyncio.to_thread(deps.articles, ids)
    try:
        reply = await deps.reviser.answer(request, report, articles, evidence)
    except (AnswerError, RetryError, StopError) as failure:
        return _failed(failure, report)
    return {"status": "answered", "reply": reply, "passages": state["evidence"]}


async def rewrite(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Work out the edit."""
    deps = runtime.context
    _tell("rewrite")
    report = await asyncio.to_thread(deps.versions.report, state["base"])
    request = _REQUEST.validate_python(state["request"])
    try:
        sources = await asyncio.to_thread(deps.sources, report)
        edit = await deps.reviser.edit(request, report, sources, _passages(state))
    except NeedsWriter as refusal:
        return {"status": "refused", "reply": refusal.reason}
    except RefusedEdit as refusal:
        return _refused(refusal, report)
    except SourceError as failure:
        return _refused(RefusedEdit(str(failure)), report)
    except (AnswerError, RetryError, StopError) as failure:
        return _failed(failure, report)
    return {"edit": edit.model_dump(mode="json")}


async def verify(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Try the edit out, hold it against the sources, and show the difference."""
    deps = runtime.context
    _tell("verify")
    report = await asyncio.to_thread(deps.versions.report, state["base"])
    edit = EDIT.validate_python(state["edit"])
    try:
        sources = await asyncio.to_thread(deps.sources, _with_added(report, state))
        revised = await asyncio.to_thread(deps.reviser.try_out, report, edit, sources)
    except RefusedEdit as refusal:
        return _refused(refusal, report)
    stamp = Version(
        version=0,
        at=deps.now(),
        section=_section_of(edit),
        instruction=state["message"],
        author=state.get("author", ""),
    )
    named = json.dumps([state["base"], state["edit"], stamp.model_dump(mode="json")], sort_keys=True)
    return {
        "status": "proposed",
        "reply": say("proposed", report.language, n=len(revised.changes)),
        "stamp": stamp.model_dump(mode="json"),
        "changes": [change.model_dump(mode="json") for change in revised.changes],
        "removed": [removed.model_dump(mode="json") for removed in revised.removed],
        "proposal": hashlib.sha256(named.encode()).hexdigest()[:12],
    }


async def approve(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Wait for the person's decision: `{"approve": bool, "proposal": its name}`."""
    decision: Any = interrupt({"proposal": state["proposal"], "base": state["base"]})
    if decision.get("approve") and decision.get("proposal") == state["proposal"]:
        return {"approved": True}
    report = await asyncio.to_thread(runtime.context.versions.current)
    return {"approved": False, "status": "rejected", "reply": say("rejected", report.language)}


async def write(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Write the approved edit as a new version; done again after a crash, it changes nothing more."""
    deps = runtime.context
    _tell("write")
    report = await asyncio.to_thread(deps.versions.report, state["base"])
    edit, stamp = EDIT.validate_python(state["edit"]), Version.model_validate(state["stamp"])
    sources = await asyncio.to_thread(deps.sources, _with_added(report, state))
    revised = await asyncio.to_thread(deps.reviser.try_out, report, edit, sources)
    try:
        written = await asyncio.to_thread(deps.versions.commit, revised.report, stamp, state["base"])
    except VersionMoved as moved:
        return {"status": "moved", "reply": say("moved", report.language, version=moved.current)}
    await asyncio.to_thread(deps.refile, written)
    version = written.versions[-1].version
    return {"status": "written", "reply": say("written", report.language, version=version), "version": version}


def _section_of(edit: Edit) -> str:
    if isinstance(edit, RenameEntity):
        return "names"
    if isinstance(edit, AddArticle):
        return f"articles/{edit.article.number}"
    if isinstance(edit, DropArticle | RestoreArticle | MoveArticle):
        return f"articles/{edit.number}"
    return edit.section


def _with_added(report: Report, state: RevisionState) -> Report:
    """Return the report with the article that an edit adds, so that its source is looked up too."""
    edit = EDIT.validate_python(state["edit"])
    if edit.kind != "add_article":
        return report
    return report.model_copy(update={"articles": (*report.articles, edit.article)})


def _passages(state: RevisionState) -> list[Passage]:
    return [Passage.model_validate(passage) for passage in state.get("evidence", [])]


def _refused(refusal: RefusedEdit, report: Report) -> RevisionState:
    reply = say("refused", report.language, reason=reason_in(report.language, refusal.reason))
    if refusal.passages:
        reply += "\n" + say("says", report.language)
    passages = [passage.model_dump(mode="json") for passage in refusal.passages]
    return {"status": "refused", "reply": reply, "passages": passages}


def _failed(failure: Exception, report: Report) -> RevisionState:
    return {"status": "refused", "reply": say("model_failed", report.language, reason=failure)}


def _tell(step: str) -> None:
    """Tell whoever streams the run which step begins."""
    get_stream_writer()({"step": step})

"""The steps of a revision. Each reads the state, asks the reviser, and returns an update."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from typing import Any, Literal

from langgraph.config import get_stream_writer
from langgraph.runtime import Runtime
from langgraph.types import interrupt
from pydantic import TypeAdapter

from agent.calls.streaming import Hear
from agent.errors import AnswerError, ModelRefused, RetryError, SourceError, StopError
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
    Revised,
)
from agent.revision.reasons import reason_of
from agent.revision.requests import Question, Request, Step, Unclear
from agent.revision.versions import VersionMoved
from agent.revision.words import Key, say
from graph.revision_state import RevisionDeps, RevisionState

MODEL_FAILURES = (AnswerError, RetryError, StopError, ModelRefused)
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
    deps.meter.begin()
    _tell("understand")
    report = await asyncio.to_thread(deps.versions.current)
    cleared: RevisionState = {
        "base": report.versions[-1].version,
        "request": {},
        "evidence": [],
        "edit": {},
        "changes": [],
        "removed": [],
        "absent": [],
        "passages": [],
        "proposal": "",
        "approved": False,
        "status": "",
        "reply": "",
        "version": 0,
        "spent": {},
    }
    try:
        request = await deps.reviser.understand(state["message"], state.get("section", ""), report)
    except RefusedEdit as refusal:
        return {**cleared, **_refused(refusal, _language(state, report), deps)}
    except MODEL_FAILURES as failure:
        return {**cleared, **_failed(failure, _language(state, report), deps)}
    return {**cleared, "request": request.model_dump(mode="json"), "spent": _spent(deps)}


async def ask_back(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Ask what the message leaves open."""
    report = await asyncio.to_thread(runtime.context.versions.report, state["base"])
    request = _REQUEST.validate_python(state["request"])
    assert isinstance(request, Unclear)
    words = say(_LACKING[request.lacking], _language(state, report))
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
        return _refused(refusal, _language(state, report), deps)
    except VersionMoved as moved:
        return {"status": "moved", "reply": say("moved", _language(state, report), version=moved.current)}
    await asyncio.to_thread(deps.refile, now)
    version = now.versions[-1].version
    key: Key = "undone" if request.way == "undo" else "redone"
    return {"status": "stepped", "reply": say(key, _language(state, now), version=version), "version": version}


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
        reply = await deps.reviser.answer(request, report, articles, evidence, _telling("answer"))
    except MODEL_FAILURES as failure:
        return _failed(failure, _language(state, report), deps)
    without_words: Key = "passages_only" if evidence and deps.reviser.writer is None else "no_answer"
    reply = reply or say(without_words, _language(state, report))
    return {"status": "answered", "reply": reply, "passages": state["evidence"], "spent": _spent(deps)}


async def rewrite(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Work out the edit."""
    deps = runtime.context
    _tell("rewrite")
    report = await asyncio.to_thread(deps.versions.report, state["base"])
    request = _REQUEST.validate_python(state["request"])
    try:
        sources = await asyncio.to_thread(deps.sources, report)
        edit = await deps.reviser.edit(request, report, sources, _passages(state), _telling("draft"))
    except NeedsWriter as refusal:
        return {"status": "refused", "reply": refusal.said(_language(state, report))}
    except RefusedEdit as refusal:
        return _refused(refusal, _language(state, report), deps)
    except SourceError as failure:
        reason = reason_of(failure, _language(state, report))
        return {"status": "refused", "reply": say("refused", _language(state, report), reason=reason)}
    except MODEL_FAILURES as failure:
        return _failed(failure, _language(state, report), deps)
    return {"edit": edit.model_dump(mode="json"), "spent": _spent(deps)}


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
        return _refused(refusal, _language(state, report), deps)
    stamp = Version(
        version=0,
        at=deps.now(),
        section=_section_of(edit),
        instruction=state["message"],
        author=state.get("author", ""),
        spent=deps.meter.turn(),
    )
    named = json.dumps([state["base"], state["edit"], stamp.model_dump(mode="json")], sort_keys=True)
    return {
        "status": "proposed",
        "reply": _proposed(revised, _language(state, report)),
        "stamp": stamp.model_dump(mode="json"),
        "changes": [change.model_dump(mode="json") for change in revised.changes],
        "removed": [removed.model_dump(mode="json") for removed in revised.removed],
        "absent": [absent.model_dump(mode="json") for absent in revised.absent],
        "proposal": hashlib.sha256(named.encode()).hexdigest()[:12],
    }


async def approve(state: RevisionState, runtime: Runtime[RevisionDeps]) -> RevisionState:
    """Wait for the person's decision: `{"approve": bool, "proposal": its name, "language": theirs}`."""
    decision: Any = interrupt({"proposal": state["proposal"], "base": state["base"]})
    language = decision.get("language") or state.get("language", "")
    if decision.get("approve") and decision.get("proposal") == state["proposal"]:
        return {"approved": True, "language": language}
    report = await asyncio.to_thread(runtime.context.versions.current)
    return {"approved": False, "status": "rejected", "reply": say("rejected", language or report.language)}


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
        return {"status": "moved", "reply": say("moved", _language(state, report), version=moved.current)}
    await asyncio.to_thread(deps.refile, written)
    version = written.versions[-1].version
    reply = say("written", _language(state, report), version=version)
    return {"status": "written", "reply": reply, "version": version}


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


def _language(state: RevisionState, report: Report) -> str:
    return state.get("language") or report.language


def _spent(deps: RevisionDeps) -> dict[str, Any]:
    spent = deps.meter.turn()
    return spent.model_dump(mode="json") if spent else {}


def _proposed(revised: Revised, language: str) -> str:
    lines = [say("proposed", language, n=len(revised.changes))]
    if revised.absent:
        lines.append(say("not_back", language, n=len(revised.absent), version=revised.whole))
    return "\n".join(lines)


def _refused(refusal: RefusedEdit, language: str, deps: RevisionDeps) -> RevisionState:
    reply = say("refused", language, reason=refusal.said(language))
    if refusal.passages:
        reply += "\n" + say("says", language)
    passages = [passage.model_dump(mode="json") for passage in refusal.passages]
    return {"status": "refused", "reply": reply, "passages": passages, "spent": _spent(deps)}


def _failed(failure: Exception, language: str, deps: RevisionDeps) -> RevisionState:
    reply = say("model_failed", language, reason=reason_of(failure, language))
    return {"status": "refused", "reply": reply, "spent": _spent(deps)}


def _tell(step: str) -> None:
    """Tell whoever streams the run which step begins."""
    get_stream_writer()({"step": step})


def _telling(what: Literal["draft", "answer"]) -> Hear:
    """Return what tells whoever streams the run all that is written so far, whenever there is more of it."""
    writer, last = get_stream_writer(), [""]

    def tell(text: str) -> None:
        if text != last[0]:
            last[0] = text
            writer({"step": {"draft": "rewrite", "answer": "answer"}[what], what: text})

    return tell

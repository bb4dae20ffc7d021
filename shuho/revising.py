"""Talking about a finished report: opens it with everything that the revision graph works with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from agent.progress import Progress
from agent.record import Record
from agent.report import Report
from agent.revision.edits import Change, Passage, RefusedEdit, Removed
from agent.revision.extent import changes_of
from agent.revision.reasons import reason_in
from agent.revision.versions import VersionRow, Versions
from agent.revision.words import say
from agent.settings import Settings, harden_environment
from agent.topic import Topic, read_topic
from shuho.adding import fetch_article
from shuho.issue_parts import IssuePlace, place_of, refile, render_formats, sources_of
from shuho.parts import data_folder, open_store

if TYPE_CHECKING:
    from agent.reviser import Reviser, Writer
    from agent.store import ArticleStore
    from graph.revision_state import RevisionDeps, Status

OnStep = Callable[[str], None]


@dataclass(frozen=True)
class ReviseOptions:
    """What to talk about, and with whom. An empty model is the default one; `author` is kept with each version."""

    report: Path
    engine: Literal["auto", "model", "extractive"] = "auto"
    model: str = ""
    topic: Path | None = None
    """The topic file: glossary, outlets and limits for articles that are added."""
    author: str = ""


@dataclass(frozen=True)
class Turn:
    """How the report's side of a talk stands: `proposal` names what waits for approval when `status` is proposed."""

    status: Status
    reply: str
    base: int = 0
    proposal: str = ""
    changes: tuple[Change, ...] = ()
    removed: tuple[Removed, ...] = ()
    passages: tuple[Passage, ...] = ()
    version: int = 0


class Revising:
    """One report under revision. Turns come one at a time; two people may each have a Revising of the same report."""

    def __init__(
        self, place: IssuePlace, versions: Versions, record: Record, store: ArticleStore, app: Any, deps: RevisionDeps
    ) -> None:
        self.place = place
        self.versions = versions
        self.has_writer = deps.reviser.writer is not None
        self._record = record
        self._store = store
        self._app = app
        self._deps = deps
        self._one_at_a_time = asyncio.Lock()
        self._rendering: list[asyncio.Future[bool]] = []
        week = place.folder.path
        self._config = {"configurable": {"thread_id": f"revise/{week.parent.name}/{week.name}"}, "recursion_limit": 12}

    def report(self) -> Report:
        """Return the report as it stands."""
        return self.versions.current()

    def history(self) -> list[VersionRow]:
        """Return all versions, oldest first."""
        return self.versions.history()

    def compare(self, old: int, new: int) -> tuple[Change, ...]:
        """Return what differs between two versions. Raises SettingError when there is none of a number."""
        return changes_of(self.versions.report(old), self.versions.report(new))

    async def say(self, message: str, section: str = "", author: str = "", on_step: OnStep | None = None) -> Turn:
        """Take a person's message; what waited for approval is given up. `section` is what the person has selected."""
        given = {"message": message, "section": section, "author": author}
        return await self._run(given, on_step)

    async def pending(self) -> Turn | None:
        """Return the proposal that waits for approval, None when there is none."""
        state = await self._app.aget_state(self._config)
        return _turn(state.values) if "approve" in state.next else None

    async def approve(self, proposal: str, on_step: OnStep | None = None) -> Turn:
        """Write the proposal. Approving it again changes nothing; one that is not waiting any more is not written."""
        return await self._decide({"approve": True, "proposal": proposal}, on_step)

    async def reject(self, proposal: str) -> Turn:
        """Give the proposal up."""
        return await self._decide({"approve": False, "proposal": proposal}, None)

    async def undo(self) -> Turn:
        """Put the version back that this one came from."""
        return await self._step(self.versions.undo, "undone")

    async def redo(self) -> Turn:
        """Put the version back that was taken back last."""
        return await self._step(self.versions.redo, "redone")

    async def restore(self, number: int) -> Turn:
        """Put any version back."""
        return await self._step(partial(self.versions.restore, number), "undone")

    async def finish(self) -> bool:
        """Do what a crash left undone: write an approved edit, make stale formats anew; tell if there was anything."""
        state = await self._app.aget_state(self._config)
        written = "write" in state.next
        if written:
            await self._run(None, None)
        return await self.refresh() or written

    async def refresh(self) -> bool:
        """Make the other formats anew if they show another version than report.json; tell whether they did."""
        return await asyncio.to_thread(self.versions.refresh, partial(render_formats, record=self._record))

    def refresh_soon(self) -> None:
        """Begin to make the other formats anew, without waiting; leaving `open_revising` waits for it."""
        render = partial(self.versions.refresh, partial(render_formats, record=self._record))
        self._rendering.append(asyncio.get_running_loop().run_in_executor(None, render))

    async def rendered(self) -> None:
        """Wait until all formats that are being made are written. Raises what went wrong with them."""
        while self._rendering:
            await self._rendering.pop()

    async def _decide(self, decision: dict[str, Any], on_step: OnStep | None) -> Turn:
        from langgraph.types import Command

        state = await self._app.aget_state(self._config)
        same = state.values.get("proposal") == decision["proposal"] and bool(decision["proposal"])
        if same and "approve" in state.next:
            return await self._run(Command(resume=decision), on_step)
        if same and state.values.get("status") in {"written", "moved", "rejected"}:
            return _turn(state.values)
        return Turn("refused", say("nothing_pending", self.report().language))

    async def _step(self, move: Callable[[], Report], key: Literal["undone", "redone"]) -> Turn:
        async with self._one_at_a_time:
            try:
                now = await asyncio.to_thread(move)
            except RefusedEdit as refusal:
                language = self.report().language
                return Turn("refused", say("refused", language, reason=reason_in(language, refusal.reason)))
            await asyncio.to_thread(self._deps.refile, now)
            self._store.close()
        version = now.versions[-1].version
        return Turn("stepped", say(key, now.language, version=version), version=version)

    async def _run(self, given: Any, on_step: OnStep | None) -> Turn:
        async with self._one_at_a_time:
            try:
                stream = self._app.astream(
                    given, self._config, context=self._deps, stream_mode="custom", durability="sync"
                )
                async for told in stream:
                    if on_step is not None:
                        on_step(str(told["step"]))
            finally:
                # Between turns the store's folder belongs to whoever needs it, a weekly run above all.
                self._store.close()
            return _turn((await self._app.aget_state(self._config)).values)


def _turn(values: dict[str, Any]) -> Turn:
    return Turn(
        status=values["status"],
        reply=values["reply"],
        base=values["base"],
        proposal=values["proposal"],
        changes=tuple(Change.model_validate(c) for c in values["changes"]),
        removed=tuple(Removed.model_validate(r) for r in values["removed"]),
        passages=tuple(Passage.model_validate(p) for p in values["passages"]),
        version=values["version"],
    )


@asynccontextmanager
async def open_revising(options: ReviseOptions, settings: Settings, progress: Progress) -> AsyncIterator[Revising]:
    """Yield a report under revision and close everything afterwards. Raises SettingError or ModelRefused."""
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from agent.reviser import Reviser
    from graph.revision import build_revision_graph

    harden_environment()
    place = place_of(options.report)
    topic = read_topic(options.topic) if options.topic else None
    versions = Versions(place.folder)
    async with AsyncExitStack() as stack:
        record = Record(data_folder(place.out) / "record.sqlite")
        stack.callback(record.close)
        store = open_store(place.out, record)
        stack.callback(store.close)
        engine = _engine(options, topic, settings)
        writer = await _writer(options, settings, place, store, progress, stack) if engine == "model" else None

        async def fetch(url: str, report: Report) -> Any:
            store.close()
            return await fetch_article(url, report, place, settings, record, progress, topic, engine)

        deps = _deps(versions, record, store, Reviser(store, writer, fetch), topic.glossary if topic else {})
        checkpoints = str(data_folder(place.out) / "checkpoints.sqlite")
        saver = await stack.enter_async_context(AsyncSqliteSaver.from_conn_string(checkpoints))
        app = build_revision_graph().compile(checkpointer=saver)
        revising = Revising(place, versions, record, store, app, deps)
        await revising.finish()
        try:
            yield revising
        finally:
            await revising.rendered()


def _deps(
    versions: Versions, record: Record, store: ArticleStore, reviser: Reviser, glossary: Mapping[str, str]
) -> RevisionDeps:
    from agent.revision.evidence import Library
    from graph.revision_state import RevisionDeps

    return RevisionDeps(
        versions=versions,
        reviser=reviser,
        evidence=Library(record, store),
        sources=lambda report: sources_of(report, record, versions, glossary),
        articles=lambda ids: {i: record.article(i) for i in ids if record.has_article(i)},
        refile=lambda report: refile(report, record, store),
        now=lambda: datetime.now(UTC),
    )


def _engine(options: ReviseOptions, topic: Topic | None, settings: Settings) -> Literal["model", "extractive"]:
    if options.engine != "auto":
        return options.engine
    return "model" if settings.has_model(options.model or (topic.model if topic else "")) else "extractive"


async def _writer(
    options: ReviseOptions,
    settings: Settings,
    place: IssuePlace,
    store: ArticleStore,
    progress: Progress,
    stack: AsyncExitStack,
) -> Writer:
    from agent.chat_model import chat_model
    from agent.ledger import Ledger
    from agent.llm import ModelClient
    from agent.pace import Pace
    from agent.prices import price_of
    from agent.revision.writing import ModelWriter

    model = settings.model_settings(options.model)
    ledger = Ledger(data_folder(place.out) / "ledger.sqlite")
    stack.callback(ledger.close)
    chat = chat_model(model.name, api_key=model.api_key, base_url=model.base_url, timeout=model.timeout)
    client = ModelClient(chat, model.name, ledger, pace=Pace(), progress=progress, price=price_of(model.name))
    stack.push_async_callback(client.aclose)
    await client.probe()
    return ModelWriter(client, store)

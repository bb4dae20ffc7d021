"""Talking about a finished report: opens it with everything that the revision graph works with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from agent.errors import ShuhoError
from agent.observability.progress import Progress
from agent.report import Report
from agent.revision.edits import Change, RefusedEdit
from agent.revision.extent import changes_of
from agent.revision.reasons import reason_of
from agent.revision.spending import Meter
from agent.revision.transcript import Transcript
from agent.revision.versions import VersionMoved, VersionRow, Versions
from agent.revision.words import say
from agent.secrecy import redacted
from agent.settings import Settings, harden_environment
from agent.storage.record import Record
from agent.topic import read_topic
from shuho.adding import Adding, fetch_article
from shuho.issue_parts import IssuePlace, place_of, refile, render_formats, sources_of, transcript_path
from shuho.parts import data_folder, open_store
from shuho.turns import OnStep, Told, Turn, answered, heard, turn_of
from shuho.writing_parts import chosen_engine, open_writer

if TYPE_CHECKING:
    from agent.reviser import Reviser
    from agent.storage.embed import Encoder
    from agent.storage.store import ArticleStore
    from graph.revision_state import RevisionDeps


@dataclass(frozen=True)
class ReviseOptions:
    """What to talk about, and with whom. An empty model is the default one; `author` is kept with each version."""

    report: Path
    engine: Literal["auto", "model", "extractive"] = "auto"
    model: str = ""
    topic: Path | None = None
    """The topic file: glossary, outlets and limits for articles that are added."""
    author: str = ""


class Revising:
    """One report under revision. Turns come one at a time; two people may each have a Revising of the same report."""

    def __init__(
        self,
        place: IssuePlace,
        versions: Versions,
        record: Record,
        store: ArticleStore,
        app: Any,
        deps: RevisionDeps,
        transcript: Transcript,
    ) -> None:
        self.place = place
        self.versions = versions
        self.transcript = transcript
        self.has_writer = deps.reviser.writer is not None
        self._record = record
        self._store = store
        self._app = app
        self._deps = deps
        self._one_at_a_time = asyncio.Lock()
        self._rendering: list[asyncio.Future[bool]] = []
        self._warming: list[asyncio.Future[None]] = []
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

    async def say(
        self,
        message: str,
        section: str = "",
        author: str = "",
        on_step: OnStep | None = None,
        *,
        language: str = "",
        noted: bool = False,
    ) -> Turn:
        """Take a person's message; what waited for approval is given up. `section` is what the person has selected.

        `language` is the person's, empty for the report's; `noted` tells that the message is in the transcript already.
        """
        # People paste addresses with keys in them.
        message = redacted(message)
        if not noted:
            self.transcript.add(heard(message, section, author, language))
        given = {"message": message, "section": section, "author": author, "language": language}
        return await self._noted(self._run(given, on_step), language)

    async def pending(self) -> Turn | None:
        """Return the proposal that waits for approval, None when there is none."""
        state = await self._app.aget_state(self._config)
        return turn_of(state.values) if "approve" in state.next else None

    async def approve(self, proposal: str, on_step: OnStep | None = None, *, language: str = "") -> Turn:
        """Write the proposal. Approving it again changes nothing; one that is not waiting any more is not written."""
        decision = {"approve": True, "proposal": proposal, "language": language}
        return await self._noted(self._decide(decision, on_step), language)

    async def reject(self, proposal: str, *, language: str = "") -> Turn:
        """Give the proposal up."""
        decision = {"approve": False, "proposal": proposal, "language": language}
        return await self._noted(self._decide(decision, None), language)

    async def undo(self, base: int | None = None, *, language: str = "") -> Turn:
        """Put the version back that this one came from; the status is `moved` when `base`, as seen, is not current."""
        return await self._noted(self._step(partial(self.versions.undo, base), "undone", language), language)

    async def redo(self, base: int | None = None, *, language: str = "") -> Turn:
        """Put the version back that was taken back last; `base` as for undo."""
        return await self._noted(self._step(partial(self.versions.redo, base), "redone", language), language)

    async def restore(self, number: int, base: int | None = None, *, language: str = "") -> Turn:
        """Put any version back; `base` as for undo."""
        move = partial(self.versions.restore, number, base)
        return await self._noted(self._step(move, "undone", language), language)

    async def finish(self) -> bool:
        """Do what a crash left undone: write an approved edit, make stale formats anew; tell if there was anything."""
        state = await self._app.aget_state(self._config)
        written = "write" in state.next
        if written:
            await self._noted(self._run(None, None), "")
        elif self.transcript.is_interrupted():
            asked = self.transcript.last(1)[0]
            language = asked.language or self.report().language
            self.transcript.add(answered(Turn("refused", say("interrupted", language)), language))
        return await self.refresh() or written

    async def refresh(self) -> bool:
        """Make the other formats anew if they show another version than report.json; tell whether they did."""
        return await asyncio.to_thread(self.versions.refresh, partial(render_formats, record=self._record))

    def refresh_soon(self) -> None:
        """Begin to make the other formats anew, without waiting; leaving `open_revising` waits for it."""
        render = partial(self.versions.refresh, partial(render_formats, record=self._record))
        self._rendering.append(asyncio.get_running_loop().run_in_executor(None, render))

    def warm_up(self) -> None:
        """Begin to load what the first message needs, while the person is still thinking of it."""
        load = getattr(self._store.encoder, "load", None)
        if load is not None and not self._warming:
            self._warming.append(asyncio.get_running_loop().run_in_executor(None, load))

    async def rendered(self) -> None:
        """Wait until all formats that are being made are written. Raises what went wrong with them."""
        if self._warming:
            await asyncio.wait(self._warming)
        while self._rendering:
            await self._rendering.pop()

    async def _decide(self, decision: dict[str, Any], on_step: OnStep | None) -> Turn:
        from langgraph.types import Command

        state = await self._app.aget_state(self._config)
        same = state.values.get("proposal") == decision["proposal"] and bool(decision["proposal"])
        if same and "approve" in state.next:
            return await self._run(Command(resume=decision), on_step)
        if same and state.values.get("status") in {"written", "moved", "rejected"}:
            return turn_of(state.values)
        return Turn("refused", say("nothing_pending", decision["language"] or self.report().language))

    async def _noted(self, work: Coroutine[Any, Any, Turn], language: str) -> Turn:
        """Do the work and note in the transcript what it came to."""
        language = language or self.report().language
        try:
            turn = await work
        except ShuhoError as error:
            self.transcript.add(answered(Turn("refused", reason_of(error, language)), language, failed=True))
            raise
        self.transcript.add(answered(turn, language))
        return turn

    async def _step(self, move: Callable[[], Report], key: Literal["undone", "redone"], language: str) -> Turn:
        async with self._one_at_a_time:
            language = language or self.report().language
            try:
                now = await asyncio.to_thread(move)
            except RefusedEdit as refusal:
                return Turn("refused", say("refused", language, reason=refusal.said(language)))
            except VersionMoved as moved:
                return Turn("moved", say("moved", language, version=moved.current), base=moved.base)
            await asyncio.to_thread(self._deps.refile, now)
            self._store.close()
        version = now.versions[-1].version
        return Turn("stepped", say(key, language, version=version), version=version)

    async def _run(self, given: Any, on_step: OnStep | None) -> Turn:
        async with self._one_at_a_time:
            try:
                stream = self._app.astream(
                    given, self._config, context=self._deps, stream_mode="custom", durability="sync"
                )
                async for told in stream:
                    if on_step is not None:
                        on_step(Told(**told))
            finally:
                # Between turns the store's folder belongs to whoever needs it, a weekly run above all.
                self._store.close()
            return turn_of((await self._app.aget_state(self._config)).values)


@asynccontextmanager
async def open_revising(
    options: ReviseOptions, settings: Settings, progress: Progress, encoder: Encoder | None = None
) -> AsyncIterator[Revising]:
    """Yield a report under revision and close everything afterwards. Raises SettingError or ModelRefused."""
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from agent.reviser import Reviser
    from graph.revision import build_revision_graph

    harden_environment()
    place = place_of(options.report)
    topic = read_topic(options.topic) if options.topic else None
    versions = Versions(place.folder)
    transcript = Transcript(transcript_path(place))
    async with AsyncExitStack() as stack:
        record = Record(data_folder(place.out) / "record.sqlite")
        stack.callback(record.close)
        store = open_store(place.out, record, encoder)
        stack.callback(store.close)
        engine = chosen_engine(options.engine, options.model, topic, settings)
        writer, meter = None, Meter()
        if engine == "model":
            folder, spent = data_folder(place.out), transcript.spent()
            writer, meter = await open_writer(options.model, topic, spent, settings, folder, store, progress, stack)

        async def fetch(url: str, report: Report) -> Any:
            store.close()
            adding = Adding(place, settings, record, progress, engine, options.model, topic, transcript.spent())
            return await fetch_article(url, report, adding, meter.add)

        deps = _deps(versions, record, store, Reviser(store, writer, fetch), topic.glossary if topic else {}, meter)
        checkpoints = str(data_folder(place.out) / "checkpoints.sqlite")
        saver = await stack.enter_async_context(AsyncSqliteSaver.from_conn_string(checkpoints))
        app = build_revision_graph().compile(checkpointer=saver)
        revising = Revising(place, versions, record, store, app, deps, transcript)
        await revising.finish()
        try:
            yield revising
        finally:
            await revising.rendered()


def _deps(
    versions: Versions, record: Record, store: ArticleStore, reviser: Reviser, glossary: Mapping[str, str], meter: Meter
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
        meter=meter,
    )

"""Talking about a report on the terminal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rich.console import Console
from rich.text import Text

from agent.errors import UserError
from agent.revision.edits import RefusedEdit
from agent.revision.sections import resolve
from shuho.revising import Revising, Turn
from shuho.showing import show_changes, show_history, show_section, show_sections, show_turn

HELP = """\
/sections            all sections           /section NAME   select one (alone: none)
/show [NAME]         a section as text      /diff [A B]     the waiting change, or two versions
/approve /reject     the waiting change     /undo /redo     back, forth
/versions            the history            /restore N      put a version back
/quit                leave (Ctrl-D)         \"\"\"             begins and ends a message of several lines
Anything else is a message, as in: もっと短く · #12を外して · move #5 to … · why did … ?"""

_FENCE = '"""'
_STEPS = {
    "understand": "…",
    "gather": "reading the sources …",
    "rewrite": "writing …",
    "answer": "answering …",
    "verify": "checking against the sources …",
    "write": "writing the version …",
}


class Chat:
    """One talk: what is selected, what waits for approval."""

    def __init__(self, revising: Revising, console: Console, ask: Callable[[str], str], author: str) -> None:
        self._revising = revising
        self._console = console
        self._ask = ask
        self._author = author
        self._section = ""

    async def run(self) -> None:
        """Read and act until the person leaves."""
        report = self._revising.report()
        self._console.print(Text(f"{report.title} {report.week.iso} · version {report.versions[-1].version}", "bold"))
        self._console.print(Text(HELP, style="dim"))
        if waiting := await self._revising.pending():
            show_turn(self._console, waiting)
        while (message := self._read()) is not None:
            if message in {"/quit", "/q", "/exit"}:
                return
            try:
                await self._act(message)
            except UserError as error:
                self._console.print(Text(str(error), style="red"))

    def _read(self) -> str | None:
        try:
            line = self._ask(f"{self._section or 'report'}> ")
            if not line.strip().startswith(_FENCE):
                return line.strip()
            lines = [line.strip().removeprefix(_FENCE)]
            while not (line := self._ask("... ")).rstrip().endswith(_FENCE):
                lines.append(line)
            return "\n".join([*lines, line.rstrip().removesuffix(_FENCE)]).strip()
        except EOFError:
            return None

    async def _act(self, message: str) -> None:
        if not message:
            return
        if not message.startswith("/"):
            self._show(await self._revising.say(message, self._section, self._author, self._tell))
            return
        word, _, rest = message[1:].partition(" ")
        acts: dict[str, Callable[[str], Awaitable[None]]] = {
            "help": self._help,
            "sections": self._sections,
            "section": self._select,
            "show": self._show_section,
            "diff": self._diff,
            "approve": self._approve,
            "reject": self._reject,
            "undo": self._undo,
            "redo": self._redo,
            "restore": self._restore,
            "versions": self._versions,
        }
        await acts.get(word, self._help)(rest.strip())

    def _show(self, turn: Turn) -> None:
        show_turn(self._console, turn)
        if turn.status == "proposed":
            self._console.print(Text("/approve  /reject", style="bold"))

    def _tell(self, step: str) -> None:
        self._console.print(Text(_STEPS.get(step, step), style="dim"))

    async def _help(self, rest: str) -> None:
        self._console.print(Text(HELP))

    async def _sections(self, rest: str) -> None:
        show_sections(self._console, self._revising.report(), self._section)

    async def _select(self, rest: str) -> None:
        self._section = resolve(self._revising.report(), rest) if rest else ""

    async def _show_section(self, rest: str) -> None:
        report = self._revising.report()
        name = rest or self._section
        if not name:
            raise RefusedEdit("/show wants a section; /sections lists them")
        show_section(self._console, report, resolve(report, name))

    async def _diff(self, rest: str) -> None:
        if not rest:
            waiting = await self._revising.pending()
            show_changes(self._console, waiting.changes if waiting else ())
            return
        numbers = rest.split()
        if len(numbers) != 2 or not all(n.isdigit() for n in numbers):
            raise RefusedEdit("/diff wants two version numbers, as in /diff 1 3")
        show_changes(self._console, self._revising.compare(int(numbers[0]), int(numbers[1])))

    async def _approve(self, rest: str) -> None:
        waiting = await self._revising.pending()
        turn = await self._revising.approve(waiting.proposal if waiting else "", self._tell)
        self._show(turn)
        self._revising.refresh_soon()

    async def _reject(self, rest: str) -> None:
        waiting = await self._revising.pending()
        self._show(await self._revising.reject(waiting.proposal if waiting else ""))

    async def _undo(self, rest: str) -> None:
        self._show(await self._revising.undo())
        self._revising.refresh_soon()

    async def _redo(self, rest: str) -> None:
        self._show(await self._revising.redo())
        self._revising.refresh_soon()

    async def _restore(self, rest: str) -> None:
        if not rest.isdigit():
            raise RefusedEdit("/restore wants a version number; /versions lists them")
        self._show(await self._revising.restore(int(rest)))
        self._revising.refresh_soon()

    async def _versions(self, rest: str) -> None:
        show_history(self._console, self._revising.history())

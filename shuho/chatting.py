"""Talking about a report on the terminal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rich.console import Console
from rich.text import Text

from agent.errors import UserError, WeekHeld
from agent.revision.edits import RefusedEdit
from agent.revision.reasons import reason_of
from agent.revision.sections import resolve
from shuho.live import LiveTurn
from shuho.revising import Revising
from shuho.showing import show_changes, show_history, show_section, show_sections, show_talk, show_turn
from shuho.terminal_words import terminal_words
from shuho.turns import Turn

_LAST = 6
"""Messages and answers of an earlier talk that are shown at the beginning."""
_FENCE = '"""'


class Chat:
    """One talk: what is selected, what waits for approval."""

    def __init__(self, revising: Revising, console: Console, ask: Callable[[str], str], author: str) -> None:
        self._revising = revising
        self._console = console
        self._ask = ask
        self._author = author
        self._section = ""
        self._language = revising.report().language
        self._words = terminal_words(self._language)

    async def run(self) -> None:
        """Read and act until the person leaves."""
        self._revising.warm_up()
        report = self._revising.report()
        version = self._words.version.format(n=report.versions[-1].version)
        self._console.print(Text(f"{report.title} {report.week.iso} · {version}", "bold"))
        self._console.print(Text(self._words.help, style="dim"))
        show_talk(self._console, self._revising.transcript.last(_LAST))
        if waiting := await self._revising.pending():
            self._show(waiting)
        while (message := self._read()) is not None:
            if message in {"/quit", "/q", "/exit"}:
                return
            try:
                await self._act(message)
            except (UserError, WeekHeld) as error:
                self._console.print(Text(reason_of(error, self._language), style="red"))

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
            with LiveTurn(self._console, self._words) as live:
                turn = await self._revising.say(message, self._section, self._author, live.hear)
            self._show(turn)
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
        show_turn(self._console, turn, self._words)
        if turn.status == "proposed":
            self._console.print(Text("/approve  /reject", style="bold"))

    async def _help(self, rest: str) -> None:
        self._console.print(Text(self._words.help))

    async def _sections(self, rest: str) -> None:
        show_sections(self._console, self._revising.report(), self._section)

    async def _select(self, rest: str) -> None:
        self._section = resolve(self._revising.report(), rest) if rest else ""

    async def _show_section(self, rest: str) -> None:
        report = self._revising.report()
        name = rest or self._section
        if not name:
            raise RefusedEdit("show_wants")
        show_section(self._console, report, resolve(report, name))

    async def _diff(self, rest: str) -> None:
        if not rest:
            waiting = await self._revising.pending()
            show_changes(self._console, waiting.changes if waiting else ())
            return
        numbers = rest.split()
        if len(numbers) != 2 or not all(n.isdigit() for n in numbers):
            raise RefusedEdit("diff_wants")
        show_changes(self._console, self._revising.compare(int(numbers[0]), int(numbers[1])))

    async def _approve(self, rest: str) -> None:
        waiting = await self._revising.pending()
        with LiveTurn(self._console, self._words) as live:
            turn = await self._revising.approve(waiting.proposal if waiting else "", live.hear)
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
            raise RefusedEdit("restore_wants")
        self._show(await self._revising.restore(int(rest)))
        self._revising.refresh_soon()

    async def _versions(self, rest: str) -> None:
        show_history(self._console, self._revising.history(), self._words, self._revising.transcript.spent())

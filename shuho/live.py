"""What is being written, as it is written: shown on a terminal while the turn goes on, and gone when it ends."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console, Group
from rich.panel import Panel
from rich.text import Text

from shuho.terminal_words import TerminalWords
from shuho.turns import Told

if TYPE_CHECKING:
    from rich.live import Live

_SHOWN = 1200
"""Characters of a long draft that are shown, its end."""


class LiveTurn:
    """Shows one turn: the steps as lines, a draft in a frame that says what it is, an answer's sentences that hold.

    Draft and answer vanish when the block is left, where the outcome takes their place. On anything but a terminal they
    are not shown at all, so that no draft stands in a file.
    """

    def __init__(self, console: Console, words: TerminalWords) -> None:
        self._console = console
        self._words = words
        self._step = ""
        self._live: Live | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def hear(self, told: Told) -> None:
        """Show where the turn stands."""
        if told.step != self._step:
            self._stop()
            self._step = told.step
            self._console.print(Text(self._words.steps.get(told.step, told.step), style="dim"))
        if self._console.is_terminal and (told.draft or told.answer):
            self._show(told)

    def _show(self, told: Told) -> None:
        from rich.live import Live

        if self._live is None:
            self._live = Live(console=self._console, transient=True, auto_refresh=False)
            self._live.start()
        text = told.draft or told.answer
        shown = Text(("… " if len(text) > _SHOWN else "") + text[-_SHOWN:])
        if told.draft:
            shown.stylize("dim italic")
            self._live.update(Panel(shown, title=self._words.draft, border_style="yellow"), refresh=True)
        else:
            self._live.update(Group(shown), refresh=True)

    def _stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

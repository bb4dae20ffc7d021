"""The commands that revise a finished report."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from shuho.revising import ReviseOptions, Revising
    from shuho.turns import Turn

ReportPath = Annotated[Path, typer.Argument(metavar="REPORT", help="A report's folder, or its report.json.")]
Engine = Annotated[
    Literal["auto", "model", "extractive"], typer.Option(help="extractive needs no key: it chooses, and never writes.")
]
Model = Annotated[str, typer.Option(metavar="PROVIDER:NAME", help="As in google_genai:gemini-3.5-flash.")]
TopicFile = Annotated[
    Path | None, typer.Option("--topic", metavar="TOPIC.toml", help="Glossary, outlets and limits for added articles.")
]
Author = Annotated[str, typer.Option(help="Kept with the version.")]
_REFUSED = 64


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (revise, chat, history, undo):
        app.command()(command)


def revise(
    report: ReportPath,
    request: Annotated[str, typer.Argument(metavar="REQUEST", help="As in もっと短く, or: drop #12.")],
    section: Annotated[str, typer.Option(help="As in outlook, topics/1, articles/12/summary.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    engine: Engine = "auto",
    model: Model = "",
    topic: TopicFile = None,
    author: Author = "",
) -> None:
    """Change exactly what is asked in a finished report, show the difference, and write it when approved."""

    async def act(revising: Revising, console: Console) -> int:
        from shuho.live import LiveTurn
        from shuho.showing import show_turn
        from shuho.terminal_words import terminal_words

        words = terminal_words(revising.report().language)
        with LiveTurn(console, words) as live:
            turn = await revising.say(request, section, author, live.hear if console.is_terminal else None)
        show_turn(console, turn, words)
        if turn.status == "proposed":
            agreed = yes or (sys.stdin.isatty() and typer.confirm(words.write_it))
            if not agreed and not sys.stdin.isatty():
                console.print(words.not_written)
                return 0
            turn = await (revising.approve if agreed else revising.reject)(turn.proposal)
            show_turn(console, turn, words)
        await revising.refresh()
        return _code(turn)

    _run(_options(report, engine, model, topic, author), act)


def chat(
    report: ReportPath, engine: Engine = "auto", model: Model = "", topic: TopicFile = None, author: Author = ""
) -> None:
    """Talk about a finished report: ask, revise a section, compare, take back."""

    async def act(revising: Revising, console: Console) -> int:
        from shuho.chatting import Chat

        if sys.stdin.isatty():
            # Gives `input` line editing and a history.
            import readline  # noqa: F401
        await Chat(revising, console, input, author).run()
        return 0

    _run(_options(report, engine, model, topic, author), act)


def history(report: ReportPath) -> None:
    """List a report's versions with what each cost; the current one is marked."""
    from agent.revision.transcript import Transcript
    from agent.revision.versions import Versions
    from shuho.issue_parts import place_of, transcript_path
    from shuho.showing import show_history
    from shuho.terminal_words import terminal_words

    place = place_of(report)
    versions = Versions(place.folder)
    spent = Transcript(transcript_path(place)).spent()
    show_history(_console(), versions.history(), terminal_words(versions.current().language), spent)


def undo(
    report: ReportPath,
    to: Annotated[int, typer.Option(metavar="N", min=0, help="Put this version back, instead of the one before.")] = 0,
) -> None:
    """Take the last revision back; the report is the former version again, byte for byte."""

    async def act(revising: Revising, console: Console) -> int:
        from shuho.showing import show_turn
        from shuho.terminal_words import terminal_words

        turn = await (revising.restore(to) if to else revising.undo())
        show_turn(console, turn, terminal_words(revising.report().language))
        await revising.refresh()
        return _code(turn)

    _run(_options(report, "extractive", "", None, ""), act)


def _options(
    report: Path, engine: Literal["auto", "model", "extractive"], model: str, topic: Path | None, author: str
) -> ReviseOptions:
    from shuho.revising import ReviseOptions

    return ReviseOptions(report, engine, model, topic, author)


def _run(options: ReviseOptions, act: Callable[[Revising, Console], Awaitable[int]]) -> None:
    from agent.observability.progress import Silent
    from agent.settings import read_settings
    from shuho.revising import open_revising

    async def opened() -> int:
        async with open_revising(options, read_settings(env_file=Path(".env")), Silent()) as revising:
            return await act(revising, _console())

    raise typer.Exit(asyncio.run(opened()))


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def _code(turn: Turn) -> int:
    return 0 if turn.status in {"written", "stepped", "answered", "rejected"} else _REFUSED

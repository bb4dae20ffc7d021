"""The command that writes a week's report."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from shuho.collecting import collector_held_back

if TYPE_CHECKING:
    from agent.settings import Settings
    from shuho.app import RunOutcome

_OUT = Path("reports")


@dataclass(frozen=True)
class Program:
    """What the commands have from the program: its settings, and its voice."""

    settings: Callable[[], Settings]
    say: Callable[..., None]


def register(app: typer.Typer, exits: str) -> None:
    """Add the command to the program, whose context holds a `Program`."""
    app.command(epilog=exits)(collector_held_back()(run))


def run(
    context: typer.Context,
    topic: Annotated[Path, typer.Argument(metavar="TOPIC.toml", help="The topic file; `shuho init` writes one.")],
    week: Annotated[str, typer.Option(metavar="YYYY-Www", help="ISO week, or last; the current one by default.")] = "",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where reports and the store lie.")] = _OUT,
    engine: Annotated[
        Literal["auto", "model", "extractive"],
        typer.Option(help="auto takes the model where a key is set; extractive needs neither key nor network."),
    ] = "auto",
    model: Annotated[str, typer.Option(metavar="PROVIDER:NAME", help="As in google_genai:gemini-3.5-flash.")] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="Print at most this many articles.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Research again; the old version stays.")] = False,
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Append what happens there, one JSON object a line.")
    ] = None,
    economy: Annotated[
        bool, typer.Option("--economy", help="Few model calls: several articles by one (see limits.calls_per_day).")
    ] = False,
) -> None:
    """Write the report of a week: DIR/<topic>/<week>/report.pdf, .html, .md, .json and run.json."""
    from shuho.app import RunOptions, run_week
    from shuho.interrupting import run_interruptible
    from shuho.observability import INTERRUPTED, observed_run
    from shuho.watching import watch

    program: Program = context.obj
    options = RunOptions(topic, out, week, engine, model, limit, fresh, economy)

    settings = program.settings()
    complain = partial(program.say, file=sys.stderr)
    with watch(sys.stderr) as progress, observed_run(settings, log, complain) as end_traces:

        def leave() -> None:
            said = f"interrupted; what is done is kept. To go on: {shlex.join(['shuho', *sys.argv[1:]])}"
            program.say(f"\nshuho: {said}", file=sys.stderr, flush=True)
            end_traces(INTERRUPTED)

        outcome = run_interruptible(run_week(options, settings, progress), leave)
    state = "complete" if outcome.complete else f"written with {_counted(outcome)}, which the report lists"
    if outcome.repeated:
        state += "; it was finished before and nothing was asked again (--fresh researches again)"
    program.say(f"{outcome.folder / 'report.pdf'}: {state} ({outcome.engine} engine)")
    raise typer.Exit(0 if outcome.complete else 3)


def _counted(outcome: RunOutcome) -> str:
    counts = {"gap": outcome.gaps, "failed check": outcome.failed}
    return " and ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in counts.items() if count)

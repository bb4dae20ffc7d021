"""Weekly runs that the page starts: each a process of its own, so that it never holds up the page."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from agent.errors import TopicError
from agent.topic import Topic, read_topic
from shuho.parts import data_folder
from shuho.web.elsewhere import ElsewhereRun, runs_elsewhere

State = Literal["running", "complete", "gaps", "nothing", "held", "stopped", "failed"]

_STATES: dict[int, State] = {0: "complete", 3: "gaps", 2: "nothing", 4: "held", 75: "stopped", 130: "stopped"}
_STAGE = re.compile(r"^\s*[\d.]+ s  ([a-z]+)(?: · (\d+) of (\d+))?")
_MOST_LINES = 200
_MOST_RUNS = 20
_LAST_WORDS = 3.0
_COMMAND = "from shuho.cli import main; main()"


@dataclass
class Run:
    """One run. `lines` are what it said, the newest last."""

    number: int
    topic: str
    week: str
    state: State = "running"
    stage: str = ""
    done: int = 0
    total: int = 0
    lines: list[str] = field(default_factory=list)
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, line: str) -> None:
        """Take a line of the run's own words."""
        if match := _STAGE.match(line):
            self.stage, self.done, self.total = match[1], int(match[2] or 0), int(match[3] or 0)
        self.lines.append(line)
        del self.lines[:-_MOST_LINES]
        self.wake()

    def wake(self) -> None:
        """Tell all listeners that something has changed."""
        self.moved.set()
        self.moved = asyncio.Event()


class RunBusy(Exception):
    """A run is going on already."""


class Runs:
    """Starts runs, one at a time, of the topic files in `topics`, which is a folder or one file.

    A `model` that was named for the page is every run's.
    """

    def __init__(self, topics: Path, out: Path, model: str = "") -> None:
        self._topics = topics
        self._out = out
        self._model = model
        self._runs: list[Run] = []
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def topics(self) -> dict[str, Topic]:
        """Return the topic files that can be read, by the topic's name in paths."""
        found: dict[str, Topic] = {}
        for path in self._files():
            try:
                topic = read_topic(path)
            except TopicError:
                continue
            found.setdefault(topic.slug, topic)
        return found

    def elsewhere(self) -> list[ElsewhereRun]:
        """Return the runs that other processes have going."""
        own = self._process.pid if self._process is not None else 0
        return runs_elsewhere(self._out, data_folder(self._out) / "record.sqlite", own)

    def all(self) -> Sequence[Run]:
        """Return the runs of this page, the newest first."""
        return self._runs[::-1]

    def find(self, number: int) -> Run | None:
        """Return a run by its number."""
        return next((run for run in self._runs if run.number == number), None)

    async def start(self, topic: Topic, week: str, engine: str, *, fresh: bool) -> Run:
        """Start a run. Raises RunBusy."""
        if self._task is not None and not self._task.done():
            raise RunBusy
        words = ["run", str(topic.path), "--out", str(self._out), "--engine", engine]
        words += (["--week", week] if week else []) + (["--fresh"] if fresh else [])
        words += ["--model", self._model] if self._model else []
        self._stopping, self._process = False, None
        run = Run(self._runs[-1].number + 1 if self._runs else 1, topic.slug, week)
        self._runs.append(run)
        del self._runs[:-_MOST_RUNS]
        self._task = asyncio.create_task(self._follow(run, words))
        return run

    async def listen(self, run: Run) -> AsyncIterator[Run]:
        """Yield the run whenever it has moved, and at its end."""
        while run.state == "running":
            moved = run.moved
            yield run
            await moved.wait()
        yield run

    async def stop(self) -> None:
        """Interrupt the run that is going on, as Ctrl-C does; what is done is kept."""
        if self._task is None or self._task.done():
            return
        self._stopping = True
        self._interrupt()
        try:
            await asyncio.wait_for(asyncio.shield(self._task), _LAST_WORDS)
        except TimeoutError:
            if self._process is not None and self._process.returncode is None:
                self._process.kill()

    async def _follow(self, run: Run, words: list[str]) -> None:
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                _COMMAND,
                *words,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            if self._stopping:  # asked to stop while the process was being started
                self._interrupt()
            assert self._process.stdout is not None
            async for line in self._process.stdout:
                run.hear(line.decode(errors="replace").rstrip())
            code = await self._process.wait()
            run.state = _STATES.get(code, "stopped" if self._stopping else "failed")
        except (OSError, ValueError) as error:
            # ValueError: a line longer than the reader's limit, which no run writes.
            run.hear(str(error))
            run.state = "failed"
        finally:
            run.wake()

    def _interrupt(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()

    def _files(self) -> list[Path]:
        if self._topics.is_file():
            return [self._topics]
        return sorted({*self._topics.glob("*.toml"), *self._topics.glob("*/topic.toml")})

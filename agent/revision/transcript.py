"""What was said about a report: a file of lines that outlives every program, read by terminal and page alike.

It is a memory for people. What waits for approval lies in the checkpoint, what was written in the versions.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from agent.alive import is_alive
from agent.errors import SettingError
from agent.model import Told, Value
from agent.report import Spent
from agent.revision.edits import Passage
from agent.revision.spending import added

_TAIL = 400_000
"""Bytes at the end of the file that are read to show a talk."""


class Said(Value):
    """One message or answer. `status` is the turn's, `failed` for an error; `process` is who took the message."""

    at: datetime
    who: Literal["person", "agent"]
    text: Told
    section: str = ""
    author: str = ""
    language: str = ""
    status: str = ""
    version: int = 0
    passages: tuple[Passage, ...] = ()
    spent: Spent | None = None
    process: int = 0


class Transcript:
    """The talk about one report. Lines are only ever added, each in one write, so that several programs may."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, said: Said) -> None:
        """Add a line. Raises SettingError when the disk does not take it."""
        line = said.model_dump_json(exclude_defaults=True) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            try:
                size = os.fstat(handle).st_size
                # A line that a crash cut off stays alone.
                torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
                os.write(handle, (b"\n" if torn else b"") + line.encode())
            finally:
                os.close(handle)
        except OSError as error:
            raise SettingError(f"{self.path}: cannot be written ({error.strerror})") from None

    def last(self, count: int) -> list[Said]:
        """Return the last lines, oldest first; what cannot be read is left out."""
        return list(self._read(_TAIL))[-count:]

    def spent(self) -> Spent:
        """Return what the whole talk has cost."""
        total = Spent()
        for said in self._read():
            total = added(total, said.spent or Spent())
        return total

    def is_interrupted(self) -> bool:
        """Tell whether the last message has no answer and nobody is working on one any more."""
        last = self.last(1)
        return bool(last) and last[0].who == "person" and not is_alive(last[0].process)

    def _read(self, tail: int = 0) -> Iterator[Said]:
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - tail) if tail else 0)
                body = file.read()
        except FileNotFoundError:
            return
        except OSError as error:
            raise SettingError(f"{self.path}: cannot be read ({error.strerror})") from None
        for line in body.splitlines():
            try:
                yield Said.model_validate_json(line)
            except ValidationError:
                continue

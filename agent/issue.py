"""The folder of one topic's week: its formats, its versions, its lock. A file there is whole or absent."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from agent.errors import SettingError, WeekHeld
from agent.report import Report
from agent.week import Week

REPORT, RUN = "report.json", "run.json"


class IssueFolder:
    """`out/<topic>/<week>/`: the newest report in every format, and `versions/NNNN.json` of every one before it."""

    def __init__(self, out: Path, topic: str, week: Week) -> None:
        self.path = out / topic / week.iso
        self._versions = self.path / "versions"

    def report(self) -> Report | None:
        """Return the newest report, None when there is none or it is of a form that this program cannot read."""
        try:
            return Report.model_validate_json((self.path / REPORT).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def next_version(self) -> int:
        """Return the number of the version that would be written next, from 1."""
        taken = [int(path.stem) for path in self._versions.glob("*.json") if path.stem.isdigit()]
        return max(taken, default=0) + 1

    def write(self, files: Mapping[str, bytes], report_json: bytes, version: int) -> None:
        """Write a version's formats; `report.json` last, so that a folder with it is complete."""
        write_whole(self._versions / f"{version:04d}.json", report_json)
        for name, body in files.items():
            write_whole(self.path / name, body)
        write_whole(self.path / REPORT, report_json)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the week against other runs. Raises WeekHeld, naming the process that holds it and since when."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise SettingError(f"{self.path}: cannot be written ({error.strerror}); choose another --out") from None
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.read(handle, 200).decode(errors="replace").strip() or "another process"
                raise WeekHeld(f"{self.path}: {holder} is writing this week; wait for it or stop it") from None
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC".encode(), 0)
            yield
        finally:
            os.close(handle)


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one, never a part.

    Raises SettingError naming the path when the disk is full or the folder cannot be written.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise SettingError(f"{path}: cannot be written ({error.strerror}); {len(body)} bytes are needed") from None

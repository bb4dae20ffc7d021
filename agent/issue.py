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
_UNRENDERED = ".unrendered"
FORMATS = ("report.*", RUN)


def report_file(path: Path) -> Path:
    """Return the file of a report that is named by itself or by its folder."""
    return path / REPORT if path.is_dir() else path


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

    def version_of(self, reserved: int) -> int:
        """Return the number for a run that once reserved one (0: none): the same while nothing newer was written."""
        following = self.next_version()
        if following == reserved or (following == reserved + 1 and self._is_of_a_run(reserved)):
            return reserved
        return following

    def _is_of_a_run(self, version: int) -> bool:
        """Tell a run's version from a revision, which must never be overwritten."""
        try:
            written = Report.model_validate_json((self._versions / f"{version:04d}.json").read_bytes())
        except (FileNotFoundError, ValidationError):
            return False
        return written.versions[-1].section == "all"

    def write(self, files: Mapping[str, bytes], report_json: bytes, version: int) -> None:
        """Write a version's formats; `report.json` last, so that a folder with it is complete.

        All are on disk before the first takes its place: a full disk leaves the earlier report as it was.
        """
        bodies = {self._versions / f"{version:04d}.json": report_json}
        bodies |= {self.path / name: body for name, body in files.items()} | {self.path / REPORT: report_json}
        written: dict[Path, Path] = {}
        try:
            for path, body in bodies.items():
                written[path] = _write_beside(path, body)
        except SettingError:
            for temporary in written.values():
                temporary.unlink(missing_ok=True)
            raise
        for path, temporary in written.items():
            _put(temporary, path, len(bodies[path]))
        self.mark_rendered()

    # Versions of a revised report

    def body(self) -> bytes:
        """Return the bytes of `report.json`. Raises SettingError when there is none."""
        return _read(self.path / REPORT)

    def version_numbers(self) -> list[int]:
        """Return the numbers of all versions, ascending."""
        return sorted(int(path.stem) for path in self._versions.glob("*.json") if path.stem.isdigit())

    def version_body(self, number: int) -> bytes:
        """Return the bytes of a version. Raises SettingError when there is none of that number."""
        return _read(self._versions / f"{number:04d}.json")

    def put_version(self, number: int, body: bytes) -> None:
        """Keep a version."""
        write_whole(self._versions / f"{number:04d}.json", body)

    def put_report(self, body: bytes) -> None:
        """Make a version the current one: from here on it is the report."""
        write_whole(self.path / REPORT, body)

    def put_formats(self, files: Mapping[str, bytes]) -> None:
        """Write formats that are made from `report.json`."""
        for name, body in files.items():
            write_whole(self.path / name, body)

    def remove_format(self, name: str) -> None:
        """Take away a format that could not be made anew: an old one would show another version."""
        (self.path / name).unlink(missing_ok=True)

    def mark_unrendered(self) -> None:
        """Note that the other formats may show another version than `report.json`."""
        write_whole(self.path / _UNRENDERED, b"")

    def is_unrendered(self) -> bool:
        """Tell whether the other formats may show another version than `report.json`."""
        return (self.path / _UNRENDERED).exists()

    def mark_rendered(self) -> None:
        """Note that all formats show the version in `report.json`."""
        (self.path / _UNRENDERED).unlink(missing_ok=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the week against other runs. Raises WeekHeld, naming the process that holds it and since when."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise _unwritable(self.path, error) from None
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.read(handle, 200).decode(errors="replace").strip() or "another process"
                raise WeekHeld(f"{self.path}: {holder} is writing this week; wait for it or stop it") from None
            holder = f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
            try:
                os.ftruncate(handle, 0)
                os.pwrite(handle, holder.encode(), 0)
            except OSError as error:
                raise _unwritable(self.path, error) from None
            self._sweep()
            yield
        finally:
            os.close(handle)

    def _sweep(self) -> None:
        """Remove what a killed run had begun to write beside its place."""
        for folder in (self.path, self._versions):
            for name in (*FORMATS, "*.json"):
                for path in folder.glob(f".{name}.????????"):
                    path.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingError(f"{path}: cannot be read ({error.strerror})") from None


def _unwritable(path: Path, error: OSError) -> SettingError:
    return SettingError(f"{path}: cannot be written ({error.strerror}); choose another --out")


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one, never a part.

    Raises SettingError naming the path when the disk is full or the folder cannot be written.
    """
    _put(_write_beside(path, body), path, len(body))


def _put(temporary: Path, path: Path, size: int) -> None:
    try:
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise SettingError(f"{path}: cannot be written ({error.strerror}); {size} bytes are needed") from None


def _write_beside(path: Path, body: bytes) -> Path:
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise SettingError(f"{path}: cannot be written ({error.strerror}); {len(body)} bytes are needed") from None
    return Path(temporary)

"""Versions of a report: every one is kept whole, and each names those that it came from.

`report.json` is always one of the files in `versions/`, byte for byte, so taking a revision back is putting the former
file there again. A version's number is never used twice, so it tells whether somebody else was here in the meantime.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from agent.errors import WeekHeld
from agent.issue import REPORT, IssueFolder
from agent.report import Report, Version
from agent.revision.edits import RefusedEdit
from agent.revision.reasons import Reasoned

Render = Callable[[Report], Mapping[str, bytes]]
_FORMATS = frozenset({"report.html", "report.md", "report.pdf"})
_PATIENCE = 60.0
_PAUSE = 0.05


class VersionMoved(Reasoned):
    """Somebody else has written a version since the one that a change was made for; nothing is written."""

    def __init__(self, base: int, current: int) -> None:
        self.base = base
        self.current = current
        super().__init__("moved", base=base, current=current)


@dataclass(frozen=True)
class VersionRow:
    """One version; `parent` is the one that it came from, 0 for a run's; `current` marks the one in `report.json`."""

    version: Version
    parent: int
    current: bool


class Versions:
    """The versions in one issue's folder. Safe against other processes: writing takes the week's lock."""

    def __init__(self, folder: IssueFolder, patience: float = _PATIENCE) -> None:
        self._folder = folder
        self._patience = patience

    def current(self) -> Report:
        """Return the report as it stands. Raises SettingError when there is none."""
        return Report.model_validate_json(self._folder.body())

    def report(self, number: int) -> Report:
        """Return a version. Raises RefusedEdit when there is none of that number."""
        if number not in self._folder.version_numbers():
            raise RefusedEdit("no_version", number=number)
        return Report.model_validate_json(self._folder.version_body(number))

    def history(self) -> list[VersionRow]:
        """Return all versions, oldest first."""
        now = self.current().versions[-1].version
        rows = []
        for number in self._folder.version_numbers():
            chain = self.report(number).versions
            parent = chain[-2].version if len(chain) > 1 else 0
            rows.append(VersionRow(chain[-1], parent, number == now))
        return rows

    def earlier(self) -> Iterator[Report]:
        """Yield the versions that the report came from, newest first."""
        for version in reversed(self.current().versions[:-1]):
            yield self.report(version.version)

    def next_article_number(self) -> int:
        """Return the first number that no article of any version has."""
        numbers = self._folder.version_numbers()
        return 1 + max(article.number for number in numbers for article in self.report(number).articles)

    def commit(self, report: Report, stamp: Version, base: int) -> Report:
        """Write a revision of version `base`; `stamp.version` is ignored, the next free number is taken.

        Writing the same stamp again changes nothing, so a step that a crash cut off can be done again. Raises
        VersionMoved when `base` is not the current version any more.
        """
        with self._held():
            before = self.current()
            if _same(before.versions[-1], stamp):
                return before
            if before.versions[-1].version != base:
                raise VersionMoved(base, before.versions[-1].version)
            number = self._unfinished(stamp) or self._folder.next_version()
            version = stamp.model_copy(update={"version": number})
            written = report.model_copy(update={"versions": (*before.versions, version)})
            body = body_of(written)
            self._folder.mark_unrendered()
            self._folder.put_version(number, body)
            self._folder.put_report(body)
            return written

    def undo(self, base: int | None = None) -> Report:
        """Put the version back that the current one came from. Raises RefusedEdit when there is none."""
        chain = self.current().versions
        if len(chain) < 2:
            raise RefusedEdit("no_undo")
        return self.restore(chain[-2].version, base)

    def redo(self, base: int | None = None) -> Report:
        """Put the newest version back that came from the current one. Raises RefusedEdit when there is none."""
        now = self.current().versions[-1].version
        for number in reversed(self._folder.version_numbers()):
            if number > now and now in [v.version for v in self.report(number).versions[-2:-1]]:
                return self.restore(number, base)
        raise RefusedEdit("no_redo")

    def restore(self, number: int, base: int | None = None) -> Report:
        """Put version `number` in place, byte for byte.

        Raises RefusedEdit when there is none, VersionMoved when `base` is given and is not current.
        """
        if number not in self._folder.version_numbers():
            raise RefusedEdit("no_version", number=number)
        with self._held():
            now = self.current().versions[-1].version
            if base is not None and now != base:
                raise VersionMoved(base, now)
            body = self._folder.version_body(number)
            self._folder.mark_unrendered()
            self._folder.put_report(body)
            return Report.model_validate_json(body)

    def refresh(self, render: Render) -> bool:
        """Render the other formats again if they show another version than `report.json`; tell whether they did."""
        if not self._folder.is_unrendered():
            # Not worth waiting for whoever holds the week: reading and asking go on meanwhile.
            return False
        with self._held():
            if not self._folder.is_unrendered():
                return False
            files = render(self.current())
            self._folder.put_formats({name: body for name, body in files.items() if name != REPORT})
            for name in _FORMATS - files.keys():
                self._folder.remove_format(name)
            self._folder.mark_rendered()
            return True

    def _unfinished(self, stamp: Version) -> int:
        """Return the number under which a crash left this very revision, 0 when it left none."""
        numbers = self._folder.version_numbers()
        return numbers[-1] if numbers and _same(self.report(numbers[-1]).versions[-1], stamp) else 0

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the week, waiting for others to finish. Raises WeekHeld when that takes longer than the patience."""
        deadline = time.monotonic() + self._patience
        with ExitStack() as stack:
            while True:
                try:
                    stack.enter_context(self._folder.held())
                    break
                except WeekHeld:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(_PAUSE)
            yield


def body_of(report: Report) -> bytes:
    """Return the bytes of `report.json`, as the weekly run writes them."""
    return (report.model_dump_json(indent=2) + "\n").encode()


def _same(one: Version, other: Version) -> bool:
    return one.model_copy(update={"version": 0}) == other.model_copy(update={"version": 0})

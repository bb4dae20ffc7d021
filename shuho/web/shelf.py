"""What lies in the output folder. A name from an address is looked up in this listing; it never becomes a path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from agent.issue import REPORT, IssueFolder
from agent.report import Report
from agent.week import parse_week

FILES = {
    "report.pdf": "application/pdf",
    "report.html": "text/html; charset=utf-8",
    "report.md": "text/markdown; charset=utf-8",
    "report.json": "application/json",
}
"""What can be downloaded of an issue, with the media type."""
_WEEK = re.compile(r"\d{4}-W\d{2}")
_MOST_CACHED = 64


@dataclass(frozen=True)
class Issue:
    """One week of one topic, and its report as it stands now."""

    topic: str
    week: str
    folder: IssueFolder
    report: Report

    @property
    def version(self) -> int:
        """The number of the version that is in `report.json`."""
        return self.report.versions[-1].version


class Shelf:
    """Lists and finds the issues below `out`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._read: dict[Path, tuple[tuple[int, int], Report | None]] = {}

    def issues(self) -> list[Issue]:
        """Return every issue that has a readable report, the newest week first."""
        found = (self._issue(path) for path in self.out.glob(f"*/*/{REPORT}"))
        return sorted((i for i in found if i is not None), key=lambda i: (i.week, i.topic), reverse=True)

    def find(self, topic: str, week: str) -> Issue | None:
        """Return the issue of these names, None when there is none."""
        for path in self.out.glob(f"*/*/{REPORT}"):
            if path.parent.parent.name == topic and path.parent.name == week:
                return self._issue(path)
        return None

    def _issue(self, path: Path) -> Issue | None:
        topic, week = path.parent.parent.name, path.parent.name
        if topic.startswith(".") or not _WEEK.fullmatch(week):
            return None
        report = self._report(path)
        if report is None:
            return None
        return Issue(topic, week, IssueFolder(self.out, topic, parse_week(week, report.week.timezone)), report)

    def _report(self, path: Path) -> Report | None:
        try:
            state = path.stat()
            key = (state.st_mtime_ns, state.st_ino)
            if path not in self._read or self._read[path][0] != key:
                if len(self._read) >= _MOST_CACHED:
                    self._read.pop(next(iter(self._read)))
                self._read[path] = (key, _parsed(path.read_bytes()))
        except FileNotFoundError:
            return None
        return self._read[path][1]


def _parsed(body: bytes) -> Report | None:
    try:
        return Report.model_validate_json(body)
    except ValidationError:
        return None

"""A small finished issue: six articles through the real weekly graph, with folder, record and texts."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from agent.issue import IssueFolder
from agent.model import Article
from agent.report import Report
from agent.revision.edits import Sources
from agent.revision.versions import Versions
from agent.storage.record import Record
from tests.builders import WEEK
from tests.graph.weekly_run import WeeklyRun


@dataclass(frozen=True)
class SmallIssue:
    """An issue in its folder: `out/ai/2026-W15` beside `record.sqlite` and `chroma`."""

    root: Path
    articles: Mapping[str, Article]

    @property
    def folder(self) -> IssueFolder:
        return IssueFolder(self.root / "out", "ai", WEEK)

    @property
    def versions(self) -> Versions:
        return Versions(self.folder, patience=5.0)

    @property
    def report(self) -> Report:
        return self.versions.current()

    @property
    def sources(self) -> Sources:
        return Sources(self.articles, tuple(self.versions.earlier()))

    def copy(self, root: Path) -> SmallIssue:
        """Return a copy that a test may change."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return SmallIssue(root, self.articles)


def write_issue(root: Path) -> SmallIssue:
    """Run the weekly graph over six stories in `root`."""
    week = WeeklyRun(root)
    try:
        asyncio.run(week.go())
    finally:
        week.close()
    record = Record(root / "record.sqlite")
    articles = {article.id: article for article in record.articles()}
    record.close()
    return SmallIssue(root, articles)

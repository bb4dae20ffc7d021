"""The revision's state and the parts that its nodes work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, TypedDict

from agent.model import Article
from agent.report import Report
from agent.reviser import Reviser
from agent.revision.edits import Passage, Sources
from agent.revision.spending import Meter
from agent.revision.versions import Versions

Status = Literal["", "proposed", "answered", "asked", "refused", "written", "stepped", "rejected", "moved"]


class RevisionState(TypedDict, total=False):
    """One turn of the talk about a report. Every value is plain JSON; reports stay in their folder."""

    message: str
    section: str
    author: str
    language: str
    """The person's, `ja` or `en`; empty: the report's."""
    base: int
    """The version that the turn is about."""
    request: dict[str, Any]
    """`agent.revision.requests.Request`, empty when the message could not be understood."""
    evidence: list[dict[str, Any]]
    edit: dict[str, Any]
    stamp: dict[str, Any]
    """`agent.report.Version` of the revision, number left open."""
    changes: list[dict[str, Any]]
    removed: list[dict[str, Any]]
    absent: list[dict[str, Any]]
    """What a restored article does not bring back."""
    proposal: str
    """Names what is to be approved; an approval of another one counts for nothing."""
    approved: bool
    status: Status
    reply: str
    passages: list[dict[str, Any]]
    version: int
    spent: dict[str, Any]
    """`agent.report.Spent` of the turn, empty when no model was asked."""


class Evidence(Protocol):
    """Looks up what stored sources say; `agent.revision.evidence.Library`."""

    def gather(self, query: str, report: Report, section: str = "") -> Sequence[Passage]:
        """Return the passages nearest to a query, those that a section rests on first."""
        ...


@dataclass(frozen=True)
class RevisionDeps:
    """The parts that the composition root put together for one report."""

    versions: Versions
    reviser: Reviser
    evidence: Evidence
    sources: Callable[[Report], Sources]
    """What the report's edits are held against."""
    articles: Callable[[Sequence[str]], Mapping[str, Article]]
    """Stored articles by id."""
    refile: Callable[[Report], None]
    """Notes in record and store which articles the report holds."""
    now: Callable[[], datetime]
    meter: Meter

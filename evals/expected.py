"""What the researcher should make of a week of pages, as a careful editor wrote it down."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict


class ExpectedPage(BaseModel):
    """What must become of one page; `event` is None for a page that belongs to none of the week's events."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    event: int | None
    language: str
    outlet: str
    published: str
    keep: bool
    reason: str
    duplicate_of: str | None


class ExpectedEvent(BaseModel):
    """One event, the pages that tell it, and the category that a careful editor would choose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event: int
    urls: tuple[str, ...]
    category: str
    title: str


class ExpectedWeek(BaseModel):
    """The expectations that lie beside a week of pages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    week: str
    pages: tuple[ExpectedPage, ...]
    events: tuple[ExpectedEvent, ...]


def read_expected(path: Path) -> ExpectedWeek:
    """Read `expected.json`. Raises pydantic's ValidationError when it has another form."""
    return ExpectedWeek.model_validate_json(path.read_bytes())

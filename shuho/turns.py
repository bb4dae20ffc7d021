"""What a turn of the talk about a report comes to, and what is told while it goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from agent.report import Spent
from agent.revision.edits import Change, Passage, Removed
from agent.revision.transcript import Said

if TYPE_CHECKING:
    from graph.revision_state import Status


@dataclass(frozen=True)
class Told:
    """Where a turn stands: its step, and all that is written so far.

    `draft` is a model's text that nothing has been held against yet: it may only be shown as that, and is kept nowhere.
    `answer` are the sentences of an answer that hold.
    """

    step: str
    draft: str = ""
    answer: str = ""


OnStep = Callable[[Told], None]


@dataclass(frozen=True)
class Turn:
    """How the report's side of a talk stands: `proposal` names what waits for approval when `status` is proposed.

    `absent` is what went with a restored article and stays away; `spent` is None when no model was asked.
    """

    status: Status
    reply: str
    base: int = 0
    proposal: str = ""
    changes: tuple[Change, ...] = ()
    removed: tuple[Removed, ...] = ()
    absent: tuple[Removed, ...] = ()
    passages: tuple[Passage, ...] = ()
    version: int = 0
    spent: Spent | None = None


def turn_of(values: Mapping[str, Any]) -> Turn:
    """Return the turn that a state of the revision graph holds; one of an older program may lack the newest fields."""
    return Turn(
        status=values["status"],
        reply=values["reply"],
        base=values["base"],
        proposal=values["proposal"],
        changes=tuple(Change.model_validate(c) for c in values["changes"]),
        removed=tuple(Removed.model_validate(r) for r in values["removed"]),
        absent=tuple(Removed.model_validate(r) for r in values.get("absent", [])),
        passages=tuple(Passage.model_validate(p) for p in values["passages"]),
        version=values["version"],
        spent=Spent.model_validate(values["spent"]) if values.get("spent") else None,
    )


def heard(message: str, section: str, author: str, language: str) -> Said:
    """Return a person's message for the transcript."""
    return Said(
        at=datetime.now(UTC),
        who="person",
        text=message,
        section=section,
        author=author,
        language=language,
        process=os.getpid(),
    )


def answered(turn: Turn, language: str, *, failed: bool = False) -> Said:
    """Return a turn for the transcript."""
    return Said(
        at=datetime.now(UTC),
        who="agent",
        text=turn.reply,
        language=language,
        status="failed" if failed else turn.status,
        version=turn.version,
        passages=turn.passages,
        spent=turn.spent if turn.status in {"answered", "asked", "proposed", "refused"} else None,
    )

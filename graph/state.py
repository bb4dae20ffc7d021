"""The weekly run's state: ids, numbers and plain data. Articles and digests live in the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypedDict


def union(old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    """Join two lists without repeating an item: a step that runs again after a crash adds nothing twice."""
    joined = list(old)
    joined.extend(item for item in new if item not in joined)
    return joined


class WeeklyState(TypedDict, total=False):
    """What the steps of one run hand on. Every value is plain JSON."""

    run: str
    topic: str
    week: str
    article_ids: list[str]
    """The articles to be printed, best first."""
    packs: list[list[str]]
    """Articles that are digested by one call, where calls are few."""
    digested: Annotated[list[str], union]
    """Those whose digest stands in the record."""
    gaps: Annotated[list[dict[str, Any]], union]
    """`agent.model.Gap` as JSON."""
    categories: list[dict[str, Any]]
    """`agent.model.CategoryDraft` as JSON."""
    synthesis: dict[str, Any]
    """`agent.model.Synthesis` as JSON."""
    timings: Annotated[list[dict[str, Any]], union]
    """`{stage, seconds}` of each stage, by the monotonic clock."""
    outcome: dict[str, Any]
    """`{complete, version, gaps, failed}` once the report is written."""


class ArticleTask(TypedDict):
    """One article for the translator."""

    run: str
    article_id: str
    pack: list[str]
    """The articles that are asked for together with it, itself among them; empty: it is asked for alone."""

"""What the model is asked to answer. Flat and terse, because the schema goes out with every call."""

from __future__ import annotations

from typing import Literal

from agent.calls.answers import Answer
from agent.model import Bound, Kind

BoundSign = Literal["=", ">=", ">", "<=", "<", "~"]
BOUNDS: dict[BoundSign, Bound] = {
    "=": "exact", ">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than", "~": "about",
}  # fmt: skip


class FigureAnswer(Answer):
    """A quantity: `value` and `evidence` in the source's own words."""

    value: str
    bound: BoundSign
    label: str
    holder: str
    evidence: str


class EventAnswer(Answer):
    """A dated event: `date` as in 2026-08-02, 2026-08, 2026-Q3, 2026-H2 or 2027."""

    date: str
    what: str
    evidence: str


class ProseAnswer(Answer):
    """The running text of a digest."""

    title: str
    summary: str
    background: str
    main: str
    impact: str


class DigestAnswer(ProseAnswer):
    """A digest with its facts. Each entity is `form in the digest=form in the source`."""

    figures: list[FigureAnswer]
    events: list[EventAnswer]
    entities: list[str]


class SortedDigestAnswer(DigestAnswer):
    """A digest with the article's category, where the topic names some."""

    category: str = ""


class CategoryAnswer(Answer):
    """The category of one article."""

    category: str


class CommonAnswer(Answer):
    """One sentence on what a few articles have in common; empty when that is nothing."""

    text: str


class StatementAnswer(Answer):
    """One sentence and the items that bear it out."""

    text: str
    ids: list[str]
    kind: Kind


class TopicAnswer(Answer):
    """One of the week's topics."""

    title: str
    statements: list[StatementAnswer]


class CategoryDigestAnswer(Answer):
    """The digest of one category."""

    name: str
    statements: list[StatementAnswer]


class EditAnswer(Answer):
    """The synthesis, by short ids alone."""

    trends: list[StatementAnswer]
    topics: list[TopicAnswer]
    categories: list[CategoryDigestAnswer]
    figures: list[str]
    outlook: list[StatementAnswer]

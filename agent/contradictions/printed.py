"""Contradictions as the report prints them: what is measured, and each side with its article."""

from __future__ import annotations

from collections.abc import Sequence

from agent.contradictions.find import contradictions
from agent.contradictions.model import Contradiction, Side
from agent.contradictions.wording import measure_name, word_for
from agent.engine import Digested
from agent.model import Article, Event
from agent.moments import display_moment
from agent.quantities import display
from agent.report import ContradictionSide, ReportContradiction
from agent.storage.embed import Encoder
from agent.storage.record import Record


def event_contradictions(event: Event, record: Record, encoder: Encoder) -> tuple[Contradiction, ...]:
    """Return where the reports of one event differ, the printed article's side first; most events have none.

    No digest is needed for it, so that it can be found while digests and synthesis are being written.
    """
    if not event.other_ids:
        return ()
    return contradictions([record.article(report) for report in (event.article_id, *event.other_ids)], encoder)


def printed_contradictions(
    found: Sequence[Contradiction], item: Digested, record: Record, language: str
) -> tuple[ReportContradiction, ...]:
    """Return what was found of the event that `item` tells, as it is printed.

    `what` is the label of the printed article's own figure where the digest has it in the report's language, else a
    word for what the sentences say is measured, or for what the reports differ in.
    """
    return tuple(
        ReportContradiction(
            kind=one.kind,
            what=_what(one, item, language),
            sides=tuple(_side(side, record.article(side.article_id), language) for side in one.sides),
        )
        for one in found
    )


def _what(found: Contradiction, item: Digested, language: str) -> str:
    if found.kind != "amount":
        return word_for(found.kind, language)
    own = {(side.value, side.unit) for side in found.sides if side.article_id == item.article.id}
    labels = [f.label for f in item.digest.figures if (f.value, f.unit) in own]
    if labels and item.digest.language[:2] == language[:2]:
        return labels[0]
    return measure_name(found.measures, found.sides[0].unit, language)


def _side(side: Side, report: Article, language: str) -> ContradictionSide:
    return ContradictionSide(
        value=side.value,
        unit=side.unit,
        bound=side.bound,
        day=side.day,
        precision=side.precision,
        display=_shown(side, language),
        outlet=report.outlet,
        url=report.url,
        title=report.title,
        language=report.language,
        evidence=side.evidence.text,
        start=side.evidence.start,
        end=side.evidence.end,
    )


def _shown(side: Side, language: str) -> str:
    if side.value is not None:
        return display(side.value, None, side.unit, side.bound, language)
    if side.day is not None and side.precision is not None:
        return display_moment(side.day, side.precision, language)
    return side.said or word_for("denied" if side.denied else "affirmed", language)

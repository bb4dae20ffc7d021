"""What is new, continuing or gone since last week's report, by nearness in the vector store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.engine import Digested
from agent.report import Continuity, ContinuityEntry, Report
from agent.storage.store import ArticleStore

SAME_STORY = 0.6
"""Cosine from which two weeks' articles tell one story; reports of one event lie at .52 to .77 across languages."""


def continuity(
    items: Sequence[Digested], numbers: Mapping[str, int], last: Report | None, store: ArticleStore
) -> Continuity:
    """Compare the week with last week's report; without one everything is left open, not called new."""
    if last is None:
        return Continuity()
    where = {"topic": last.topic, "week": last.week.iso}
    last_numbers = {article.id: article.number for article in last.articles}
    with store:
        rows = store.vectors([item.article for item in items])
        hits = store.near_all(rows, 5, where)
    new: list[ContinuityEntry] = []
    continuing: list[ContinuityEntry] = []
    met: set[int] = set()
    for item, near in zip(items, hits, strict=True):
        before = sorted(
            {last_numbers[h.article_id] for h in near if h.similarity >= SAME_STORY and h.article_id in last_numbers}
        )
        entry = ContinuityEntry(
            title=item.digest.title,
            language=item.digest.language,
            articles=(numbers[item.article.id],),
            last_week=tuple(before),
        )
        (continuing if before else new).append(entry)
        met.update(before)
    ended = [
        ContinuityEntry(title=a.title, language=a.text_language, last_week=(a.number,))
        for a in last.articles
        if a.number not in met
    ]
    return Continuity(last_week=last.week.iso, new=tuple(new), continuing=tuple(continuing), ended=tuple(ended))

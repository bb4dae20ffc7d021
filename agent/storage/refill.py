"""Fills the vector store from the record: everything in it can be made again."""

from __future__ import annotations

from agent.storage.record import Record
from agent.storage.store import ArticleStore, Filing


def refill(store: ArticleStore, record: Record) -> None:
    """Store every article of the record, with the passages of those that a report prints or a run has chosen."""
    filing = {
        article_id: Filing(topic, week)
        for topic, week, plan in record.plans()
        for event in plan.events
        for article_id in (event.article_id, *event.other_ids)
    }
    printed = {event.article_id for _, _, plan in record.plans() for event in plan.events}
    for row in record.filed():
        filing[row.article.id] = Filing(row.topic, row.week, row.category, row.number or 0)
        if row.number:
            printed.add(row.article.id)
    articles = record.articles()
    store.put(articles, {a.id: filing.get(a.id, Filing("", "")) for a in articles})
    store.put_passages([a for a in articles if a.id in printed], filing)

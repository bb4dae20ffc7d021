"""Looking up what the stored sources say: of this report's articles, and of other weeks' too."""

from __future__ import annotations

from dataclasses import dataclass

from agent.report import Report
from agent.revision.edits import Passage
from agent.revision.sections import cited_by, readable
from agent.storage.record import Record
from agent.storage.store import ArticleStore

_OWN = 8
_OTHER = 3
_SHOWN = 400


@dataclass(frozen=True)
class Library:
    """The record and the vector store, from which evidence is gathered; who owns the store closes it."""

    record: Record
    store: ArticleStore

    def gather(self, query: str, report: Report, section: str = "") -> tuple[Passage, ...]:
        """Return the passages nearest to a query: of the report's articles, a section's first, then 3 other weeks'."""
        numbers = {a.id: a.number for a in report.articles}
        filed = {f.article.id: f for f in self.record.filed(report.topic)}
        own = self.store.evidence(query, list(numbers), _OWN)
        if section:
            # What the section rests on comes first: a wish about its tone names none of its subjects.
            cited = [i for i, number in numbers.items() if number in cited_by(report, section)]
            near = self.store.evidence(f"{query}\n{readable(report, section)}", cited, _OWN) if cited else []
            own = [*near, *(hit for hit in own[: _OWN // 2] if hit not in near)]
        alike = self.store.near(query, len(numbers) + _OTHER, {"topic": report.topic})
        found = [Passage(number=numbers[h.article_id], text=h.text, article_id=h.article_id) for h in own]
        others = [h for h in alike if h.article_id in filed and filed[h.article_id].week != report.week.iso]
        for hit in others[:_OTHER]:
            other = filed[hit.article_id]
            source = f"{other.week} {other.article.outlet}: {other.article.title}"
            text = other.article.text[:_SHOWN]
            found.append(Passage(number=0, text=text, source=source, article_id=hit.article_id))
        return tuple(found)

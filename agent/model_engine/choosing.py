"""Which sentence of which digest stands where.

A digest may have been written at the order of a hostile article, so none decides what is taken of another: places go by
the researcher's ranking and by likeness of the articles' own texts, and what an article does not fill stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from agent.engine import Brief, Digested
from agent.extractive.edit import dated_ahead, key_figures, looks_ahead
from agent.extractive.standing import is_marked, names_its_subject, speaks_for_itself
from agent.language.sentences import split
from agent.model import CategoryDraft, Digest, Gap, Statement, Synthesis, TopicDraft
from agent.storage.embed import Encoder, article_vectors

_TRENDS, _TOPICS, _PER_TOPIC, _OUTLOOK, _PER_CATEGORY = 4, 5, 2, 5, 4
ALL = frozenset({"trends", "topics", "outlook"})
_ALIKE = 0.45
"""Least cosine of two articles on a like subject."""
_COMPANIONS = 2


def groups_of(items: Sequence[Digested], encoder: Encoder) -> list[tuple[Digested, ...]]:
    """Return groups of two or three items on a like subject, those with the best ranked items first.

    Each item leads a group of those that are nearest to it, so that whoever joins one group leaves the others whole.
    """
    if len(items) < 2:
        return []
    vectors = article_vectors([item.article for item in items], encoder)
    alike = vectors @ vectors.T
    groups: dict[frozenset[int], None] = {}
    for lead in range(len(items)):
        near = sorted((i for i in range(len(items)) if i != lead), key=lambda i: -alike[lead, i])
        group = {lead, *(i for i in near[:_COMPANIONS] if alike[lead, i] >= _ALIKE)}
        if len(group) > 1:
            groups.setdefault(frozenset(group))
    return [tuple(items[i] for i in sorted(group)) for group in sorted(groups, key=sorted)]


def choose(
    items: Sequence[Digested],
    categories: Sequence[CategoryDraft],
    brief: Brief,
    *,
    only: Set[str] | None = None,
    wanted: Set[str] = ALL,
) -> Synthesis:
    """Return a synthesis of the digests' own sentences, each citing its one article; `items` are in rank order.

    A part for which no digest has a sentence is a gap. `only` holds the ids of the articles that are given their
    places, where the others' stay empty; `wanted` names the parts that are filled besides `categories`.
    """
    used = [item for item in items if only is None or item.article.id in only]
    parts = {item.article.id: _Parts(item, brief) for item in used}
    outlook = [statement for part in parts.values() if (statement := part.ahead) and "outlook" in wanted]
    trends = _taken([item.article.id for item in items[:_TRENDS] if "trends" in wanted], parts)
    digests = {c.name: _taken([i for i in c.article_ids if i in parts][:_PER_CATEGORY], parts) for c in categories}
    topics = [
        topic
        for item in items[:_TOPICS]
        if "topics" in wanted and (part := parts.get(item.article.id)) and (topic := _topic(item, part))
    ]
    parted = {"trends": trends, "topics": topics, "outlook": outlook}
    written: dict[str, Sequence[object]] = {part: held for part, held in parted.items() if part in wanted}
    written |= {f"category: {name}": sentences for name, sentences in digests.items()}
    return Synthesis(
        trends=trends,
        topics=tuple(topics),
        category_digests=digests,
        key_figures=key_figures(used, brief.language),
        outlook=tuple(outlook[:_OUTLOOK]),
        gaps=tuple(Gap(stage="edit", subject=part, reason="not_written") for part, held in written.items() if not held),
    )


class _Parts:
    """The sentences of one digest that can stand alone, each to be used once; `ahead` is the one on what is to come."""

    def __init__(self, item: Digested, brief: Brief) -> None:
        digest, detail = item.digest, item.digest.detail
        self._title = digest.title
        self._free = _sentences(digest, digest.summary, detail.main, detail.impact, detail.background)
        dated = list(dated_ahead(item, brief.week))
        forward = [s for s in _sentences(digest, detail.impact, detail.main) if looks_ahead(s.text)]
        self.ahead = next(iter([*dated, *forward]), None)
        if self.ahead in self._free:
            self._free.remove(self.ahead)

    def take(self) -> Statement | None:
        """Use up and return the first sentence that names its subject, or else one that can stand alone."""
        best = (s for s in self._free if names_its_subject(s.text, self._title, s.language))
        statement = next(best, None) or next((s for s in self._free if speaks_for_itself(s.text)), None)
        if statement is not None:
            self._free.remove(statement)
        return statement


def _sentences(digest: Digest, *texts: str) -> list[Statement]:
    """Return the sentences that may stand outside their article: none with an address or markup, and no order."""
    ids = (digest.article_id,)
    found = dict.fromkeys(span.text for text in texts for span in split(text, digest.language))
    return [Statement(text=text, article_ids=ids, language=digest.language) for text in found if not is_marked(text)]


def _taken(ids: Sequence[str], parts: Mapping[str, _Parts]) -> tuple[Statement, ...]:
    return tuple(statement for i in ids if i in parts and (statement := parts[i].take()))


def _topic(item: Digested, parts: _Parts) -> TopicDraft | None:
    statements = tuple(statement for _ in range(_PER_TOPIC) if (statement := parts.take()))
    if not statements:
        return None
    title, language = item.digest.title, item.digest.language
    # A title that the extractive engine took over is the source's own.
    title = statements[0].text.rstrip("。") if is_marked(title) else title
    return TopicDraft(title=title, language=language, statements=statements)

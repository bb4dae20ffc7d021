"""The synthesis without a model: whole sentences of the digests, chosen and placed, none written.

Every sentence keeps its language and cites the article it stands in. No sentence is used twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from agent.engine import Brief, Digested
from agent.extractive.standing import dangling, is_marked, names_its_subject, speaks_for_itself
from agent.language.sentences import split
from agent.model import CategoryDraft, Figure, FigureRef, Gap, Statement, Synthesis, TopicDraft
from agent.quantities import parse_quantities
from agent.roadmap import is_ahead
from agent.selection.events import average_link
from agent.storage.embed import Encoder, Vectors, mean_vectors
from agent.week import Week

_TRENDS, _TOPICS, _KEY_FIGURES, _OUTLOOK, _PER_CATEGORY = 6, 5, 6, 5, 4
_FEWEST_PER_CATEGORY = 3
_TOPIC_DISTANCE = 0.55
_FEWEST_KEY_FIGURES = 4
_LONGEST = {"ja": 140, "ko": 160, "zh": 110}
_LONGEST_OTHER = 260
_FUTURE = re.compile(
    r"予定|計画|見通し|見込|予測|目指|今後|方針|will |plans? to|expects?|expected|aims? to|forecast|outlook|"
    r"계획|예정|전망|목표|预计|預計|計畫|預測|將|wird|werden|plant|erwartet|prévoit|devrait|d'ici"
)
_QUESTION = re.compile(r"(か。|[？?])$")
_WHOLE = re.compile(r"[。．.!！…]['\"’”」』）)\]»]*$")
"""A model names an event by a phrase as well; only a sentence can stand in the outlook."""
_MONEY = re.compile(r"^[A-Z]{3}$")


@dataclass
class _Desk:
    """The items at hand and which sentences are already placed."""

    items: dict[str, Digested]
    language: str
    used: set[str] = field(default_factory=set)

    def sentences(self, article_id: str, *parts: str) -> Iterator[Statement]:
        """Yield the unused sentences of a digest's parts that can stand alone, in order."""
        digest = self.items[article_id].digest
        longest = _LONGEST.get(digest.language[:2], _LONGEST_OTHER)
        for part in parts:
            text = digest.summary if part == "summary" else getattr(digest.detail, part)
            for span in split(text, digest.language):
                alone = not dangling(span.text) and not is_marked(span.text) and len(span.text) <= longest
                if alone and span.text not in self.used:
                    yield Statement(text=span.text, article_ids=(article_id,), language=digest.language)

    def take(self, article_id: str, *parts: str, strictly: bool = False) -> Statement | None:
        """Use up and return the first such sentence that names its subject, or else one that names something.

        `strictly`: or else only the article's first sentence, which is written to stand first.
        """
        digest = self.items[article_id].digest
        found = list(self.sentences(article_id, *parts))
        best = next((s for s in found if names_its_subject(s.text, digest.title, digest.language)), None)
        named = (s for s in found if speaks_for_itself(s.text))
        others = (s for s in named if not strictly or digest.summary.startswith(s.text))
        statement = best or next(others, None)
        if statement is not None:
            self.used.add(statement.text)
        return statement

    def told(self, article_id: str) -> bool:
        """Tell whether a sentence of the article's summary is placed already."""
        digest = self.items[article_id].digest
        return any(span.text in self.used for span in split(digest.summary, digest.language))

    def readable_first(self, ids: Sequence[str]) -> list[str]:
        """Order ids with those in the report's language first, otherwise as given."""
        return sorted(ids, key=lambda i: self.items[i].digest.language != self.language)


def edit(items: Sequence[Digested], categories: Sequence[CategoryDraft], brief: Brief, encoder: Encoder) -> Synthesis:
    """Choose the sentences and figures of every part; a part for which no source has a sentence becomes a gap."""
    desk = _Desk({item.article.id: item for item in items}, brief.language)
    trends = _trends(desk, categories)
    topics = _topics(desk, items, encoder)
    outlook = _outlook(desk, items, brief.week)
    digests = {c.name: _category_digest(desk, c) for c in categories}
    parts = {"trends": trends, "topics": topics, "outlook": outlook}
    parts.update({f"category: {name}": sentences for name, sentences in digests.items()})
    gaps = [Gap(stage="edit", subject=part, reason="not_written") for part, written in parts.items() if not written]
    return Synthesis(
        trends=trends,
        topics=topics,
        category_digests=digests,
        key_figures=key_figures(items, brief.language),
        outlook=outlook,
        gaps=tuple(gaps),
    )


def _trends(desk: _Desk, categories: Sequence[CategoryDraft]) -> tuple[Statement, ...]:
    """Take the lead sentence of the first articles of each category in turn, largest category first."""
    queues = [desk.readable_first(c.article_ids) for c in sorted(categories, key=lambda c: -len(c.article_ids))]
    order = [queue[turn] for turn in range(max(map(len, queues), default=0)) for queue in queues if turn < len(queue)]
    chosen: list[Statement] = []
    for article_id in desk.readable_first(order):
        if len(chosen) == _TRENDS:
            break
        if statement := desk.take(article_id, "summary"):
            chosen.append(statement)
    return tuple(sorted(chosen, key=lambda s: order.index(s.article_ids[0])))


def _topics(desk: _Desk, items: Sequence[Digested], encoder: Encoder) -> tuple[TopicDraft, ...]:
    """Take the closest groups of articles as topics, largest first; each is named by the title of its centre."""
    if not items:
        return ()
    vectors = _vectors(items, encoder)
    groups = average_link(1.0 - vectors @ vectors.T, _TOPIC_DISTANCE)
    drafts: list[TopicDraft] = []
    for group in sorted(groups, key=lambda g: (-len(g), g[0])):
        if len(drafts) == _TOPICS:
            break
        centrality = vectors[group] @ vectors[group].sum(axis=0)
        ordered = [items[group[int(i)]].article.id for i in np.argsort(-centrality)]
        ids = desk.readable_first(ordered)
        statements = [s for i in ids if (s := desk.take(i, "summary", "main"))][:3]
        if statements:
            head = desk.items[statements[0].article_ids[0]].digest
            title = statements[0].text.rstrip("。") if is_marked(head.title) else head.title
            drafts.append(TopicDraft(title=title, language=head.language, statements=tuple(statements)))
    return tuple(drafts)


def _vectors(items: Sequence[Digested], encoder: Encoder) -> Vectors:
    return mean_vectors([i.article.title for i in items], [i.digest.summary for i in items], encoder)


def _category_digest(desk: _Desk, category: CategoryDraft) -> tuple[Statement, ...]:
    """Take a sentence an article, untold ones first; one that leans on others only where three are wanting."""
    order = desk.readable_first(category.article_ids)
    told = {i for i in order if desk.told(i)}
    chosen: dict[str, Statement] = {}
    for strictly, enough in ((True, _PER_CATEGORY), (False, _FEWEST_PER_CATEGORY)):
        for article_id in sorted(order, key=lambda i: (i in told, order.index(i))):
            if len(chosen) < enough and article_id not in chosen:
                statement = desk.take(article_id, "summary", "main", "impact", strictly=strictly)
                if statement is not None:
                    chosen[article_id] = statement
    return tuple(chosen[i] for i in order if i in chosen)


def _outlook(desk: _Desk, items: Sequence[Digested], week: Week) -> tuple[Statement, ...]:
    """Take one forward-looking sentence an article, those that date what is to come first."""
    found: list[tuple[bool, bool, int, Statement]] = []
    for place, item in enumerate(items):
        dated = [s for s in dated_ahead(item, week) if s.text not in desk.used]
        ahead = dated or [s for s in desk.sentences(item.article.id, "impact", "main") if looks_ahead(s.text)]
        if ahead:
            found.append((not dated, ahead[0].language != desk.language, place, ahead[0]))
    # A date in another language still says more about what is coming than a sentence without one.
    found.sort(key=lambda row: (row[0] + row[1], *row[:3]))
    chosen: list[Statement] = []
    for *_, statement in found:
        # Copies of one wire report look ahead in the same words.
        if len(chosen) < _OUTLOOK and statement.text not in desk.used:
            desk.used.add(statement.text)
            chosen.append(statement)
    return tuple(chosen)


def dated_ahead(item: Digested, week: Week) -> Iterator[Statement]:
    """Yield the sentences of an article's dated events that lie behind the week."""
    for event in item.digest.events:
        told = bool(_WHOLE.search(event.what)) and not _QUESTION.search(event.what) and not is_marked(event.what)
        if told and is_ahead(event, week) and speaks_for_itself(event.what):
            yield Statement(text=event.what, article_ids=(item.article.id,), language=item.digest.language)


def looks_ahead(text: str) -> bool:
    """Tell whether a sentence says what is to come."""
    return bool(_FUTURE.search(text)) and not _QUESTION.search(text) and speaks_for_itself(text)


def key_figures(items: Sequence[Digested], language: str) -> tuple[FigureRef, ...]:
    """Take the most telling figure of each article: what its title states, then money and shares; readable first."""
    rows: list[tuple[bool, tuple[int, ...], int, FigureRef, Figure]] = []
    for place, item in enumerate(items):
        best = _most_telling(item)
        if best is not None:
            index, figure = best
            ref = FigureRef(article_id=item.article.id, index=index)
            rows.append((item.digest.language != language, _rank(figure, item), place, ref, figure))
    rows.sort(key=lambda row: (not row[4].unit, *row[:3]))
    chosen: list[FigureRef] = []
    seen: set[tuple[str, str]] = set()
    for *_, ref, figure in rows:
        # A number of nothing in particular says little on a card; it is taken only to reach the least number.
        if not figure.unit and len(chosen) >= _FEWEST_KEY_FIGURES:
            continue
        if (str(figure.value), figure.unit) not in seen and len(chosen) < _KEY_FIGURES:
            seen.add((str(figure.value), figure.unit))
            chosen.append(ref)
    return tuple(chosen)


def _most_telling(item: Digested) -> tuple[int, Figure] | None:
    ranked = sorted(
        enumerate(item.digest.figures), key=lambda pair: (_rank(pair[1], item), pair[1].evidence.start, pair[0])
    )
    return ranked[0] if ranked else None


def _rank(figure: Figure, item: Digested) -> tuple[int, ...]:
    """Order figures: in the title, then in a sentence that speaks for itself, then by kind of unit."""
    stated = parse_quantities(item.digest.title, item.digest.language)
    in_title = any(q.value == figure.value and q.unit == figure.unit for q in stated)
    kind = 0 if _MONEY.match(figure.unit) else 1 if figure.unit in {"%", "percentage_point"} else 2
    kind = kind if figure.unit else 3
    return (int(not in_title), int(not speaks_for_itself(figure.label)), kind)

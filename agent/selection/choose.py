"""Ranks the week's events and chooses the budget with spread over countries, outlets and categories."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agent.model import Article, OutletClass
from agent.storage.embed import Encoder, Vectors
from agent.topic import TavilySpec, Topic

_CLASS_WEIGHT: dict[OutletClass, float] = {
    "newsroom": 1.0, "government": 1.0, "paper": 0.9, "press_release": 0.7, "company_blog": 0.6,
    "personal": 0.5, "aggregator": 0.4, "unknown": 0.7,
}  # fmt: skip
_SPREAD = 0.25
"""What each earlier choice of the same country, outlet or category costs, as a share of the score at most."""
_SUSPICION = 0.5
"""What hidden instructions on its page cost an article."""
ON_TOPIC = 0.2
"""Cosine with the nearest line of the topic's profile from which an article without a keyword counts as on topic."""


@dataclass(frozen=True)
class Ranked:
    """An event as the chooser sees it: `reports` are article indices, the first is the one to be printed."""

    reports: tuple[int, ...]
    score: float
    category: str


class Profile:
    """What the topic is about, as keywords and vectors."""

    def __init__(self, topic: Topic, encoder: Encoder) -> None:
        queries = [q for s in topic.sources if isinstance(s, TavilySpec) for q in s.queries]
        words = topic.keywords or tuple(re.findall(r"[^\s・/、,&＆]+", topic.title))
        self._keywords = [_keyword_pattern(word) for word in words]
        lines = [topic.title, topic.description, *topic.categories, *topic.category_hints.values(), *queries]
        self._lines = encoder.encode([line for line in lines if line])
        self._categories = topic.categories
        hints = [f"{name} {topic.category_hints.get(name, '')}" for name in topic.categories]
        self._category_rows = encoder.encode(hints)

    def relevance(self, article: Article, vector: Vectors) -> float:
        """Return the cosine of an article with the nearest line of the profile, 1 where a keyword occurs in it."""
        head = f"{article.title}\n{article.text}"
        if any(pattern.search(head) for pattern in self._keywords):
            return 1.0
        return float((self._lines @ vector).max())

    def closeness(self, vector: Vectors) -> float:
        """Return the mean cosine with the profile's lines, for ranking."""
        return float((self._lines @ vector).mean())

    def category(self, vector: Vectors) -> str:
        """Return the nearest of the topic's categories, empty when it names none."""
        if not self._categories:
            return ""
        return self._categories[int(np.argmax(self._category_rows @ vector))]


def rank(
    articles: Sequence[Article], groups: Sequence[Sequence[int]], vectors: Vectors, profile: Profile, prefer: str
) -> list[Ranked]:
    """Rank events, best first; `prefer` is the language whose report of an event is printed, where there is one."""
    ranked = []
    for group in groups:
        reports = tuple(sorted(group, key=lambda i: _report_preference(articles[i], prefer)))
        outlets = {articles[i].outlet for i in group}
        best_class = max(_CLASS_WEIGHT[articles[i].outlet_class] for i in group)
        closeness = max(profile.closeness(vectors[i]) for i in group)
        score = best_class + 0.6 * math.log2(len(outlets)) + closeness
        if articles[reports[0]].suspicions:
            score -= _SUSPICION
        ranked.append(Ranked(reports, score, profile.category(vectors[reports[0]])))
    return sorted(ranked, key=lambda r: (-r.score, articles[r.reports[0]].id))


def choose(ranked: Sequence[Ranked], articles: Sequence[Article], budget: int) -> tuple[list[Ranked], list[Ranked]]:
    """Choose `budget` of the events, ranked best first: each time the best after what its likes already cost.

    Returns (chosen, left).
    """
    left = [(ranking, _facets(ranking, articles)) for ranking in ranked]
    chosen: list[Ranked] = []
    seen: Counter[tuple[str, str]] = Counter()
    while left and len(chosen) < budget:
        ranking, facets = left.pop(_best(left, seen, len(chosen)))
        chosen.append(ranking)
        seen.update(facets)
    return chosen, [ranking for ranking, _ in left]


Facets = tuple[tuple[str, str], ...]


def _best(left: Sequence[tuple[Ranked, Facets]], seen: Counter[tuple[str, str]], chosen: int) -> int:
    best, most = 0, -math.inf
    for place, (ranking, facets) in enumerate(left):
        if 0 <= ranking.score <= most:
            # Best first: what follows is worth no more even if it costs nothing.
            break
        worth = ranking.score * (1 - _cost(facets, seen, chosen))
        if worth > most:
            best, most = place, worth
    return best


def _facets(ranked: Ranked, articles: Sequence[Article]) -> Facets:
    article = articles[ranked.reports[0]]
    return (("country", article.country), ("outlet", article.outlet), ("category", ranked.category))


def _cost(facets: Facets, seen: Counter[tuple[str, str]], chosen: int) -> float:
    if not chosen:
        return 0.0
    return _SPREAD * sum(seen[facet] / chosen for facet in facets)


def _report_preference(article: Article, prefer: str) -> tuple[object, ...]:
    weight = _CLASS_WEIGHT[article.outlet_class]
    return (article.language != prefer, -weight, -min(len(article.text), 4000) // 500, article.published_at, article.id)


def _keyword_pattern(word: str) -> re.Pattern[str]:
    # Letters of a space-separated script need a boundary: "AI" is not in "said"; in "生成AI" it is.
    escaped = re.escape(word)
    if re.fullmatch(r"[\x00-\u024f]+", word):
        flags = re.IGNORECASE if not word.isupper() else 0
        return re.compile(rf"(?<![A-Za-z0-9]){escaped}(?![A-Za-z0-9])", flags)
    return re.compile(escaped)

import itertools
from collections import Counter

import numpy as np
import pytest

from agent.model import Article
from agent.selection.choose import Profile, Ranked, choose, rank
from agent.topic import FeedSpec, Topic
from tests.builders import HashingEncoder, article


def topic(**changes: object) -> Topic:
    return Topic(**{"title": "AI・機械学習", "sources": (FeedSpec(kind="feed", url="https://a.example/"),), **changes})


def relevance(keywords: tuple[str, ...], text: str) -> float:
    profile = Profile(topic(keywords=keywords, title="t"), HashingEncoder())
    return profile.relevance(article(title="", text=text), np.zeros(256, dtype=np.float32))


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("AI", "An AI chip.", True),
        ("AI", "生成AIの導入", True),
        ("AI", "(AI)", True),
        ("AI", "he said it again", False),
        ("AI", "an ai chip", False),
        ("AI", "AIR and MAIL", False),
        ("AI", "GPT4AI", False),
        ("machine learning", "Machine Learning at work", True),
        ("machine learning", "machine learnings", False),
        ("künstliche Intelligenz", "Künstliche Intelligenz im Werk", True),
        ("機械学習", "機械学習で解析", True),
        ("인공지능", "인공지능은", True),
        ("C++", "written in C++ and Rust", True),
        ("C.", "Cx", False),
    ],
)
def test_keywords(keyword: str, text: str, found: bool) -> None:
    assert relevance((keyword,), text) == (1.0 if found else 0.0)


@pytest.mark.parametrize(("text", "found"), [("機械学習の論文", True), ("An AI law", True), ("bread", False)])
def test_without_keywords_the_title_s_words_count(text: str, found: bool) -> None:
    profile = Profile(topic(), HashingEncoder())
    assert (profile.relevance(article(title="", text=text), np.zeros(256, dtype=np.float32)) == 1.0) is found


def test_the_nearest_category() -> None:
    encoder = HashingEncoder()
    hinted = Profile(topic(categories=("chips", "law"), category_hints={"law": "court bill statute"}), encoder)
    rows = encoder.encode(["chips chips", "court bill statute"])
    assert [hinted.category(row) for row in rows] == ["chips", "law"]
    assert Profile(topic(), encoder).category(rows[0]) == ""


def ranked(*groups: list[Article], prefer: str = "ja") -> tuple[list[Ranked], list[Article]]:
    articles = [a for group in groups for a in group]
    bounds = np.cumsum([0, *map(len, groups)])
    indices = [list(range(a, b)) for a, b in itertools.pairwise(bounds)]
    vectors = HashingEncoder().encode(["same"] * len(articles))
    return rank(articles, indices, vectors, Profile(topic(), HashingEncoder()), prefer), articles


def test_more_outlets_and_better_classes_rank_higher() -> None:
    one = [article("https://a.example/1", outlet="A")]
    blog = [article("https://b.example/1", outlet="B", outlet_class="company_blog")]
    three = [article(f"https://c.example/{n}", outlet=f"C{n}") for n in range(3)]
    same_outlet = [article(f"https://d.example/{n}", outlet="D", outlet_class="aggregator") for n in range(3)]
    result, articles = ranked(same_outlet, blog, one, three)
    assert [articles[r.reports[0]].url[8] for r in result] == ["c", "a", "b", "d"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"language": "ja", "outlet_class": "personal"}, {"language": "en"}),
        ({"outlet_class": "newsroom"}, {"outlet_class": "press_release", "text": "x" * 4000}),
        ({"text": "x" * 3000}, {"text": "x" * 1000}),
    ],
)
def test_the_report_that_is_printed(better: dict[str, str], worse: dict[str, str]) -> None:
    (event,), articles = ranked([article("https://w.example/", **worse), article("https://b.example/", **better)])
    assert [articles[i].url for i in event.reports] == ["https://b.example/", "https://w.example/"]


def events(facets: list[tuple[str, str, str]], scores: list[float]) -> tuple[list[Ranked], list[Article]]:
    articles = [
        article(f"https://{n}.example/", country=country, outlet=outlet)
        for n, (country, outlet, _) in enumerate(facets)
    ]
    rows = [Ranked((n,), scores[n], category) for n, (_, _, category) in enumerate(facets)]
    return rows, articles


def test_equal_events_are_spread_over_countries_outlets_and_categories() -> None:
    facets = (
        [("US", f"us{n}", "a") for n in range(10)] + [("JP", f"jp{n}", "b") for n in range(5)] + [("KR", "kr", "c")]
    )
    rows, articles = events(facets, [1.0] * 16)
    chosen, left = choose(rows, articles, 6)
    assert Counter(articles[r.reports[0]].country for r in chosen) == {"US": 3, "JP": 2, "KR": 1} or Counter(
        articles[r.reports[0]].country for r in chosen
    ) == {"US": 2, "JP": 3, "KR": 1}
    assert sorted([*chosen, *left], key=lambda r: r.reports) == rows


def test_a_far_better_event_is_not_lost_to_spread() -> None:
    rows, articles = events([("US", "a", "x"), ("US", "a", "x"), ("JP", "b", "y")], [3.0, 2.9, 0.5])
    chosen, left = choose(rows, articles, 2)
    assert ([r.score for r in chosen], [r.score for r in left]) == ([3.0, 2.9], [0.5])


@pytest.mark.parametrize(("budget", "count"), [(0, 0), (1, 1), (3, 3), (99, 3)])
def test_the_budget_is_kept(budget: int, count: int) -> None:
    rows, articles = events([("US", "a", "x")] * 3, [3.0, 2.0, 1.0])
    chosen, left = choose(rows, articles, budget)
    assert (len(chosen), len(left)) == (count, 3 - count)
    assert [r.score for r in chosen] == [3.0, 2.0, 1.0][:count]

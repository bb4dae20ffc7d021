from collections import Counter

import pytest

from agent.engine import Digested
from agent.extractive.categorize import categorize
from agent.model import CategoryDraft
from tests.builders import HashingEncoder, article, brief, digest

CHIPS = "The foundry doubled its wafer output. A new GPU server with more memory bandwidth ships in June."
LAW = "The court ruled on the copyright bill. Parliament will vote on the liability statute and a fine."
AGENTS = "The software agent books travel on its own. Workflow automation saves the office an hour a day."
HINTS = {
    "chips": "foundry, wafer, GPU, server",
    "law": "court, copyright, bill, statute",
    "agents": "software agent, workflow",
}


def items(*texts: str, language: str = "en") -> list[Digested]:
    made = []
    for number, text in enumerate(texts):
        of = article(f"https://news.example/{number}", title=text[:40], text=f"{text} {text}", language=language)
        made.append(Digested(of, digest(of)))
    return made


def placed(drafts: tuple[CategoryDraft, ...]) -> list[str]:
    return [i for d in drafts for i in d.article_ids]


def test_named_categories_get_their_articles_in_order() -> None:
    given = items(CHIPS, LAW, AGENTS, CHIPS + " More.", LAW + " More.")
    named = brief(categories=("law", "agents", "chips"), category_hints=HINTS)
    ids = [i.article.id for i in given]
    assert categorize(given, named, HashingEncoder()) == (
        CategoryDraft(name="law", article_ids=(ids[1], ids[4])),
        CategoryDraft(name="agents", article_ids=(ids[2],)),
        CategoryDraft(name="chips", article_ids=(ids[0], ids[3])),
    )


def test_empty_categories_are_left_out() -> None:
    drafts = categorize(
        items(LAW, LAW + " More.", CHIPS), brief(categories=tuple(HINTS), category_hints=HINTS), HashingEncoder()
    )
    assert [d.name for d in drafts] == ["chips", "law"]


@pytest.mark.parametrize("categories", [(), ("only",), ("chips", "law", "agents", "never")])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 30, 60])
def test_every_article_is_in_exactly_one_category(categories: tuple[str, ...], count: int) -> None:
    texts = [f"{(CHIPS, LAW, AGENTS)[n % 3]} Issue {n * 37}." for n in range(count)]
    given = items(*texts)
    drafts = categorize(given, brief(categories=categories), HashingEncoder())
    assert Counter(placed(drafts)) == Counter(i.article.id for i in given)
    assert all(d.article_ids for d in drafts)
    names = [d.name for d in drafts]
    assert len(set(names)) == len(names)
    assert all(names)
    order = {i.article.id: n for n, i in enumerate(given)}
    assert all(list(d.article_ids) == sorted(d.article_ids, key=order.__getitem__) for d in drafts)
    assert len(drafts) <= (len(categories) or 6)


def test_without_categories_likes_meet_and_the_largest_comes_first() -> None:
    given = items(
        *[f"{CHIPS} {n}" for n in range(6)], *[f"{LAW} {n}" for n in range(4)], *[f"{AGENTS} {n}" for n in range(3)]
    )
    drafts = categorize(given, brief(), HashingEncoder())
    assert [len(d.article_ids) for d in drafts] == [6, 4, 3]
    assert placed(drafts) == [i.article.id for i in given]


def test_the_same_articles_are_always_sorted_the_same_way() -> None:
    given = items(*[f"{(CHIPS, LAW, AGENTS)[n % 3]} {n}" for n in range(12)])
    assert categorize(given, brief(), HashingEncoder()) == categorize(given, brief(), HashingEncoder())


def test_articles_that_are_all_alike_are_one_category() -> None:
    drafts = categorize(items(*[CHIPS] * 5), brief(), HashingEncoder())
    assert [len(d.article_ids) for d in drafts] == [5]

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.categorizer import categorize
from agent.engine import Digested
from agent.errors import AnswerInvalid
from agent.model import CategoryDraft
from agent.model_engine import ModelEngine
from tests.agent.model_engine.articles import READERS, brief, digested
from tests.builders import HashingEncoder, ScriptedEngine
from tests.servers.client import client_for
from tests.servers.gemini import GeminiServer, Question, written

ITEMS = [digested(n) for n in (1, 2, 3)]
DRAFTS = (CategoryDraft(name="モデル", article_ids=("id2",)), CategoryDraft(name="規制", article_ids=("id1", "id3")))


def engine(server: GeminiServer, ledger: Path) -> ModelEngine:
    return ModelEngine(client_for(server, ledger), READERS, HashingEncoder())


def _placed(question: Question) -> dict[str, Any]:
    return {"category": "モデル" if "記事2" in question.user else "規制"}


def _with(item: Digested, category: str) -> Digested:
    return replace(item, digest=item.digest.model_copy(update={"category": category}))


async def test_each_article_is_asked_about_alone(tmp_path: Path) -> None:
    with GeminiServer(_placed) as server:
        assert await engine(server, tmp_path / "l").categorize(ITEMS, brief()) == DRAFTS
    asked = sorted(question.user for question in server.requests)
    assert [sum(f"記事{n}の" in user for n in (1, 2, 3)) for user in asked] == [1, 1, 1]
    assert all(user.startswith("分類:\nモデル\n規制\n<d") for user in asked)


async def test_a_category_that_came_with_the_digest_is_not_asked_for_again(tmp_path: Path) -> None:
    items = [_with(ITEMS[0], "規制"), _with(ITEMS[1], "モデル"), _with(ITEMS[2], "その他")]
    with GeminiServer(_placed) as server:
        assert await engine(server, tmp_path / "l").categorize(items, brief()) == DRAFTS
    assert ["記事3" in question.user for question in server.requests] == [True]


async def test_a_category_that_there_is_not_is_named_twice(tmp_path: Path) -> None:
    bad = written({"category": "その他"})
    with GeminiServer(script=[bad, written({"category": "規制"})]) as server:
        drafts = await engine(server, tmp_path / "l").categorize(ITEMS[:1], brief())
        assert drafts == (CategoryDraft(name="規制", article_ids=("id1",)),)
        assert "there is no category ⟦その他⟧" in server.requests[1].user
    with GeminiServer(script=[bad] * 3) as server, pytest.raises(AnswerInvalid, match="there is no category …"):
        await engine(server, tmp_path / "m").categorize(ITEMS[:1], brief())


async def test_an_article_that_cannot_be_sorted_moves_no_other(tmp_path: Path) -> None:
    def stubborn(question: Question) -> dict[str, Any]:
        return {"category": "その他"} if "記事1" in question.user else _placed(question)

    everywhere = (
        CategoryDraft(name="モデル", article_ids=("id1", "id3")),
        CategoryDraft(name="規制", article_ids=("id2",)),
    )
    fallback = ScriptedEngine("extractive", categorize=everywhere)
    with GeminiServer(stubborn) as server:
        drafts, gaps = await categorize(ITEMS, brief(), engine(server, tmp_path / "l"), fallback)
    assert [(d.name, d.article_ids) for d in drafts] == [("モデル", ("id1", "id2")), ("規制", ("id3",))]
    assert [(gap.subject, gap.reason) for gap in gaps] == [(ITEMS[0].article.title, "model_failed")]


async def test_without_categories_of_the_topic_no_model_is_asked(tmp_path: Path) -> None:
    with GeminiServer() as server:
        drafts = await engine(server, tmp_path / "l").categorize(ITEMS, brief(categories=()))
    assert sorted(i for draft in drafts for i in draft.article_ids) == ["id1", "id2", "id3"]


async def test_nothing_to_sort(tmp_path: Path) -> None:
    with GeminiServer() as server:
        assert await engine(server, tmp_path / "l").categorize([], brief()) == ()

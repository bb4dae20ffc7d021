from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from agent.errors import AnswerInvalid
from agent.model import CategoryDraft
from agent.model_engine import ModelEngine
from tests.agent.model_engine.articles import READERS, brief, digested
from tests.servers.client import client_for
from tests.servers.gemini import GeminiServer, written

ITEMS = [digested(n) for n in (1, 2, 3)]


def _placed(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"items": [{"id": short, "category": name} for short, name in pairs]}


GOOD = _placed(("a1", "規制"), ("a2", "モデル"), ("a3", "規制"))
DRAFTS = (CategoryDraft(name="モデル", article_ids=("id2",)), CategoryDraft(name="規制", article_ids=("id1", "id3")))


async def test_a_partition_in_the_topics_order(tmp_path: Path) -> None:
    with GeminiServer(script=[written(GOOD)]) as server:
        drafts = await ModelEngine(client_for(server, tmp_path / "l"), READERS).categorize(ITEMS, brief())
    assert drafts == DRAFTS
    assert server.requests[0].user.startswith("分類:\nモデル\n規制\n<d")
    assert "a2 記事2の見出し｜記事2の要約である。\n" in server.requests[0].user.replace("⟦", "").replace("⟧", "")


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        pytest.param(_placed(("a1", "規制"), ("a2", "モデル")), "ids without a category: a3", id="one left out"),
        pytest.param(_placed(*[(f"a{n}", "規制") for n in (1, 2, 3, 3)]), "more than once: a3", id="one twice"),
        pytest.param(_placed(*[(f"a{n}", "規制") for n in (1, 2, 3, 9)]), "unknown ids: a9", id="one invented"),
        pytest.param(_placed(*[(f"a{n}", "その他") for n in (1, 2, 3)]), "unknown categories: その他", id="category"),
    ],
)
async def test_names_what_is_no_partition(tmp_path: Path, bad: dict[str, Any], named: str) -> None:
    with GeminiServer(script=[written(bad), written(GOOD)]) as server:
        drafts = await ModelEngine(client_for(server, tmp_path / "l"), READERS).categorize(ITEMS, brief())
        assert drafts == DRAFTS
        assert named in server.requests[1].user.replace("⟦", "").replace("⟧", "")
    with (
        GeminiServer(script=[written(bad)] * 3) as server,
        pytest.raises(AnswerInvalid, match=f"{named.partition(': ')[0]}: …"),
    ):
        await ModelEngine(client_for(server, tmp_path / "m"), READERS).categorize(ITEMS, brief())


async def test_finds_the_categories_itself(tmp_path: Path) -> None:
    one = _placed(*[(f"a{n}", "技術") for n in (1, 2, 3)])
    three = _placed(("a1", "技術"), ("a2", "産業"), ("a3", "規制"))
    with GeminiServer(script=[written(one), written(three)]) as server:
        drafts = await ModelEngine(client_for(server, tmp_path / "l"), READERS).categorize(ITEMS, brief(categories=()))
        assert "1 categories; name 3 to 6" in server.requests[1].user.replace("⟦", "").replace("⟧", "")
    assert [(draft.name, draft.article_ids) for draft in drafts] == [
        ("技術", ("id1",)),
        ("産業", ("id2",)),
        ("規制", ("id3",)),
    ]


async def test_nothing_to_sort(tmp_path: Path) -> None:
    with GeminiServer() as server:
        assert await ModelEngine(client_for(server, tmp_path / "l"), READERS).categorize([], brief()) == ()

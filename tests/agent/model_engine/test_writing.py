from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from agent.errors import AnswerInvalid
from agent.model import CategoryDraft, FigureRef, Kind, Statement, Synthesis, TopicDraft
from agent.model_engine import ModelEngine
from tests.agent.model_engine.articles import READERS, brief, digested
from tests.servers.client import client_for
from tests.servers.gemini import GeminiServer, written

ITEMS = [digested(1, figures=1), digested(2), digested(3, figures=1)]
CATEGORIES = (
    CategoryDraft(name="モデル", article_ids=("id2",)),
    CategoryDraft(name="規制", article_ids=("id1", "id3")),
)


def _said(text: str, *ids: str, kind: Kind = "reported") -> dict[str, Any]:
    return {"text": text, "ids": list(ids), "kind": kind}


GOOD: Mapping[str, Any] = {
    "trends": [_said("売上高が35%伸びました。", "a1", "a3"), _said("工場の計画が続きました。", "a2")],
    "topics": [{"title": "最高の四半期", "statements": [_said("予想を上回りました。", "a1")]}],
    "categories": [
        {"name": "モデル", "statements": [_said("工場を設ける計画です。", "a2")]},
        {"name": "規制", "statements": [_said("売上高が伸びました。", "a1", "a3")]},
    ],
    "figures": ["f2", "f1", "f2"],
    "outlook": [_said("2026年に工場が稼働します。", "a2", kind="inference")],
}


def _statement(text: str, *ids: str, kind: Kind = "reported") -> Statement:
    return Statement(text=text, article_ids=ids, kind=kind, language="ja")


SYNTHESIS = Synthesis(
    trends=(_statement("売上高が35%伸びました。", "id1", "id3"), _statement("工場の計画が続きました。", "id2")),
    topics=(TopicDraft(title="最高の四半期", language="ja", statements=(_statement("予想を上回りました。", "id1"),)),),
    category_digests={
        "モデル": (_statement("工場を設ける計画です。", "id2"),),
        "規制": (_statement("売上高が伸びました。", "id1", "id3"),),
    },
    key_figures=(FigureRef(article_id="id3", index=0), FigureRef(article_id="id1", index=0)),
    outlook=(_statement("2026年に工場が稼働します。", "id2", kind="inference"),),
)
DESK = """\
## モデル
a2 記事2の見出し
記事2の要約である。続きの文である。
## 規制
a1 記事1の見出し
記事1の要約である。続きの文である。
f1 35% 増収率
a3 記事3の見出し
記事3の要約である。続きの文である。
f2 35% 増収率
"""


async def _edit(server: GeminiServer, ledger: Path) -> Synthesis:
    return await ModelEngine(client_for(server, ledger), READERS).edit(ITEMS, CATEGORIES, brief())


async def test_one_call_and_short_ids_alone(tmp_path: Path) -> None:
    with GeminiServer(script=[written(GOOD)]) as server:
        assert await _edit(server, tmp_path / "l") == SYNTHESIS
    (asked,) = server.requests
    assert DESK in asked.user
    assert "2026-04-06 – 2026-04-12" in asked.system
    assert "id1" not in asked.user and "news.example" not in asked.user


FAULTS = [
    pytest.param(
        {"outlook": [_said("2031年に工場が稼働します。", "a2")]},
        "outlook, sentence 1: not in a2: 2031",
        {"outlook": ()},
        ["sentence 1: not in …: …"],
        id="number that no cited article has",
    ),
    pytest.param(
        {"outlook": [_said("工場が稼働します。", "a9")]},
        "no known article is cited",
        {"outlook": ()},
        ["sentence 1: no known article is cited"],
        id="invented id",
    ),
    pytest.param(
        {"outlook": [_said("工場が稼働します。")]},
        "no known article is cited",
        {"outlook": ()},
        ["sentence 1: no known article is cited"],
        id="no id",
    ),
    pytest.param(
        {"outlook": [_said("工場が稼働します。", "a2", "a9")]},
        "unknown ids: a9",
        {"outlook": (_statement("工場が稼働します。", "id2"),)},
        ["sentence 1: an article that there is not"],
        id="one id of two invented",
    ),
    pytest.param(
        {"outlook": [_said("工場が稼働", "a2")]},
        "must end with a whole sentence",
        {"outlook": ()},
        ["sentence 1: text must end with a whole sentence"],
        id="cut off",
    ),
    pytest.param(
        {"outlook": [_said("공장이 가동됩니다。", "a2")]},
        "Hangul",
        {"outlook": ()},
        ["sentence 1: Hangul (…) inside Japanese prose"],
        id="another script",
    ),
    pytest.param(
        {"figures": ["f1", "f2", "f9"]},
        "unknown figures: f9",
        {"key_figures": (FigureRef(article_id="id1", index=0), FigureRef(article_id="id3", index=0))},
        ["a figure that no article has"],
        id="invented figure",
    ),
    pytest.param(
        {"figures": ["f1"]},
        "figures names 1, wants at least 2",
        {"key_figures": (FigureRef(article_id="id1", index=0),)},
        [],
        id="too few figures",
    ),
    pytest.param(
        {"categories": [*GOOD["categories"], {"name": "その他", "statements": []}]},
        "",
        {},
        ["a category that the issue does not have"],
        id="invented category",
    ),
    pytest.param(
        {"categories": GOOD["categories"][1:], "outlook": []},
        "categories without sentences: モデル; articles in no topic and no category sentence: a2",
        {"category_digests": {"モデル": (), "規制": SYNTHESIS.category_digests["規制"]}, "outlook": ()},
        [""],
        id="category and article left out",
    ),
]


@pytest.mark.parametrize(("change", "named", "kept", "details"), FAULTS)
async def test_what_is_wrong_is_named_twice_and_then_left_out(
    tmp_path: Path, change: Mapping[str, Any], named: str, kept: Mapping[str, Any], details: list[str]
) -> None:
    with GeminiServer(script=[written({**GOOD, **change})] * (3 if named else 1)) as server:
        synthesis = await _edit(server, tmp_path / "l")
        assert named in server.requests[-1].user.replace("⟦", "").replace("⟧", "")
    assert synthesis.model_copy(update={"gaps": ()}) == SYNTHESIS.model_copy(update=dict(kept))
    assert [gap.detail for gap in synthesis.gaps] == details
    reason = "not_written" if "" in details else "unsupported"
    assert {(gap.stage, gap.reason) for gap in synthesis.gaps} <= {("edit", reason)}


async def test_a_mended_answer_leaves_no_gap(tmp_path: Path) -> None:
    bad = {**GOOD, "outlook": [_said("2031年に工場が稼働します。", "a2")]}
    with GeminiServer(script=[written(bad), written(GOOD)]) as server:
        assert await _edit(server, tmp_path / "l") == SYNTHESIS


async def test_ids_inside_a_sentence_are_taken_out(tmp_path: Path) -> None:
    trends = [_said("売上高が35%伸びました（a1、a3）。", "a1", "a3"), _said("工場の計画が続きました[a2]。", "a2")]
    with GeminiServer(script=[written({**GOOD, "trends": trends})]) as server:
        assert await _edit(server, tmp_path / "l") == SYNTHESIS


async def test_a_synthesis_without_trends_is_none(tmp_path: Path) -> None:
    bad = {**GOOD, "trends": [_said("売上高が36%伸びました。", "a1"), _said("続きました。", "a8")]}
    with GeminiServer(script=[written(bad)] * 3) as server, pytest.raises(AnswerInvalid, match="too few usable"):
        await _edit(server, tmp_path / "l")

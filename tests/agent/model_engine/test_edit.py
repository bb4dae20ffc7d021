"""What the model may say of several articles, and what stands beside it whatever the model says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.engine import Digested
from agent.model import CategoryDraft, Statement, Synthesis
from agent.model_engine import ModelEngine
from agent.model_engine.choosing import choose
from tests.agent.model_engine.articles import READERS, article, brief, digested
from tests.builders import HashingEncoder
from tests.servers.client import client_for
from tests.servers.gemini import GeminiServer, Reply, rate_limited, written

ENCODER = HashingEncoder()
CHIPS = "半導体工場の建設が前年から35%増えた。"


def _item(number: int, summary: str, text: str) -> Digested:
    made = digested(number, figures=1)
    digest = made.digest.model_copy(update={"summary": summary})
    return replace(made, article=article(number, text, title=text), digest=digest)


PLANT = "Northern Chips said that its plants grew by 35% this year."
ITEMS = [
    _item(1, f"{CHIPS}千歳に「新工場」が建つ。", f"{PLANT} A plant opens."),
    _item(2, f"{CHIPS}熊本に「新工場」が建つ。", f"{PLANT} Nobody left. The cost is 70 billion."),
    _item(3, "「議会」は規則を採決しなかった。", "議会は規則の採決を見送った。"),
]
CATEGORIES = (
    CategoryDraft(name="モデル", article_ids=("id1", "id2")),
    CategoryDraft(name="規制", article_ids=("id3",)),
)
SHARED = Statement(text="半導体工場の建設が35%増えた。", article_ids=("id1", "id2"), language="ja")


async def _edit(server: GeminiServer, ledger: Path) -> Synthesis:
    return await ModelEngine(client_for(server, ledger), READERS, ENCODER, guarded=True).edit(
        ITEMS, CATEGORIES, brief()
    )


OWN = choose(ITEMS, CATEGORIES, brief())


async def test_what_near_articles_have_in_common_comes_before_their_own_sentences(tmp_path: Path) -> None:
    with GeminiServer(script=[written({"text": SHARED.text})]) as server:
        synthesis = await _edit(server, tmp_path / "l")
    assert synthesis == OWN.model_copy(update={"trends": (SHARED, *OWN.trends)})
    (asked,) = server.requests
    assert "議会" not in asked.user
    assert "id1" not in asked.user and "news.example" not in asked.user


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("半導体工場の建設が36%増えた。", "fewer than two articles say: 36", id="number of no article"),
        pytest.param("半導体工場の建設に70億ドルを投じた。", "fewer than two articles say: 70", id="of one alone"),
        pytest.param("半導体工場の建設が35%増え", "must end with a whole sentence", id="cut off"),
        pytest.param("반도체 공장이 늘었다。", "Hangul", id="another script"),
        pytest.param("あらゆる猫はとても静かに眠る。", "have little to do with it", id="something else"),
    ],
)
async def test_what_two_articles_do_not_bear_out_is_named_twice_and_then_left_out(
    tmp_path: Path, text: str, named: str
) -> None:
    with GeminiServer(script=[written({"text": text})] * 3) as server:
        synthesis = await _edit(server, tmp_path / "l")
        assert named in server.requests[-1].user.replace("⟦", "").replace("⟧", "")
    *others, gap = synthesis.gaps
    assert synthesis.model_copy(update={"gaps": tuple(others)}) == OWN
    assert (gap.stage, gap.subject, gap.reason) == ("edit", "trends", "unsupported")
    assert text[:8] not in gap.detail


async def test_nothing_in_common_is_no_gap(tmp_path: Path) -> None:
    with GeminiServer(script=[written({"text": ""})]) as server:
        assert await _edit(server, tmp_path / "l") == OWN


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(rate_limited(per_day=True), "not_written", id="day used up"),
        pytest.param(written("no JSON"), "model_failed", id="no answer"),
    ],
)
async def test_an_issue_is_whole_without_it(tmp_path: Path, reply: Reply, reason: str) -> None:
    with GeminiServer(script=[reply] * 3) as server:
        synthesis = await _edit(server, tmp_path / "l")
    *others, gap = synthesis.gaps
    assert synthesis.model_copy(update={"gaps": tuple(others)}) == OWN
    assert (gap.subject, gap.reason) == ("trends", reason)

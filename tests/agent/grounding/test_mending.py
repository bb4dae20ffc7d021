"""A sentence that the verifier doubts is written again from its evidence, at most twice, judged again and looked up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from agent.calls.budget import Budget
from agent.grounding.second_look import look_at_digest, look_at_issue
from agent.grounding.verifier import Verifier
from agent.model import Detail, Digest, Synthesis
from agent.model_engine.mending import ModelMender
from agent.translator import translate
from tests.builders import HashingEncoder, ScriptedEngine, article, brief, digest, issue_items, statement
from tests.servers.client import client_for
from tests.servers.gemini import GeminiServer
from tests.servers.verifier_answer import VerifierAnswer

FALSE, TRUE = "エヌビディアがトヨタを訴えた。", "トヨタがエヌビディアを訴えた。"
OTHERWISE_FALSE = "エヌビディアはトヨタを訴えなかった。"
BRIEF = brief(language="ja")
OF = article(title="Lawsuit", text="Toyota sued Nvidia. Nvidia denied it.")
WRITTEN = digest(
    OF,
    engine="model",
    language="ja",
    title="訴訟",
    summary=FALSE,
    detail=Detail(background="", main="トヨタは訴えた。", impact=""),
)


def only_true(claim: str) -> str:
    return "supported" if claim == TRUE else "contradicted"


@asynccontextmanager
async def verifying(answer: VerifierAnswer, ledger: Path, budget: Budget | None = None) -> AsyncIterator[Verifier]:
    with GeminiServer(answer) as server:
        client = client_for(server, ledger, budget=budget or Budget())
        yield Verifier(client, HashingEncoder(), mender=ModelMender(client, BRIEF))
        await client.aclose()


@pytest.mark.parametrize(
    ("mends", "summary", "asked", "told"),
    [
        pytest.param({FALSE: TRUE}, TRUE, 1, [], id="at once"),
        pytest.param({FALSE: OTHERWISE_FALSE, OTHERWISE_FALSE: TRUE}, TRUE, 2, [], id="the second time"),
        pytest.param({FALSE: OTHERWISE_FALSE, OTHERWISE_FALSE: FALSE}, "", 2, ["unsupported"], id="never"),
        pytest.param({FALSE: ""}, "", 1, ["unsupported"], id="nothing true remains"),
        pytest.param({FALSE: FALSE}, "", 1, ["unsupported"], id="nothing changed"),
        pytest.param({FALSE: "トヨタがエヌビディアを"}, "", 1, ["unsupported"], id="no whole sentence"),
        pytest.param({FALSE: "Toyota sued Nvidia in court on Monday."}, "", 1, ["unsupported"], id="another language"),
        pytest.param({FALSE: TRUE + TRUE}, "", 1, ["unsupported"], id="two sentences"),
    ],
)
async def test_a_doubted_sentence_is_written_again_at_most_twice(
    tmp_path: Path, mends: dict[str, str], summary: str, asked: int, told: list[str]
) -> None:
    answer = VerifierAnswer(only_true, mend=lambda text: mends[text])
    async with verifying(answer, tmp_path / "ledger.sqlite") as verifier:
        kept, gaps = await look_at_digest(WRITTEN, OF, verifier)
    assert (kept.summary, kept.detail) == (summary, WRITTEN.detail)
    assert [gap.reason for gap in gaps] == told
    assert len(answer.mending) == asked
    assert "Toyota sued Nvidia." in answer.mending[0] and "the evidence says otherwise" in answer.mending[0]


async def test_what_is_written_again_is_judged_though_it_has_no_second_name(tmp_path: Path) -> None:
    plain = "工場は近く開業する。"
    answer = VerifierAnswer(only_true, mend=lambda _: plain)
    async with verifying(answer, tmp_path / "ledger.sqlite") as verifier:
        kept, _ = await look_at_digest(WRITTEN, OF, verifier)
    assert plain in answer.claims
    assert kept.summary == ""


async def test_what_is_written_again_and_gets_no_verdict_is_not_taken(tmp_path: Path) -> None:
    answer = VerifierAnswer(only_true, broken=lambda claim: claim == TRUE, mend=lambda _: TRUE)
    async with verifying(answer, tmp_path / "ledger.sqlite") as verifier:
        kept, gaps = await look_at_digest(WRITTEN, OF, verifier)
    assert kept.summary == ""
    assert [gap.reason for gap in gaps] == ["unsupported"]


async def test_with_no_calls_left_to_mend_it_the_sentence_is_left_out(tmp_path: Path) -> None:
    answer = VerifierAnswer(only_true, mend=lambda _: TRUE)
    async with verifying(answer, tmp_path / "ledger.sqlite", Budget(calls=1)) as verifier:
        kept, gaps = await look_at_digest(WRITTEN, OF, verifier)
    assert (kept.summary, answer.mending) == ("", [])
    assert [gap.reason for gap in gaps] == ["unsupported"]


async def translated(mend: Callable[[str], str], judge: Callable[[str], str], ledger: Path) -> tuple[Digest, list[str]]:
    fallback = ScriptedEngine("extractive", digest=digest(OF))
    async with verifying(VerifierAnswer(judge, mend=mend), ledger) as verifier:
        made, gaps = await translate(OF, BRIEF, ScriptedEngine(digest=WRITTEN), fallback, verifier)
    return made, [gap.detail for gap in gaps]


async def test_a_mended_digest_has_nothing_to_say_of_it(tmp_path: Path) -> None:
    made, details = await translated(lambda _: TRUE, only_true, tmp_path / "ledger.sqlite")
    assert (made.summary, made.engine, details) == (TRUE, "model", [])


async def test_what_is_written_again_is_looked_up_like_the_rest(tmp_path: Path) -> None:
    """A verifier that takes an invented sum for supported does not print it."""
    made, details = await translated(
        lambda _: "トヨタがエヌビディアに70億円を求めた。",
        lambda claim: "contradicted" if claim == FALSE else "supported",
        tmp_path / "ledger.sqlite",
    )
    assert made.engine == "extractive"
    assert details == ["summary, sentence 1", "summary"]


async def test_statements_of_different_articles_are_mended_apart(tmp_path: Path) -> None:
    items = issue_items(3)
    one, other, third = (item.article.id for item in items)
    draft = Synthesis(
        trends=(statement(FALSE, one), statement(OTHERWISE_FALSE, one)),
        topics=(),
        category_digests={"企業": (statement(FALSE, other, third),)},
        key_figures=(),
        outlook=(),
        gaps=(),
    )
    answer = VerifierAnswer(only_true, mend=lambda _: TRUE)
    async with verifying(answer, tmp_path / "ledger.sqlite") as verifier:
        found = await look_at_issue(draft, items, verifier, "ja")
    assert [s.text for s in (*found.trends, *found.category_digests["企業"])] == [TRUE] * 3
    assert [s.article_ids for s in found.category_digests["企業"]] == [(other, third)]
    assert found.gaps == ()
    assert sorted(question.count("evidence: ") for question in answer.mending) == [1, 2]

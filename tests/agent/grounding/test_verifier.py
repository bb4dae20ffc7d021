"""Sentences that an admitted verifier does not find borne out are left out, with a gap; none is asked about in vain."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

import pytest

from agent.calls.budget import Budget
from agent.errors import BudgetReached
from agent.grounding.second_look import look_at_digest, look_at_issue
from agent.grounding.unsupported import Source
from agent.grounding.verifier import Evidence, Verdict, Verifier, needs_verdict
from agent.model import Detail, Gap, Synthesis, TopicDraft
from tests.builders import MOMENT, HashingEncoder, article, digest, issue_items, statement
from tests.servers.client import client_for
from tests.servers.gemini import GeminiServer
from tests.servers.verifier_answer import VerifierAnswer, always_yes

T = TypeVar("T")
PAGE = Source("Toyota sued Nvidia in Kumamoto. Nvidia denied it. The plant opens soon.", "en", MOMENT.date())


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("トヨタがエヌビディアを訴えた。", "ja", True),
        ("工場は開業しない。", "ja", True),
        ("工場は近く開業する。", "ja", False),
        ("The firm did not comment.", "en", True),
        ("The plant opens.", "en", False),
        ("Toyota sued Nvidia in Kumamoto.", "en", False),
        ("회사는 답하지 않았다.", "ko", True),
        ("該公司沒有回應。", "zh-Hant", True),
        ("Die Firma baut kein Werk.", "de", True),
        ("La société ne répond pas.", "fr", True),
        ("La empresa no responde.", "es", True),
    ],
)
def test_only_what_may_be_swapped_or_turned_is_asked_about(text: str, language: str, wanted: bool) -> None:
    assert needs_verdict(text, language, [PAGE]) is wanted


def test_evidence_is_the_nearest_sentences_in_their_order() -> None:
    long = Source(
        "Rain fell. Toyota sued Nvidia. Cats sleep. Nvidia denied it. Dogs bark. Toyota won.", "en", MOMENT.date()
    )
    found = Evidence(HashingEncoder()).of([("Toyota sued Nvidia and Nvidia denied it", [long])])
    assert found[0].startswith("Toyota sued Nvidia. Nvidia denied it.")


JUDGED: dict[str, Verdict] = {
    "エヌビディアがトヨタを訴えた。": "contradicted",
    "トヨタは否定した。": "not_stated",
    "トヨタがエヌビディアを訴えた。": "supported",
}


def known(claim: str) -> str:
    return JUDGED[claim]


async def test_a_digest_loses_what_its_article_does_not_bear_out(tmp_path: Path) -> None:
    of = article(text="Toyota sued Nvidia. Nvidia denied it.")
    written = digest(
        of,
        language="ja",
        summary="エヌビディアがトヨタを訴えた。工場は近く開業する。",
        detail=Detail(background="トヨタは否定した。", main="トヨタがエヌビディアを訴えた。", impact=""),
    )
    answer = VerifierAnswer(known)
    with GeminiServer(answer) as server:
        client = client_for(server, tmp_path / "ledger.sqlite")
        kept, gaps = await look_at_digest(written, of, Verifier(client, HashingEncoder()))
        await client.aclose()
        assert len(server.requests) == 1
    assert answer.claims == list(JUDGED)
    assert (kept.summary, kept.detail) == (
        "工場は近く開業する。",
        Detail(background="", main="トヨタがエヌビディアを訴えた。", impact=""),
    )
    assert [(gap.reason, gap.detail) for gap in gaps] == [
        ("unsupported", "summary, sentence 1: the evidence contradicts it"),
        ("unsupported", "background, sentence 1: the evidence does not say it"),
    ]


async def test_an_issue_loses_statements_and_empty_topics(tmp_path: Path) -> None:
    items = issue_items(2)
    one, other = (item.article.id for item in items)
    false, true = "エヌビディアがトヨタを訴えた。", "トヨタがエヌビディアを訴えた。"
    draft = Synthesis(
        trends=(statement(false, one), statement(true, one, other)),
        topics=(
            TopicDraft(title="一", language="ja", statements=(statement(false, one),)),
            TopicDraft(title="二", language="ja", statements=(statement(true, other),)),
        ),
        category_digests={"企業": (statement(false, other),)},
        key_figures=(),
        outlook=(statement(true, one),),
        gaps=(),
    )
    with GeminiServer(VerifierAnswer(known)) as server:
        client = client_for(server, tmp_path / "ledger.sqlite")
        found = await look_at_issue(draft, items, Verifier(client, HashingEncoder()), "ja")
        await client.aclose()
    assert [s.text for s in found.trends] == [true]
    assert [topic.title for topic in found.topics] == ["二"]
    assert (found.category_digests, found.outlook) == ({"企業": ()}, draft.outlook)
    assert [gap.subject for gap in found.gaps] == ["trends", "topic 1", "category: 企業"]


async def no_time(work: Awaitable[T]) -> T:
    """Let nothing be asked any more."""
    assert inspect.iscoroutine(work)
    work.close()
    raise BudgetReached("the time is up")


@pytest.mark.parametrize("why", ["unreadable", "budget", "time"])
async def test_without_a_verdict_a_sentence_stays_and_the_gap_says_so(tmp_path: Path, why: str) -> None:
    of = article(text="Toyota sued Nvidia.")
    text = "トヨタがエヌビディアを訴えた。"
    written = digest(
        of, language="ja", summary=text, detail=Detail(background="", main="工場は近く開業する。", impact="")
    )
    answer = VerifierAnswer(always_yes, broken=lambda claim: why == "unreadable")
    with GeminiServer(answer) as server:
        budget = Budget(tokens=10) if why == "budget" else Budget()
        client = client_for(server, tmp_path / "ledger.sqlite", budget=budget)
        kept, gaps = await look_at_digest(
            written, of, Verifier(client, HashingEncoder(), no_time if why == "time" else None)
        )
        await client.aclose()
    assert kept == written
    assert gaps == (Gap(stage="translate", subject=of.title, reason="unverified", detail="summary, sentence 1"),)

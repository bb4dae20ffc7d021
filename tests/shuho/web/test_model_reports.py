"""The sources of a report that a model wrote: every claim of every kind leads to words of the original."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from agent.model_engine import ModelEngine
from agent.storage.record import Record
from graph.deps import Deps
from shuho.web.claims import Claim, articles_of, parts_of
from shuho.web.quotes import Quotes
from tests.agent.revision.issues import SmallIssue
from tests.builders import WEEK, HashingEncoder
from tests.graph.weekly_run import WeeklyRun
from tests.servers.auto_answer import AutoAnswer
from tests.servers.client import client_for
from tests.servers.gemini import GeminiServer


class JapaneseWeek(WeeklyRun):
    """The week for readers of Japanese."""

    def deps(self) -> Deps:
        """Return everything that the nodes work with."""
        deps = super().deps()
        topic = deps.topic.model_copy(update={"language": "ja"})
        return replace(deps, topic=topic, brief=topic.brief(WEEK))


@pytest.fixture(scope="module")
def by_a_model(tmp_path_factory: pytest.TempPathFactory) -> SmallIssue:
    root = tmp_path_factory.mktemp("by-a-model")
    with GeminiServer(AutoAnswer()) as server:

        async def write() -> None:
            client = client_for(server, root / "ledger.sqlite")
            week = JapaneseWeek(root, engine=ModelEngine(client))
            try:
                await week.go()
            finally:
                week.close()
                await client.aclose()

        asyncio.run(write())
    record = Record(root / "record.sqlite")
    articles = {article.id: article for article in record.articles()}
    record.close()
    return SmallIssue(root, articles)


def test_every_kind_of_claim_leads_to_the_original(by_a_model: SmallIssue) -> None:
    report = by_a_model.report
    assert {(a.engine, a.text_language) for a in report.articles} == {("model", "ja")}
    quotes = Quotes(by_a_model.articles.get, HashingEncoder())
    kinds: dict[str, list[Claim]] = {
        part.anchor: [claim for block in part.blocks for claim in block.claims] for part in parts_of(report)
    }
    views = articles_of(report)
    kinds["summary"] = [claim for view in views for claim in view.summary.claims]
    kinds["details"] = [claim for view in views for block in view.details for claim in block.claims]
    kinds["facts"] = [claim for view in views for claim in view.facts]
    # A sentence of the outlook is of the same kind as one of the trends; this model has none that holds.
    assert {kind for kind, claims in kinds.items() if not claims} <= {"outlook"}
    texts = {a.number: by_a_model.articles[a.id].text for a in report.articles}
    for kind, claims in kinds.items():
        for claim in claims:
            found = quotes.of(report, claim)
            assert {q.number for q in found} == set(claim.articles), kind
            assert all(q.marked and q.marked in texts[q.number] for q in found), kind
            stated = [q.bearing == "states" for q in found]
            assert stated[0] == (kind in {"key_figures", "roadmap", "facts"}), kind

"""Every kind of revision with a model behind it, from message to version."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.observability.progress import Silent
from agent.revision.sections import bodies, readable
from agent.settings import Settings
from shuho.revising import ReviseOptions, Revising, open_revising
from shuho.turns import Told
from tests.agent.revision.issues import SmallIssue, write_issue
from tests.servers.gemini import GeminiServer, Question
from tests.servers.revision_answer import RevisionAnswer
from tests.servers.web import WebServer
from tests.shuho.web.page import out_of
from tests.shuho.weeks import TOPIC

NEWS = """<html><head><title>Harbour cranes learn to see</title>
<meta property="article:published_time" content="2026-04-09T08:00:00+09:00"></head><body><article>
<h1>Harbour cranes learn to see</h1>
<p>Port operator Marewell fitted AI cameras to 24 cranes in its Hamburg terminal this week. The AI system lowers
waiting times by 18 percent, the company said. Dockers asked for a say in how the pictures are kept. Marewell plans to
equip a second terminal by November 2026. A test last winter had failed because of snow on the lenses.</p>
<p>The cameras learn from each shift, and every stop of a crane is looked at by two people before the model is changed.
Insurers follow the project closely, since collisions of containers cost the port a good deal every year.</p>
</article></body></html>"""


DIGEST = {
    "title": "Harbour cranes learn to see",
    "summary": "Port operator Marewell fitted AI cameras to 24 cranes in its Hamburg terminal this week.",
    "background": "A test last winter had failed because of snow on the lenses.",
    "main": "The AI system lowers waiting times by 18 percent, the company said.",
    "impact": "Dockers asked for a say in how the pictures are kept.",
    "figures": [],
    "events": [],
    "entities": [],
}


class Understanding(RevisionAnswer):
    """Understands the messages of this file."""

    actions: dict[str, dict[str, str]]

    def __call__(self, question: Question) -> Any:
        """Answer; what is no wish of this file is a wish for a section."""
        if "background" in question.schema["properties"]:
            return DIGEST
        answer = super().__call__(question)
        for words, action in self.actions.items():
            if "action" in answer and words in question.user:
                return {**answer, **action}
        return answer


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> SmallIssue:
    issue = write_issue(tmp_path_factory.mktemp("issue"))
    out_of(issue)
    return issue


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer({"/cranes.html": (200, {"content-type": "text/html"}, NEWS.encode())}) as server:
        yield server


@pytest.fixture
async def revising(finished: SmallIssue, web: WebServer, tmp_path: Path) -> AsyncIterator[Revising]:
    issue = finished.copy(tmp_path / "issue")
    topic = tmp_path / "ai.toml"
    topic.write_text(TOPIC + "[limits]\nallow_private_addresses = true\n", encoding="utf-8")
    category = issue.report.categories[0].name
    answer = Understanding()
    answer.actions = {
        "the Oslo bank by its short name": {"action": "rename", "old": "Lumen Bank", "new": "LUMEN BANK"},
        "belongs with the chips": {"action": "move", "article": "parcels", "category": category},
        "leave the grid out": {"action": "drop", "article": "data centres"},
        "worth telling": {"action": "add", "url": f"{web.url}/cranes.html"},
    }
    with GeminiServer(answer) as model:
        settings = Settings(google_api_key="k", google_base_url=model.url)
        async with open_revising(ReviseOptions(issue.folder.path, "model", topic=topic), settings, Silent()) as opened:
            yield opened


async def made(revising: Revising, message: str, section: str = "", *, asked: bool = True) -> set[str]:
    """Say something, approve what comes of it, and return the sections that changed."""
    before, told = bodies(revising.report()), list[Told]()
    turn = await revising.say(message, section, on_step=told.append)
    assert turn.status == "proposed", turn.reply
    done = await revising.approve(turn.proposal)
    assert done.status == "written", done.reply
    after = bodies(revising.report())
    spent = revising.report().versions[-1].spent
    assert asked == (spent is not None and spent.calls > 0)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} - {
        "versions",
        "checks",
    }


async def test_every_kind_of_revision(revising: Revising, web: WebServer) -> None:
    first = revising.report()
    assert await made(revising, "Call the Oslo bank by its short name, please") >= {"outlook", "articles/4/summary"}
    assert "LUMEN BANK" in readable(revising.report(), "outlook")

    moved = next(a.number for a in first.articles if "parcels" in a.title)
    old = first.articles[moved - 1].category
    named = {"categories", f"categories/{old}", f"categories/{first.categories[0].name}", f"articles/{moved}"}
    assert await made(revising, "The parcels story belongs with the chips") <= named

    for message in ("Put the jobs first, they matter most.", "Say it in fewer words and more plainly."):
        assert await made(revising, message, "outlook") == {"outlook"}

    gone = next(a.number for a in first.articles if "data centres" in a.title)
    assert f"articles/{gone}" in await made(revising, "Please leave the grid out this time")
    assert f"articles/{gone}" in await made(revising, f"#{gone}を戻して", asked=False)

    changed = await made(revising, f"{web.url}/cranes.html is worth telling")
    report = revising.report()
    assert {"articles/7", "articles/7/summary", "categories"} - changed <= {"categories"}
    assert [a.number for a in report.articles] == [1, 2, 3, 4, 5, 6, 7]
    assert (report.articles[-1].engine, sum(c.count for c in report.categories)) == ("model", 7)

    last = report.versions[-1].version
    for number in range(last - 1, 0, -1):
        assert (await revising.undo()).version == number
    assert revising.report() == first
    history = {row.version.version for row in revising.history()}
    assert history == set(range(1, last + 1))

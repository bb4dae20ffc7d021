"""The talk with a model on the page: drafts and answers as they are written, costs, what outlives a restart."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from agent.revision.transcript import Said, Transcript
from shuho.issue_parts import IssuePlace, transcript_path
from tests.agent.revision.issues import SmallIssue
from tests.builders import MOMENT
from tests.servers.gemini import GeminiServer, failing
from tests.servers.revision_answer import RevisionAnswer
from tests.shuho.web.page import ISSUE, Reader, served
from tests.shuho.weeks import TOPIC

WISH = "Say it in a livelier way."


@pytest.fixture(scope="module")
def model() -> Iterator[GeminiServer]:
    with GeminiServer(RevisionAnswer(), token_seconds=0.0005) as server:
        yield server


@pytest.fixture(scope="module")
def talking(finished: SmallIssue, model: GeminiServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with served(finished.copy(tmp_path_factory.mktemp("talk")), model=model.url) as page:
        yield page


@contextmanager
def held_halfway(model: GeminiServer) -> Iterator[threading.Event]:
    """Hold every answer when half of it is out, until the event is set."""
    gate = threading.Event()
    model.halfway = lambda: gate.wait(60)
    try:
        yield gate
    finally:
        gate.set()
        model.halfway = bool


def told(page: Reader, message: str, section: str, at: Callable[[dict[str, str]], None] = bool) -> list[dict[str, str]]:  # type: ignore[assignment]
    """Send a message as the page's script does, and return what it hears."""
    answer = page.post(f"{ISSUE}/ask", {"message": message, "section": section}, **{"x-shuho": "1"})
    assert answer.status_code == 202
    heard = []
    with page.http.stream("GET", f"{ISSUE}/stream", headers={"accept-language": "en"}) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                heard.append(json.loads(line[6:]))
                at(heard[-1])
    return heard


def transcript(page: Reader) -> Transcript:
    return Transcript(transcript_path(IssuePlace(page.issue.folder.path.parent.parent, page.issue.folder)))


def kept(page: Reader) -> bytes:
    """Return everything that is on disk of the issue and of the talk, but the ledger of paid answers."""
    root = page.issue.root / "out"
    files = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith("ledger."))
    return b"".join(path.read_bytes() for path in files)


def test_a_draft_is_shown_as_a_draft_and_replaced_by_the_difference(talking: Reader) -> None:
    before, heard = talking.body, told(talking, WISH, "outlook")
    drafts = [one["draft"] for one in heard if one["draft"]]
    assert len(drafts) > 3
    assert all(later.startswith(sooner[:20]) for sooner, later in pairwise(drafts))
    assert {one["step"] for one in heard if one["draft"]} == {"rewrite"}
    assert heard[-1] == {"step": "", "draft": "", "answer": "", "text": ""}
    shown = talking.get(f"{ISSUE}?panel=chat").text
    assert "not verified" not in shown
    assert talking.hidden(shown, "proposal")
    assert talking.body == before


def test_who_loads_the_page_again_sees_what_is_written_so_far(talking: Reader, model: GeminiServer) -> None:
    pages: list[str] = []
    with held_halfway(model) as gate:

        def look(event: dict[str, str]) -> None:
            if event["draft"] and not pages:
                pages.append(talking.get(f"{ISSUE}?panel=chat", **{"accept-language": "ja"}).text)
                gate.set()

        heard = told(talking, "Say it with more vigour.", "trends", look)
    assert '<figcaption class="mark">下書き・未検証</figcaption>' in pages[0]
    assert "data-working" in pages[0]
    assert heard[-1]["step"] == ""


def test_an_invented_draft_is_refused_and_kept_nowhere(talking: Reader) -> None:
    before, invented = talking.body, "It will cost $987 trillion."
    heard = told(talking, "Please invent something.", "trends")
    assert invented in [one["draft"] for one in heard]
    last = transcript(talking).last(1)[0]
    assert (last.status, talking.body) == ("refused", before)
    assert "does not say $987 trillion" in last.text
    assert talking.hidden(talking.get(f"{ISSUE}?panel=chat").text, "proposal") == ""
    assert invented.encode() not in (talking.issue.folder.path / "report.json").read_bytes()


def test_an_answer_is_shown_by_the_sentence_once_it_holds(talking: Reader) -> None:
    heard = told(talking, "What is said of robots, of the plant and of schools?", "")
    answers = list(dict.fromkeys(one["answer"] for one in heard if one["answer"]))
    last = transcript(talking).last(1)[0]
    assert (last.status, answers[-1]) == ("answered", last.text)
    assert [len(answer.split("\n")) for answer in answers] == sorted({len(answer.split("\n")) for answer in answers})
    assert all(last.text.startswith(answer) for answer in answers)
    assert [one["draft"] for one in heard if one["draft"]] == []


def test_no_sentence_of_an_answer_is_shown_that_does_not_hold(talking: Reader) -> None:
    heard = told(talking, "Can you invent a number?", "")
    assert [one["answer"] for one in heard if one["answer"]] == []
    assert "987" not in json.dumps(heard)
    assert transcript(talking).last(1)[0].text == "The stored sources do not say."


def test_a_model_that_fails_is_said_in_the_reader_s_language(talking: Reader, model: GeminiServer) -> None:
    model._script.extend([failing(400, "no")] * 2)
    fields = {"message": "言い換えて、もっと明るく。", "section": "trends"}
    answer = talking.post(f"{ISSUE}/ask", fields, **{"accept-language": "ja"})
    shown = talking.get(answer.headers["location"], **{"accept-language": "ja"}).text
    model._script.clear()
    assert "言語モデルの設定が受け付けられません" in shown


def test_a_revision_s_cost_is_in_its_version_and_in_the_history(finished: SmallIssue, tmp_path: Path) -> None:
    """The topic's price and limits hold: the third message may not be asked any more."""
    issue = finished.copy(tmp_path / "issue")
    topics = issue.root / "topics"
    topics.mkdir()
    limits = "[limits]\ncalls = 3\n[prices]\ninput = 2.0\noutput = 10.0\n"
    (topics / "ai.toml").write_text(TOPIC + limits, encoding="utf-8")
    with GeminiServer(RevisionAnswer()) as model, served(issue, topics, model=model.url) as page:
        shown = page.ask(WISH, "outlook")
        fields = {"proposal": page.hidden(shown, "proposal"), "seen": "1", "decision": "accept"}
        page.post(f"{ISSUE}/decide", fields)
        spent = page.issue.report.versions[-1].spent
        assert spent is not None
        assert (spent.calls, spent.cached, len(model.requests)) == (2, 0, 2)
        assert spent.cost == pytest.approx((spent.input_tokens * 2 + spent.output_tokens * 10) / 1e6, abs=1e-6)
        history = page.get(f"{ISSUE}?panel=history").text
        assert f"2 model calls, {spent.input_tokens + spent.output_tokens:,} tokens · {spent.cost:.4f} USD" in history
        page.ask("What do the robots do?", "")
        both = transcript(page).spent()
        assert (both.calls, both.cost > spent.cost if both.cost and spent.cost else False) == (3, True)
    with GeminiServer(RevisionAnswer()) as model, served(issue, topics, model=model.url) as page:
        assert "a limit of the topic file" in page.ask("Say it in a sadder way.", "outlook")
        assert (len(model.requests), transcript(page).spent().calls) == (0, 3)
        assert "The whole talk about this report: 3 model calls" in page.get(f"{ISSUE}?panel=history").text


def test_the_talk_outlives_the_server_and_what_broke_off_is_said(finished: SmallIssue, tmp_path: Path) -> None:
    issue = finished.copy(tmp_path / "issue")
    with served(issue) as page:
        shown = page.ask("shorter", "trends")
        proposal = page.hidden(shown, "proposal")
        broken = Said(at=MOMENT, who="person", text="and then?", author="web", process=2**22 + 1, language="ja")
    transcript(page).add(broken)
    with served(issue) as page:
        again = page.get(f"{ISSUE}?panel=chat").text
        assert "This changes 1 places" in again
        assert "この依頼は途中で止まりました。" in page.get(f"{ISSUE}?panel=chat").text
        assert page.hidden(again, "proposal") == proposal
        page.post(f"{ISSUE}/decide", {"proposal": proposal, "seen": "1", "decision": "accept"})
        assert page.issue.versions.current().versions[-1].version == 2
        page.post(f"{ISSUE}/decide", {"proposal": proposal, "seen": "2", "decision": "accept"})
        assert page.issue.folder.version_numbers() == [1, 2], "nothing is applied twice"
        words = [said.text for said in transcript(page).last(20)]
    assert words[:2] == ["shorter", "This changes 1 places. Approve to write it."]

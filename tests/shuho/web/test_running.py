"""A run from the page: a real child process, its progress, its report in the list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.topic import read_topic
from shuho.web.runs import Runs
from tests.agent.revision.issues import SmallIssue
from tests.load import within
from tests.servers.gemini import GeminiServer
from tests.shuho.web.page import served
from tests.shuho.weeks import write_topic


def test_a_run_is_started_and_watched(finished: SmallIssue, tmp_path: Path) -> None:
    """Too few articles end it early; tests/browser has a run to the end."""
    issue = finished.copy(tmp_path / "issue")
    topics = issue.root / "topics"
    write_topic(topics, 2)
    (topics / "broken.toml").write_text("no = topic", encoding="utf-8")
    with served(issue, topics) as page:
        assert page.get("/").text.count("<option value=") - 3 == 1, "one topic and three engines"
        wrong = {"topic": "chips", "week": "2026-W15; rm", "engine": "extractive"}
        assert page.post("/runs", wrong).status_code == 400
        assert page.post("/runs", {**wrong, "week": "", "topic": "../chips"}).status_code == 400
        answer = page.post("/runs", {"topic": "chips", "week": "2026-W15", "engine": "extractive"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/runs/1")
        assert page.post("/runs", {"topic": "chips", "week": "2026-W15", "engine": "auto"}).status_code == 409
        assert 'data-stream="/runs/1/stream"' in page.get("/runs/1").text
        with page.http.stream("GET", "/runs/1/stream", headers={"accept-language": "en"}) as stream:
            told = [json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: ")]
        assert told[0]["state"] == "running"
        assert told[-1]["state"] == "nothing", told[-1]["lines"]
        assert "Research" in {now["stage"] for now in told}
        assert "Too few articles to publish" in page.get("/runs/1").text


def test_a_run_can_be_stopped(finished: SmallIssue, tmp_path: Path) -> None:
    issue = finished.copy(tmp_path / "issue")
    write_topic(issue.root / "topics", 6)
    with served(issue, issue.root / "topics") as page:
        page.post("/runs", {"topic": "chips", "week": "2026-W15", "engine": "extractive"})
        assert page.post("/runs/stop", {}).status_code == 303
        assert "Stopped" in page.get("/runs/1").text
        assert page.post("/runs", {"topic": "chips", "week": "2026-W15", "engine": "extractive"}).status_code == 303


def test_an_open_stream_does_not_hold_the_server_up(finished: SmallIssue, tmp_path: Path) -> None:
    issue = finished.copy(tmp_path / "issue")
    write_topic(issue.root / "topics", 6)
    with served(issue, issue.root / "topics") as page:
        page.post("/runs", {"topic": "chips", "week": "2026-W15", "engine": "extractive"})
        with page.http.stream("GET", "/runs/1/stream") as stream:
            lines = stream.iter_lines()
            assert json.loads(next(lines)[6:])["state"] == "running"
            page.server.should_exit = True
            with within(10):
                assert [line for line in lines if "complete" in line] == []


async def test_a_stop_before_the_process_is_there_stops_it(tmp_path: Path) -> None:
    topic = read_topic(write_topic(tmp_path / "topics", 6))
    runs = Runs(tmp_path / "topics", tmp_path / "out")
    run = await runs.start(topic, "2026-W15", "extractive", fresh=False)
    await runs.stop()
    assert (run.state, list(tmp_path.glob("out/*/2026-W15/report.json"))) == ("stopped", [])


async def test_the_model_that_was_named_for_the_page_is_the_run_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = read_topic(write_topic(tmp_path / "topics", 6))
    with GeminiServer(models=["gemini-3.5-flash"]) as server:
        monkeypatch.setenv("GOOGLE_API_KEY", "k")
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        runs = Runs(tmp_path / "topics", tmp_path / "out", "google_genai:gemini-9")
        run = await runs.start(topic, "2026-W15", "model", fresh=False)
        states = [now.state async for now in runs.listen(run)]
    assert (states[-1], server.lookups) == ("failed", ["gemini-9"])

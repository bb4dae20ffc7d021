"""A model that fails for good, and a second one that writes in its place, through whole runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agent.report import Report
from graph.completeness import EXPECTED
from tests.faults.child import japanese_topic
from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import GeminiServer, Question
from tests.shuho.weeks import Command

WEEK = "2026-W15"
FIRST, SECOND = "gemini-3.5-flash", "gemini-2.5-pro"


class Unable:
    """Answers as a good model does, but for what the model `FIRST` is asked of a subject: that gets no sense."""

    def __init__(self, *subjects: str, both: bool = False) -> None:
        self._subjects = subjects
        self._both = both
        self._good = AutoAnswer()

    def __call__(self, question: Question) -> Any:
        """Return the answer, or words that fit no schema."""
        asked = f"{'digest' if 'background' in question.schema['properties'] else 'synthesis'} {question.user}"
        unable = self._both or question.model == FIRST
        return "I cannot." if unable and any(s in asked for s in self._subjects) else self._good(question)


def topic_with_a_second_model(tmp_path: Path, limits: str = "") -> Path:
    topic = japanese_topic(tmp_path, 5, limits)
    head = f'model = "google_genai:{FIRST}"\nsecond_model = "google_genai:{SECOND}"\n'
    topic.write_text(head + topic.read_text("utf-8"), "utf-8")
    return topic


@pytest.mark.parametrize("subject", ["digest", "synthesis"])
def test_the_second_model_writes_what_the_first_one_cannot_and_is_named(
    shuho: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, subject: str
) -> None:
    topic, out = topic_with_a_second_model(tmp_path), tmp_path / "out"
    monkeypatch.setenv("GOOGLE_API_KEY", "key")
    with GeminiServer(Unable(subject)) as server:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        code, _, err = shuho("run", topic, "--week", WEEK, "--out", out)
        asked = [question.model for question in server.requests]
    folder = out / "chips" / WEEK
    report = Report.model_validate_json((folder / "report.json").read_bytes())
    # A week of five articles may lack figures; nothing of the text is missing.
    assert code in (0, 3), err
    assert [gap for gap in report.gaps if gap.reason not in EXPECTED] == []
    assert [a.engine for a in report.articles] == ["model"] * 5
    times = 5 if subject == "digest" else 1
    told = [gap for gap in report.gaps if gap.reason == "other_model"]
    assert [SECOND in gap.detail for gap in told] == [True] * times
    assert asked.count(SECOND) == times
    # Each question to the first model was asked three times, its fault named, before the second one was asked.
    assert asked.count(FIRST) == 3 * times + (6 - times)
    page = json.loads((folder / "run.json").read_bytes())
    assert page["model_calls"] == len(asked)
    assert "予備のモデルが書いた" in (folder / "report.md").read_text("utf-8")


def test_both_models_share_the_budget_and_fail_into_the_sources_own_words(
    shuho: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Five articles need thirty questions, six each. Of twenty-eight, asked in whatever order, one article at least
    # gets all its six, and one at least does not.
    topic, out = topic_with_a_second_model(tmp_path, "calls = 28\nmodel_concurrency = 1"), tmp_path / "out"
    monkeypatch.setenv("GOOGLE_API_KEY", "key")
    with GeminiServer(Unable("digest", "synthesis", both=True)) as server:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        code, _, err = shuho("run", topic, "--week", WEEK, "--out", out)
        assert len(server.requests) == 28
    assert code == 3, err
    report = Report.model_validate_json((out / "chips" / WEEK / "report.json").read_bytes())
    assert {a.engine for a in report.articles} == {"extractive"}
    assert {gap.reason for gap in report.gaps if gap.stage in ("translate", "edit")} == {"model_failed", "budget"}

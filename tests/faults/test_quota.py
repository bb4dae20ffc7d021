"""Few calls a day, and budgets over restarts, through whole runs."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.report import Report
from tests.faults.child import WEEK, Child, environment, japanese_topic
from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import AUTO, GeminiServer, Question, rate_limited
from tests.shuho.weeks import Command

WHEN = re.compile(r"from \d{4}-\d\d-\d\d \d\d:\d\d Asia/Tokyo and asks only the rest")


def report_of(out: Path) -> Report:
    return Report.model_validate_json((out / "chips" / WEEK / "report.json").read_bytes())


def kinds(server: GeminiServer) -> list[str]:
    """Return what was asked, by the form of the answer."""
    forms = [question.schema["properties"].keys() for question in server.requests]
    return ["pack" if "digests" in form else "digest" if "background" in form else "other" for form in forms]


def next_day(out: Path) -> None:
    """Let a day pass, as far as the log of calls knows."""
    log = sqlite3.connect(out / ".shuho" / "calls.sqlite")
    log.execute("UPDATE calls SET at = at - 90000")
    log.commit()
    log.close()


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("GOOGLE_API_KEY", "key")
    return monkeypatch


def test_a_week_is_finished_under_five_calls_a_day(shuho: Command, tmp_path: Path, keyed: pytest.MonkeyPatch) -> None:
    topic, out = japanese_topic(tmp_path, 5, "calls_per_day = 5"), tmp_path / "out"
    with GeminiServer(AutoAnswer()) as server:
        keyed.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        code, _, err = shuho("run", topic, "--week", WEEK, "--out", out)
        assert code in (0, 3), err
        assert "few calls a day: 5 articles in 1 call, up to 4 for the synthesis, 5 allowed today, 0 used\n" in err
        assert kinds(server) == ["pack", "other"]
    assert {a.engine for a in report_of(out).articles} == {"model"}
    assert [gap for gap in report_of(out).gaps if gap.reason in ("budget", "model_failed")] == []


def forgetful(question: Question) -> Any:
    """Answer all of a pack but its last article."""
    value = AutoAnswer()(question)
    return {"digests": value["digests"][:-1]} if "digests" in value else value


def test_economy_goes_on_after_the_reset_and_pays_nothing_twice(
    shuho: Command, tmp_path: Path, keyed: pytest.MonkeyPatch
) -> None:
    topic, out = japanese_topic(tmp_path, 5, "calls_per_day = 2"), tmp_path / "out"
    run = ("run", topic, "--week", WEEK, "--out", out, "--economy")
    with GeminiServer(forgetful, script=[AUTO, rate_limited(per_day=True)]) as server:
        keyed.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        code, _, err = shuho(*run)
        assert code == 75, err
        assert "economy: 5 articles in 1 call, up to 4 for the synthesis, 2 allowed today, 0 used; the rest" in err
        assert WHEN.search(err), err
        assert kinds(server) == ["pack", "digest"]
        # The provider refused, and the topic's own day is used up too: nothing is asked.
        code, _, err = shuho(*run)
        assert code == 75, err
        assert "the limit of 2 model calls a day (limits.calls_per_day) is used up" in err
        assert WHEN.search(err), err
        assert len(server.requests) == 2
        next_day(out)
        code, _, err = shuho(*run)
        assert code in (0, 3), err
        assert kinds(server)[2:] == ["digest", "other"]
    assert {a.engine for a in report_of(out).articles} == {"model"}
    page = json.loads((out / "chips" / WEEK / "run.json").read_text())
    # What the run has cost over all its starts, the refused call among it.
    assert page["model_calls"] == 4


def test_a_budget_holds_over_a_kill(shuho: Command, tmp_path: Path, keyed: pytest.MonkeyPatch) -> None:
    topic, out = japanese_topic(tmp_path, 5, "model_concurrency = 1\ncalls = 4"), tmp_path / "out"
    held = replace(AUTO, wait=60.0)
    with GeminiServer(AutoAnswer(), script=[AUTO, AUTO, held]) as server:
        child = Child(topic, out, environment(server.url))
        while len(server.requests) < 3:
            time.sleep(0.02)
        child.signal_now(signal.SIGKILL)
        before = len(server.requests)
        keyed.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        code, _, err = shuho("run", topic, "--week", WEEK, "--out", out)
        assert code == 3, err
        more = len(server.requests) - before
    assert more == 1
    engines = sorted(a.engine for a in report_of(out).articles)
    assert engines == ["extractive"] * 2 + ["model"] * 3
    assert any(gap.reason == "budget" and "limit of" in gap.detail for gap in report_of(out).gaps)

"""The day's quota and the topic's budgets, through whole runs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from agent.report import Report
from tests.faults.child import japanese_topic
from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import AUTO, GeminiServer, rate_limited
from tests.servers.web import WebServer
from tests.shuho.weeks import Command

WEEK = "2026-W15"


def report_of(out: Path) -> Report:
    return Report.model_validate_json((out / "chips" / WEEK / "report.json").read_bytes())


def titles(server: GeminiServer) -> list[str]:
    return [f"{question.schema.get('properties', {}).keys()}{question.user}" for question in server.requests]


def test_a_used_up_day_stops_with_75_and_the_next_start_asks_only_the_rest(
    shuho: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, out = japanese_topic(tmp_path, 5, "model_concurrency = 1"), tmp_path / "out"
    run = ("run", topic, "--week", WEEK, "--out", out)
    monkeypatch.setenv("GOOGLE_API_KEY", "key")
    with GeminiServer(AutoAnswer(), script=[AUTO] * 3 + [rate_limited(per_day=True)] * 2) as server:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        code, _, err = shuho(*run)
        assert code == 75, err
        # The first answers of the day are kept; after the refusal nothing more is asked.
        assert len(server.requests) == 4
        done = re.search(r"(\d) of 5 articles are done and kept; the same command goes on from \S+ \S+ Asia/Tokyo", err)
        assert done, err
        assert not (out / "chips" / WEEK / "report.json").exists()
        # Still no quota: one more request, and no more.
        code, _, err = shuho(*run)
        assert code == 75, err
        assert len(server.requests) == 5
        code, _, err = shuho(*run)
        assert code in (0, 3), err
        paid = titles(server)[:3]
        assert [question for question in titles(server)[5:] if question in paid] == []
    assert {a.engine for a in report_of(out).articles} == {"model"}
    assert [gap for gap in report_of(out).gaps if gap.reason == "budget"] == []


@pytest.mark.parametrize(
    ("limits", "latency", "says"),
    [
        ("calls = 2", 0.0, "the limit of 2 model calls is reached"),
        ("tokens = 5000", 0.0, "the next call would cross the limit of 5,000 tokens"),
        ("cost = 0.05\n[prices]\ninput = 10.0\noutput = 10.0", 0.0, "the next call would cross the limit of 0.05 USD"),
        ("wall_minutes = 0.02", 3.0, "the limit of 0.02 minutes (limits.wall_minutes) is reached"),
    ],
)
def test_a_budget_ends_the_spending_and_the_report_says_so(
    shuho: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: str, latency: float, says: str
) -> None:
    topic, out = japanese_topic(tmp_path, 5, f"model_concurrency = 1\n{limits}"), tmp_path / "out"
    monkeypatch.setenv("GOOGLE_API_KEY", "key")
    with GeminiServer(AutoAnswer(), latency=latency) as server:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        code, _, err = shuho("run", topic, "--week", WEEK, "--out", out)
        calls = len(server.requests)
    assert code == 3, err
    report = report_of(out)
    assert len(report.articles) == 5
    assert "extractive" in {a.engine for a in report.articles}
    assert {gap.detail for gap in report.gaps if gap.reason == "budget"} == {says}
    page = json.loads((out / "chips" / WEEK / "run.json").read_text())
    assert calls <= page["model_calls"] <= 8


@pytest.mark.parametrize("options", [{"key": "another"}, {"models": ["gemini-1"]}])
def test_a_bad_key_is_said_before_anything_is_fetched(
    shuho: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "key-of-nobody")
    with WebServer() as web, GeminiServer(AutoAnswer(), **options) as server:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        topic = tmp_path / "chips.toml"
        source = f'[[sources]]\nkind = "feed"\nurl = "{web.url}/feed.xml"\n'
        topic.write_text(f'title = "AI"\n{source}[limits]\nallow_private_addresses = true\n', encoding="utf-8")
        code, _, err = shuho("run", topic, "--week", WEEK, "--out", tmp_path / "out")
        assert (code, web.requests, server.requests) == (64, [], []), err
    assert ("API key" if "key" in options else "gemini") in err.splitlines()[-1]
    assert "key-of-nobody" not in err

"""What a run tells of itself: the log, the traces, and that no secret is in either."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from agent.observability.traces import otlp_spans
from tests.faults.child import ROOT, WEEK, Child, environment, japanese_topic
from tests.load import within
from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import AUTO, GeminiServer, failing
from tests.servers.otlp import Collector
from tests.shuho.weeks import Command, write_topic

KEY = "canary-GOOGLE-73af9e"
TOKEN = "canary-COLLECTOR-51bd"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_run_tells_log_and_collector_what_happens_and_no_secret(
    shuho: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, out, log = japanese_topic(tmp_path, 5), tmp_path / "out", tmp_path / "log" / "run.jsonl"
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", f"authorization=Bearer%20{TOKEN}")
    # A gateway that repeats the key in its complaint.
    echo = failing(503, f"upstream said no to key={KEY} x-goog-api-key: {KEY}")
    with GeminiServer(AutoAnswer(), script=[AUTO, echo]) as server, Collector() as collector:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        code, _, err = shuho("run", topic, "--week", WEEK, "--out", out, "--log", log)
        assert code in (0, 3), err
        told = lines(log)
        spans = collector.spans()
        assert set(collector.paths) == {"/v1/traces"}
        assert {headers["authorization"] for headers in collector.headers} == {f"Bearer {TOKEN}"}
    written = log.read_bytes() + b"".join(collector.bodies)
    assert KEY.encode() not in written
    assert TOKEN.encode() not in written
    # Prompts and answers are in neither.
    for question in server.requests:
        assert question.user[-80:].encode() not in written
    assert "伝えている".encode() not in written
    _check_log(told)
    _check_spans(spans)


def test_the_env_file_speaks_to_opentelemetry_too(
    shuho: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, out, log = write_topic(tmp_path, 5), tmp_path / "out", tmp_path / "run.jsonl"
    before = dict(os.environ)
    with Collector() as collector:
        (tmp_path / ".env").write_text(
            f"OTEL_EXPORTER_OTLP_ENDPOINT={collector.url}\nOTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20{TOKEN}\n"
            "OTEL_SERVICE_NAME=weekly\nOTEL_EXPORTER_OTLP_COMPRESSION=gzip\n"
        )
        code, printed, err = shuho("run", topic, "--week", WEEK, "--out", out, "--log", log)
        assert code in (0, 3), err
        spans = collector.spans()
        assert {headers["authorization"] for headers in collector.headers} == {f"Bearer {TOKEN}"}
        assert {headers["content-encoding"] for headers in collector.headers} == {"gzip"}
    assert ({span.service for span in spans}, Counter(span.name for span in spans)["run"]) == ({"weekly"}, 1)
    assert TOKEN not in printed + err + log.read_text()
    assert {name for name in os.environ if name.startswith("OTEL_")} <= before.keys()


def _check_log(told: list[dict[str, Any]]) -> None:
    events = Counter(line["event"] for line in told)
    stages = {"research": 1, "index": 1, "translate": 5, "categorize": 1, "edit": 1, "publish": 1}
    # 5 digests, one of them asked for again, and the synthesis.
    assert events == {**stages, "run": 1, "model call": 7, "waiting to ask again": 1}
    assert {line["level"] for line in told} == {"info", "warning"}
    assert all({"time", "level", "event", "run"} <= line.keys() for line in told)
    assert all(line["ms"] >= 0 for line in told if line["event"] in stages)
    failed = [line for line in told if line["event"] == "model call" and line["level"] == "warning"]
    assert [(line["error"], "[secret]" in line["message"]) for line in failed] == [("ServiceUnavailable", True)]
    of_article = [line for line in told if line["event"] == "model call" and line["stage"] == "translate"]
    assert len({line["article"] for line in of_article}) == 5


def _check_spans(spans: list[Any]) -> None:
    assert Counter((span.name, span.parent) for span in spans) == {
        ("run", ""): 1,
        ("research", "run"): 1,
        ("index", "run"): 1,
        ("translate", "run"): 5,
        ("categorize", "run"): 1,
        ("edit", "run"): 1,
        ("publish", "run"): 1,
        ("model call", "translate"): 6,
        ("model call", "edit"): 1,
    }
    assert {span.service for span in spans} == {"shuho"}
    calls = [span for span in spans if span.name == "model call"]
    assert Counter(span.error for span in calls) == {"": 6, "ServiceUnavailable": 1}
    for span in calls:
        assert span.attributes["openinference.span.kind"] == "LLM"
        assert span.attributes["llm.model_name"] == "google_genai:gemini-3.5-flash"
        if not span.error:
            counts = [span.attributes[f"llm.token_count.{kind}"] for kind in ("prompt", "completion", "total")]
            assert counts[0] + counts[1] == counts[2] > 0
    assert len({span.attributes["session.id"] for span in spans}) == 1


def test_an_interrupted_run_sends_its_spans_within_two_seconds(tmp_path: Path, slow_model: GeminiServer) -> None:
    topic, out = japanese_topic(tmp_path, 5), tmp_path / "out"
    slow_model.latency = 60.0
    with Collector() as collector:
        env = environment(slow_model.url, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
        child = Child(topic, out, env)
        _wait_for_a_call(child, slow_model)
        ended = child.signal_now(signal.SIGINT)
        assert ended.code == 130, ended.err
        names = Counter(span.name for span in collector.spans())
    assert names["run"] == 1
    assert names["model call"] == 5


def test_a_collector_that_hangs_holds_nothing_up(tmp_path: Path, slow_model: GeminiServer) -> None:
    topic, out = japanese_topic(tmp_path, 5), tmp_path / "out"
    slow_model.latency = 60.0
    with Collector(hang=True) as collector:
        child = Child(topic, out, environment(slow_model.url, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url))
        _wait_for_a_call(child, slow_model)
        # The collector takes 30 s, the exporter gives it 10.
        with within(2):
            ended = child.signal_now(signal.SIGINT)
    assert ended.code == 130, ended.err


def _wait_for_a_call(child: Child, server: GeminiServer) -> None:
    while len(server.requests) < 5:
        time.sleep(0.02)


def test_a_collector_that_is_not_there_is_said() -> None:
    spans = otlp_spans("http://127.0.0.1:9/v1/traces", "0")
    with spans.open("run", "CHAIN") as span:
        span.end({}, "")
    assert spans.close(0.3) != ""


def test_nothing_of_it_is_loaded_unless_it_is_wanted(tmp_path: Path) -> None:
    code = (
        "import sys, shuho.cli_run, agent.calls.llm, graph.nodes, shuho.observability\n"
        "print(*[name for name in sys.modules"
        " if name.startswith('opentelemetry.exporter') or name == 'agent.observability.traces'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""

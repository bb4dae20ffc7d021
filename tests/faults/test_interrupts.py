"""Ctrl-C, SIGTERM, a second run of the week, a second topic on the same store."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from agent.storage.record import Record
from tests.faults.child import WEEK, Child, environment
from tests.load import within
from tests.servers.gemini import GeminiServer
from tests.shuho.weeks import write_topic

# What a thread does in C code does not end for an exception: this run's PDF takes a minute.
_SLOW_PDF = """
import threading, time
import templates.render as rendering
def slow(*_, **__):
    open("rendering", "w").close()
    time.sleep(60)
import graph.rendering
graph.rendering.render = slow
from shuho.cli import main
main()
"""


def wait_for_calls(server: GeminiServer, calls: int) -> None:
    deadline = time.monotonic() + 120
    while len(server.requests) < calls:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.slow)])
def test_a_signal_ends_a_run_in_2_s_and_the_command_goes_on(
    tmp_path: Path, slow_model: GeminiServer, number: signal.Signals
) -> None:
    topic, out = write_topic(tmp_path, 5), tmp_path / "out"
    slow_model.latency = 60.0
    child = Child(topic, out, environment(slow_model.url))
    wait_for_calls(slow_model, 1)
    with within(2):
        ended = child.signal_now(number)
    assert ended.code == 130, ended.err
    assert f"To go on: shuho run {topic} --week {WEEK} --out {out}" in ended.err
    assert child.survivors() == []
    slow_model.latency = 0.0
    if number == signal.SIGINT:
        again = Child(topic, out, environment(slow_model.url)).end()
        assert again.code in (0, 3), again.err


def test_a_thread_at_work_does_not_hold_up_the_end(tmp_path: Path) -> None:
    topic = write_topic(tmp_path, 5)
    child = Child(topic, tmp_path / "out", environment(), boot=_SLOW_PDF)
    child.wait_for(tmp_path / "rendering")
    with within(2):
        ended = child.signal_now(signal.SIGINT)
    assert ended.code == 130, ended.err
    assert child.survivors() == []


def test_the_second_run_of_a_week_leaves_with_4(tmp_path: Path, slow_model: GeminiServer) -> None:
    topic, out = write_topic(tmp_path, 5), tmp_path / "out"
    slow_model.latency = 60.0
    first = Child(topic, out, environment(slow_model.url))
    wait_for_calls(slow_model, 1)
    second = Child(topic, out, environment(slow_model.url)).end()
    assert second.code == 4, second
    assert f"process {first.pid}, since 20" in second.err
    assert first.signal_now(signal.SIGKILL).code == -signal.SIGKILL
    # The dead process's lock file is still there; it holds nothing.
    assert (out / "chips" / WEEK / ".lock").read_text().startswith(f"process {first.pid},")
    slow_model.latency = 0.0
    third = Child(topic, out, environment(slow_model.url)).end()
    assert third.code in (0, 3), third.err


def test_two_topics_at_once_on_one_store(tmp_path: Path, slow_model: GeminiServer) -> None:
    topics = [write_topic(tmp_path, 5), tmp_path / "more.toml"]
    topics[1].write_text(topics[0].read_text().replace('title = "AI"', 'title = "AI news"'))
    out = tmp_path / "out"
    children = [Child(topic, out, environment(slow_model.url)) for topic in topics]
    assert [child.end().code for child in children] in ([0, 0], [0, 3], [3, 0], [3, 3])
    record = Record(out / ".shuho" / "record.sqlite")
    assert {row.topic for row in record.filed()} == {"chips", "more"}
    record.close()

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import GeminiServer
from tests.shuho.weeks import Command


@pytest.fixture
def slow_model() -> Iterator[GeminiServer]:
    """Yield a model that takes its time: a run is still waiting for it when the fault comes."""
    with GeminiServer(AutoAnswer(), latency=1.0) as server:
        yield server


@pytest.fixture
def model() -> Iterator[GeminiServer]:
    """Yield a model that answers at once."""
    with GeminiServer(AutoAnswer()) as server:
        yield server


@pytest.fixture
def shuho(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Return the command, started in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)

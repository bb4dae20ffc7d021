from __future__ import annotations

from pathlib import Path

import pytest

from tests.shuho.weeks import Command


@pytest.fixture
def shuho(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Return the command, started in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)

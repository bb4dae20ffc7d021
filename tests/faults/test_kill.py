"""kill -9 at random moments of whole runs. `python -m tests.faults.kill --kills 200` prints the long form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kill import Campaign, Tally
from tests.servers.gemini import GeminiServer


def look(tally: Tally, kills: int) -> None:
    assert tally.kills == kills
    assert tally.faults == []
    assert (tally.finished_articles_asked_again, tally.bytes_lost, tally.reports_different) == (0, 0, 0)


def test_a_model_s_run_goes_on_after_kills(tmp_path: Path, slow_model: GeminiServer) -> None:
    look(Campaign(tmp_path, 7, slow_model).kill(2), 2)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_hundred_kills_of_each_engine(tmp_path: Path, slow_model: GeminiServer) -> None:
    look(Campaign(tmp_path / "model", 1, slow_model).kill(100), 100)
    look(Campaign(tmp_path / "extractive", 2).kill(100), 100)

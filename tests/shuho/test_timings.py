"""`shuho timings`."""

from __future__ import annotations

from pathlib import Path

from templates.timings import timings_page
from tests.shuho.weeks import Command
from tests.templates.test_timings import TIMED


def test_the_table_for_the_terminal(shuho: Command, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(TIMED.model_dump_json(), encoding="utf-8")
    for place in (tmp_path, tmp_path / "report.json", tmp_path / "run.json"):
        code, said, _ = shuho("timings", place)
        assert code == 0
    rows = [line.split() for line in said.splitlines()[4:]]
    assert rows[0] == ["research", "0.00", "4.00"]
    assert rows[4] == ["digest.ja", "#01", "4.00", "1.00", "2.00", "RateLimited"]
    assert rows[5] == ["digest.ja", "#01", "7.00", "0.00", "1.00", "100", "20", "0.00100", "attempt", "2"]
    code, said, _ = shuho("timings", tmp_path, "--html", tmp_path / "t.html")
    assert (code, (tmp_path / "t.html").read_text(encoding="utf-8")) == (0, timings_page(TIMED))

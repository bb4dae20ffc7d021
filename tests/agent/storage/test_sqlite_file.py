"""Two programs may open a new file at the same moment."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]
OPEN = (
    "import sys, time; from pathlib import Path; from agent.storage.sqlite_file import open_wal\n"
    "while time.time() < float(sys.argv[2]): pass\n"
    "open_wal(Path(sys.argv[1])).execute('CREATE TABLE IF NOT EXISTS t (x)')"
)


def test_two_programs_open_a_new_file_at_once(tmp_path: Path) -> None:
    for attempt in range(4):
        path, start = tmp_path / f"{attempt}.sqlite", str(time.time() + 0.6)
        command = [sys.executable, "-c", OPEN, str(path), start]
        children = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(3)]
        assert [(child.communicate()[1], child.returncode) for child in children] == [("", 0)] * 3

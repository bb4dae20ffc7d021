from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "action",
    [
        "import socket; socket.socket()",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import pathlib; pathlib.Path('written').write_text('x')",
        "bytearray(300 << 20)",
    ],
)
def test_a_confined_worker_cannot(action: str, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from agent.confined import confine\n"
        f"confine(100 << 20)\ntry:\n    {action}\n"
        "except (OSError, MemoryError) as error:\n    print(type(error).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.strip() in ("PermissionError", "OSError", "MemoryError")

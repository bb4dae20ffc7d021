from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from langchain_core.outputs import Generation

from agent.calls.community import answer_cache


def test_answers_outlive_the_cache_object(tmp_path: Path) -> None:
    answer_cache(tmp_path / "a" / "answers.sqlite").update("prompt", "model", [Generation(text="答え")])
    again = answer_cache(tmp_path / "a" / "answers.sqlite")
    assert again.lookup("prompt", "model") == [Generation(text="答え")]
    assert again.lookup("prompt", "other model") is None


def test_the_notice_of_sunset_is_silenced(tmp_path: Path) -> None:
    code = "import pathlib, agent.calls.community as c; c.answer_cache(pathlib.Path('x.sqlite'))"
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c",
         f"import sys; sys.path.insert(0, {str(root)!r}); {code}"],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "sunset" not in done.stderr

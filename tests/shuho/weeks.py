"""A small topic of local files, and the command as a person gives it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from shuho.cli import main
from tests.graph.weekly_run import STORIES

TOPIC = """\
title = "AI"
language = "en"
keywords = ["AI"]
[[sources]]
kind = "files"
path = "articles"
"""


def write_topic(folder: Path, count: int, extra: str = "") -> Path:
    """Write a topic file and `count` (at most 6) articles beside it; return the topic file."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    for number, (title, text) in enumerate(list(STORIES.items())[:count]):
        page = f"---\ntitle: {title}\ndate: 2026-04-{number + 6:02d}\n---\n\n" + text.replace(". ", ".\n\n") + "\n"
        (folder / "articles" / f"{number}.md").write_text(page, encoding="utf-8")
    path = folder / "chips.toml"
    path.write_text(extra + TOPIC, encoding="utf-8")
    return path


class Command:
    """Runs `shuho` in this process: returns exit code, output, error output."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        """Run the command."""
        self._monkeypatch.setattr(sys, "argv", ["shuho", *map(str, words)])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = self._capsys.readouterr()
        return int(caught.value.code or 0), out, err

"""Log lines, levels, inheritance and redaction."""

from __future__ import annotations

import json
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from agent.errors import SettingError
from agent.observability.log_file import logged_to
from agent.observability.observing import inherited, noted, observed
from agent.secrecy import keep_secret


def lines(path: Path) -> list[dict[str, Any]]:
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{key: value for key, value in line.items() if key not in ("time", "ms")} for line in told]


def happen() -> None:
    with observed("run", run="r1"), observed("translate", "AGENT", stage="translate", article="a1") as step:
        assert (inherited("run"), inherited("article")) == ("r1", "a1")
        with (
            pytest.raises(ValueError, match="the key is canary-of-the-log"),
            observed("model call", "LLM", prompt="digest.ja@2"),
        ):
            raise ValueError("the key is canary-of-the-log")
        step.add(calls=1)
        noted("answer from the ledger")
    logging.getLogger("some.library").info("not told")
    logging.getLogger("some.library").warning("a library's %s", "warning")


STEP = {"run": "r1", "stage": "translate", "article": "a1"}
FAILED = {"level": "warning", "event": "model call", **STEP, "prompt": "digest.ja@2", "error": "ValueError"}


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("debug", {"debug": 3, "info": 3, "warning": 2}),
        ("info", {"info": 3, "warning": 2}),
        ("warning", {"warning": 2}),
        ("error", {"warning": 1}),
    ],
)
def test_levels(tmp_path: Path, level: str, told: dict[str, int]) -> None:
    with logged_to(tmp_path / "log.jsonl", level):
        happen()
    assert Counter(line["level"] for line in lines(tmp_path / "log.jsonl")) == told


def test_lines_inherit_what_goes_on_around_them_and_hold_no_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new" / "log.jsonl"
    keep_secret("canary-of-the-log")
    with logged_to(path, "info"):
        happen()
    happen()
    assert lines(path) == [
        {**FAILED, "message": "the key is [secret]"},
        {"level": "info", "event": "answer from the ledger", **STEP},
        {"level": "info", "event": "translate", **STEP, "calls": 1},
        {"level": "info", "event": "run", "run": "r1"},
        {"level": "warning", "event": "a library's warning", "logger": "some.library"},
    ]
    assert path.stat().st_mode & 0o077 == 0
    assert inherited("run") == ""


@pytest.mark.parametrize(
    ("level", "folder", "says"), [("loud", "", "choose from debug"), ("info", "file", "cannot be")]
)
def test_what_cannot_be_logged_to_is_said(tmp_path: Path, level: str, folder: str, says: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match=says), logged_to(tmp_path / folder / "log.jsonl", level):
        pass

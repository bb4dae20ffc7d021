"""`shuho run` in a process of its own, with what it leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.shuho.weeks import write_topic

ROOT = Path(__file__).resolve().parents[2]
WEEK = "2026-W15"
_BOOT = "from shuho.cli import main; main()"
_OURS = ("SHUHO_", "GOOGLE_", "GEMINI_", "OPENAI_", "TAVILY_")


@dataclass(frozen=True)
class Ended:
    """How a process ended; `seconds` since it was started, or since the signal that ended it."""

    code: int
    err: str
    seconds: float


def japanese_topic(folder: Path, count: int, limits: str = "") -> Path:
    """Write a small topic whose report is Japanese, as the answers of `AutoAnswer` are; return the topic file."""
    path = write_topic(folder, count)
    table = f"[limits]\n{limits}\n" if limits else ""
    path.write_text(path.read_text().replace('language = "en"', 'language = "ja"') + table, encoding="utf-8")
    return path


def environment(url: str = "", **more: str) -> dict[str, str]:
    """Return this process's environment without keys; with `url`, the Gemini server there answers."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    keys = {"GOOGLE_API_KEY": "test-key", "GOOGLE_GEMINI_BASE_URL": url} if url else {}
    return {**plain, "PYTHONPATH": str(ROOT), **keys, **more}


class Child:
    """One run; it leads a session of its own, so that every process which it starts can be found."""

    def __init__(
        self, topic: Path, out: Path, env: Mapping[str, str], options: Sequence[str] = (), boot: str = _BOOT
    ) -> None:
        command = [sys.executable, "-c", boot, "run", str(topic), "--week", WEEK, "--out", str(out), *options]
        self._begun = time.monotonic()
        self._process = subprocess.Popen(
            command,
            cwd=topic.parent,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.pid = self._process.pid

    def end(self, timeout: float = 120) -> Ended:
        """Wait for the end."""
        _, err = self._process.communicate(timeout=timeout)
        return Ended(self._process.returncode, err, time.monotonic() - self._begun)

    def signal_after(self, seconds: float, number: signal.Signals = signal.SIGKILL) -> Ended | None:
        """Send a signal to the run alone; None when it had ended before."""
        try:
            self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return self.signal_now(number)
        self._process.communicate()
        return None

    def signal_now(self, number: signal.Signals) -> Ended:
        """Send a signal to the run alone and wait for its end."""
        begun = time.monotonic()
        self._process.send_signal(number)
        self._process.wait(timeout=60)
        seconds = time.monotonic() - begun
        _, err = self._process.communicate(timeout=60)
        return Ended(self._process.returncode, err, seconds)

    def wait_for(self, path: Path, timeout: float = 120) -> None:
        """Wait until a file is there."""
        deadline = time.monotonic() + timeout
        while not path.exists():
            assert self._process.poll() is None, self.end().err
            assert time.monotonic() < deadline, f"{path} is not there"
            time.sleep(0.01)

    def survivors(self, patience: float = 30.0) -> list[int]:
        """Return the processes of the run that are still there after some patience."""
        deadline = time.monotonic() + patience
        while (left := _of_session(self.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left


def _of_session(session: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_bytes().rpartition(b")")[2].decode().split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found

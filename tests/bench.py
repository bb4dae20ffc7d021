"""Times whole weekly runs of the sample week as processes of their own: `python -m tests.bench` (or `make bench`).

Prints, for the extractive engine and for a model server on this machine with a chosen latency, wall seconds, the ideal
(longest chain of dependent model calls x latency), peak memory, and the characters sent over the articles' own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import GeminiServer

ROOT = Path(__file__).parent.parent
TOPIC = ROOT / "examples" / "ai" / "topic.toml"
CHAIN = 3
"""digest, categorize, edit: what must wait for one another when nothing is asked again."""


@dataclass(frozen=True)
class Timed:
    """One run: exit code, wall seconds from start to end of the process, peak resident bytes of it and its workers."""

    code: int
    seconds: float
    peak: int


def timed_run(out: Path, environment: dict[str, str], *options: str) -> Timed:
    """Run the sample week once as a stranger would."""
    command = [sys.executable, "-c", "from shuho.cli import main; main()", "run", str(TOPIC), "--week", "2026-W15"]
    begun = time.monotonic()
    command += ["--out", str(out), *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return Timed(done.returncode, seconds, peak)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=1.0, help="seconds that the model server takes to answer")
    latency = parser.parse_args().latency
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("GOOGLE_", "GEMINI_", "TAVILY_", "SHUHO_"))}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        rows = [("extractive engine", timed_run(out / "a", plain)), ("the same again", timed_run(out / "a", plain))]
        with GeminiServer(AutoAnswer(), latency=latency) as server:
            keyed = {**plain, "GOOGLE_API_KEY": "test-key", "GOOGLE_GEMINI_BASE_URL": server.url}
            rows.append((f"model server, {latency:g} s latency", timed_run(out / "b", keyed)))
            first = len(server.requests)
            sent = server.characters_sent
            schemas = sum(question.schema_characters for question in server.requests)
            run = json.loads((out / "b" / "ai" / "2026-W15" / "run.json").read_text())
            rows.append(("the same again", timed_run(out / "b", keyed)))
            shutil.rmtree(out / "b" / "ai")
            rows.append(("the same without its report", timed_run(out / "b", keyed)))
            again = len(server.requests) - first
        texts = _article_characters(out / "b")
    for name, row in rows:
        print(f"{name:32} exit {row.code}  {row.seconds:6.2f} s  peak so far {row.peak / 2**20:5.0f} MiB")
    bound = 1.3 * CHAIN * latency + 6
    print(f"model calls {first}, chain {CHAIN}; ideal {CHAIN * latency:.1f} s; bound (1.3 x ideal + 6 s) {bound:.1f} s")
    print(f"model calls of both repetitions: {again}")
    print(f"characters sent {sent:,} over {texts:,} of the articles: {sent / texts:.2f}", end="; ")
    print(f"with the answers' schemas {sent + schemas:,}: {(sent + schemas) / texts:.2f}")
    print("stages", run["stages"])


def _article_characters(out: Path) -> int:
    from agent.record import Record

    record = Record(out / ".shuho" / "record.sqlite")
    try:
        return sum(len(row.article.title) + len(row.article.text) for row in record.filed() if row.number)
    finally:
        record.close()


if __name__ == "__main__":
    main()

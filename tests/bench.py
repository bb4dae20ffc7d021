"""Times whole weekly runs of the sample week as processes of their own: `python -m tests.bench` (or `make bench`).

Prints, for the extractive engine and for a model server on this machine with a chosen latency and, if wished, a limit
of requests a minute: wall seconds over the ideal (longest chain of dependent model calls x latency, or calls over the
rate), the seconds of each stage in which no model call was under way, characters sent, and peak memory.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.observability.run_page import RunPage, read_run_page
from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import GeminiServer
from tests.servers.rate import PerMinute

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "ai"
WEEK = "2026-W15"
CHAIN = 2
"""digest, synthesis: what must wait for one another when nothing is asked again."""
_OURS = ("GOOGLE_", "GEMINI_", "TAVILY_", "SHUHO_", "OTEL_")


@dataclass(frozen=True)
class Timed:
    """One run: exit code, wall seconds from start to end of the process, peak resident bytes of it and its workers."""

    code: int
    seconds: float
    peak: int


def timed_run(topic: Path, out: Path, environment: Mapping[str, str], *options: str) -> Timed:
    """Run the sample week once as a stranger would."""
    command = [sys.executable, "-c", "from shuho.cli import main; main()", "run", str(topic), "--week", WEEK]
    begun = time.monotonic()
    command += ["--out", str(out), *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return Timed(done.returncode, seconds, peak)


def topic_file(folder: Path, rate: float) -> Path:
    """Return the sample week's topic file; with a rate, a copy that knows of it."""
    if not rate:
        return EXAMPLE / "topic.toml"
    copy = folder / "ai"
    shutil.copytree(EXAMPLE, copy)
    topic = copy / "topic.toml"
    text = topic.read_text(encoding="utf-8")
    known, count = re.subn(r"(?m)^requests_per_minute = 0", f"requests_per_minute = {rate:g}", text)
    assert count == 1
    topic.write_text(known, encoding="utf-8")
    return topic


def idle_seconds(page: RunPage) -> dict[str, float]:
    """Return, by stage, the seconds in which no model call was under way."""
    calls = [(c.at + c.waited, c.at + c.waited + c.seconds) for c in page.calls if c.outcome != "cached"]
    waits = [(c.at, c.at + c.waited) for c in page.calls]
    idle: dict[str, float] = {}
    for stage in page.stages:
        steps = [(s.at, s.at + s.seconds) for s in page.steps if s.stage == stage]
        first, last = min(s[0] for s in steps), max(s[1] for s in steps)
        busy = sum(b - a for a, b in _clipped(_union([*calls, *waits]), first, last))
        idle[stage] = round(last - first - busy, 2)
    return idle


def _union(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _clipped(spans: Sequence[tuple[float, float]], first: float, last: float) -> Iterator[tuple[float, float]]:
    yield from ((max(a, first), min(b, last)) for a, b in spans if b > first and a < last)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=1.0, help="seconds that the model server takes to answer")
    parser.add_argument("--rate", type=float, default=0.0, help="requests a minute that the model server allows")
    parser.add_argument("--page", type=Path, help="write the run's page of timings there")
    arguments = parser.parse_args()
    plain = {k: v for k, v in os.environ.items() if not k.startswith(_OURS)}
    rate = PerMinute(arguments.rate) if arguments.rate else None
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        topic = topic_file(out, arguments.rate)
        rows = [("extractive engine", timed_run(topic, out / "a", plain))]
        rows.append(("the same again", timed_run(topic, out / "a", plain)))
        with GeminiServer(AutoAnswer(), latency=arguments.latency, rate=rate) as server:
            keyed = {**plain, "GOOGLE_API_KEY": "test-key", "GOOGLE_GEMINI_BASE_URL": server.url}
            asked = timed_run(topic, out / "b", keyed)
            rows.append((f"model server, {arguments.latency:g} s latency", asked))
            questions = list(server.requests)
            page = read_run_page(out / "b" / "ai" / WEEK)
            rows.append(("the same again", timed_run(topic, out / "b", keyed)))
            shutil.rmtree(out / "b" / "ai")
            rows.append(("the same without its report", timed_run(topic, out / "b", keyed)))
            again = len(server.requests) - len(questions)
        texts = _article_characters(out / "b")
    for name, row in rows:
        print(f"{name:32} exit {row.code}  {row.seconds:6.2f} s  peak so far {row.peak / 2**20:5.0f} MiB")
    _print_ideal(asked.seconds, page, arguments.latency, rate)
    print("seconds without a model call, by stage:", idle_seconds(page))
    print("seconds of each stage:", page.stages)
    sent = sum(question.characters for question in questions)
    schemas = sum(question.schema_characters for question in questions)
    print(f"characters sent {sent:,} over {texts:,} of the articles: {sent / texts:.2f}", end="; ")
    print(f"with the answers' schemas {sent + schemas:,}: {(sent + schemas) / texts:.2f}")
    print(f"model calls of both repetitions: {again}")
    if arguments.page:
        _write_page(page, arguments.page)


def _print_ideal(seconds: float, page: RunPage, latency: float, rate: PerMinute | None) -> None:
    chain = CHAIN * latency
    print(f"model calls {page.model_calls} ({page.retries} retries); chain {CHAIN} x {latency:g} s = {chain:.1f} s")
    ideal = chain
    if rate is not None:
        even, soonest = page.model_calls * 60 / rate.rate, rate.ideal(page.model_calls)
        print(
            f"{page.model_calls} calls at {rate.rate:g} a minute: {even:.1f} s, {soonest:.1f} s with the server's "
            f"burst; refused by the server {rate.refused}"
        )
        ideal = max(chain, even)
    aim = 1.15 * ideal + 3
    met = "met" if seconds <= aim else "missed"
    print(f"wall {seconds:.1f} s over the ideal of {ideal:.1f} s: {seconds / ideal:.2f}; aim {aim:.1f} s, {met}")


def _write_page(page: RunPage, place: Path) -> None:
    from templates.timings import timings_page

    place.write_text(timings_page(page), encoding="utf-8")
    print(f"{place}: the run's page of timings")


def _article_characters(out: Path) -> int:
    from agent.storage.record import Record

    record = Record(out / ".shuho" / "record.sqlite")
    try:
        return sum(len(row.article.title) + len(row.article.text) for row in record.filed() if row.number)
    finally:
        record.close()


if __name__ == "__main__":
    main()

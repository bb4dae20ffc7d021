"""How a run grows: `python -m tests.bench_growth` (or `make bench-growth`), each measurement a process of its own.

Screening: the researcher alone over 1,000, 5,000 and 20,000 candidate pages that `tests.growth_week` makes. Whole runs:
26, 100 and 400 articles with both engines, the model being a server on this machine. Prints seconds of each stage,
CPU seconds and peak memory of the process and its workers, model calls and characters sent.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.growth_week import write_week
from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import GeminiServer

ROOT = Path(__file__).parent.parent
WEEK = "2026-W15"
_RUN = "from shuho.cli import main; main()"


@dataclass
class _Watch:
    """Wall seconds by name, each the sum of its spans."""

    seconds: dict[str, float] = field(default_factory=dict)
    begun: float = field(default_factory=time.monotonic)

    def lap(self, name: str) -> None:
        now = time.monotonic()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self.begun
        self.begun = now


async def screen(topic_file: Path, work: Path) -> Mapping[str, float]:
    """Research a week and return seconds by stage and counts."""
    from agent.extract import Extractor
    from agent.fetching.mirror import MirrorFetcher
    from agent.model import Extracted, Fetched
    from agent.observability.progress import Silent
    from agent.researcher import ResearchTools, research
    from agent.sources.gather import gather
    from agent.sources.of_topic import sources_of
    from agent.storage.embed import SentenceEncoder, Vectors
    from agent.storage.record import Record
    from agent.storage.store import ArticleStore
    from agent.topic import read_topic
    from agent.week import parse_week
    from evals.sample_week import Offline

    watch = _Watch()

    class TimedReader(Extractor):
        async def extract(self, page: Fetched, *, timezone: str = "UTC") -> Extracted:
            found = await super().extract(page, timezone=timezone)
            watch.lap("reading pages")
            return found

    class TimedEncoder(SentenceEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            watch.lap("the rest")
            rows = super().encode(texts)
            watch.lap("vectors")
            return rows

    topic, week = read_topic(topic_file), parse_week(WEEK, "Asia/Tokyo")
    fetcher = MirrorFetcher(topic_file.parent / topic.mirror, Offline())
    record, reader, encoder = Record(work / "record.sqlite"), TimedReader(), TimedEncoder()
    watch.lap("the rest")
    try:
        tools = ResearchTools(fetcher, reader, record, ArticleStore(work / "chroma", encoder), Silent())
        gathered = await gather(sources_of(topic), fetcher=fetcher, week=week)
        plan = await research(topic, week, gathered, tools, topic.language, topic.articles)
    finally:
        await reader.aclose()
        record.close()
    watch.lap("the rest")
    reasons = [gap.reason for gap in plan.gaps]
    counts = {reason.replace("_", " "): float(reasons.count(reason)) for reason in sorted(set(reasons))}
    return {**watch.seconds, **counts}


@dataclass(frozen=True)
class Spent:
    """What a process and its workers took: wall and CPU seconds, bytes of the largest process; and its output."""

    code: int
    wall: float
    cpu: float
    peak: int
    output: str


def spend(command: Sequence[str], environment: Mapping[str, str]) -> Spent:
    """Run a command and return what it took. Raises SystemExit with its words when it failed."""
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - begun
        out.seek(0), err.seek(0)
        if process.returncode not in (0, 3):
            raise SystemExit(err.read().decode())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Spent(process.returncode, wall, cpu, used.ru_maxrss * 1024, out.read().decode())


def _environment() -> dict[str, str]:
    removed = ("GOOGLE_", "GEMINI_", "TAVILY_", "SHUHO_", "OPENBLAS_")
    return {name: value for name, value in os.environ.items() if not name.startswith(removed)}


def _screening(counts: Sequence[int], folder: Path) -> None:
    for count in counts:
        topic = write_week(folder / f"screen{count}", count)
        work = folder / f"work{count}"
        command = [sys.executable, "-m", "tests.bench_growth", "--screen-one", str(topic), str(work)]
        spent = spend(command, _environment())
        found: dict[str, float] = json.loads(spent.output)
        stages = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in found.items() if name in _STAGES)
        dropped = ", ".join(f"{int(n)} {name}" for name, n in found.items() if name not in _STAGES)
        print(f"{count:6,} candidates  {_taken(spent)}  {1000 * spent.cpu / count:5.1f} ms CPU a page  {stages}")
        print(f"{'':19}dropped: {dropped}", flush=True)


_STAGES = ("reading pages", "vectors", "the rest")


def _taken(spent: Spent) -> str:
    return f"exit {spent.code}  {spent.wall:6.1f} s wall  {spent.cpu:6.1f} s CPU  peak {spent.peak / 2**20:5.0f} MiB"


def _whole_runs(counts: Sequence[int], latency: float, folder: Path) -> None:
    for count in counts:
        topic = write_week(folder / f"run{count}", count * 7, articles=count)
        for engine in ("extractive", "model"):
            out = folder / f"out{count}{engine}"
            command = [sys.executable, "-c", _RUN, "run", str(topic), "--week", WEEK, "--out", str(out)]
            with GeminiServer(AutoAnswer(), latency=latency) as server:
                keyed = {"GOOGLE_API_KEY": "test-key", "GOOGLE_GEMINI_BASE_URL": server.url}
                spent = spend(command, {**_environment(), **(keyed if engine == "model" else {})})
                calls, sent = len(server.requests), server.characters_sent
            run = json.loads(next(out.glob(f"*/{WEEK}/run.json")).read_text())
            stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in run["stages"].items())
            asked = f"  {calls} calls, {sent:,} characters" if calls else ""
            print(f"{run['articles']:4} articles  {engine:10}  {_taken(spent)}{asked}  {stages}", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, nargs="*", default=[1000, 5000, 20000], help="pages to screen")
    parser.add_argument("--articles", type=int, nargs="*", default=[26, 100, 400], help="articles of whole runs")
    parser.add_argument("--latency", type=float, default=0.1, help="seconds that the model server takes to answer")
    parser.add_argument("--screen-one", type=Path, nargs=2, metavar=("TOPIC", "WORK"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.screen_one:
        from agent.settings import harden_environment

        harden_environment()
        print(json.dumps(asyncio.run(screen(*chosen.screen_one))))
        return
    with tempfile.TemporaryDirectory(prefix="shuho-growth-") as folder:
        _screening(chosen.candidates, Path(folder))
        _whole_runs(chosen.articles, chosen.latency, Path(folder))


if __name__ == "__main__":
    main()

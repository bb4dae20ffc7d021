"""Kills runs at random moments and looks what is left: `python -m tests.faults.kill --kills 200`.

Every run is killed up to four times, then left to end. Counted are calls that were asked again although their article
was finished, rows of record and ledger that were there after a kill and are gone at the end, and reports that differ
from an undisturbed run's in more than times and what the last process paid.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.child import WEEK, Child, environment, japanese_topic
from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import GeminiServer, Question

ARTICLES = 6
_TIMES = {"fetched_at", "collected_at", "at"}
_PAID = {"model_calls", "cached_calls", "input_tokens", "output_tokens", "cost"}
_ROWS = {
    "record.sqlite": (
        "SELECT 'article', id, length(value) FROM articles",
        "SELECT 'digest', json_extract(a.value, '$.title'), length(d.value) FROM digests d, articles a"
        " WHERE a.id = d.article_id",
        "SELECT 'plan', run, length(value) FROM plans",
    ),
    "ledger.sqlite": ("SELECT 'answer', key, length(answer) FROM answers",),
}


@dataclass
class Tally:
    """What happened in a campaign."""

    kills: int = 0
    runs: int = 0
    calls: int = 0
    calls_repeated: int = 0
    most_repeated_at_a_kill: int = 0
    finished_articles_asked_again: int = 0
    bytes_lost: int = 0
    reports_different: int = 0
    faults: list[str] = field(default_factory=list)
    moments: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        moments = ", ".join(f"{name} {count}" for name, count in self.moments.most_common())
        return (
            f"{self.kills} kills in {self.runs} runs ({moments}): {self.calls} calls, {self.calls_repeated} repeated "
            f"(at most {self.most_repeated_at_a_kill} after one kill), {self.finished_articles_asked_again} of a "
            f"finished article; {self.bytes_lost} bytes lost; {self.reports_different} reports different; "
            f"{len(self.faults)} other faults"
        )


class Campaign:
    """Kills runs of one small topic, with the extractive engine or against a Gemini server with latency."""

    def __init__(self, folder: Path, seed: int, server: GeminiServer | None = None) -> None:
        self._folder = folder
        self._topic = japanese_topic(folder / "topic", ARTICLES)
        self._server = server
        self._environment = environment(server.url if server else "")
        self._random = random.Random(seed)
        self.tally = Tally()
        ended = self._start(folder / "undisturbed").end()
        assert ended.code in (0, 3), ended.err
        self._seconds = ended.seconds
        self._expected = comparable(folder / "undisturbed")

    def kill(self, kills: int) -> Tally:
        """Go on until so many runs were killed."""
        while self.tally.kills < kills:
            self._one_run(self._folder / f"out-{self.tally.runs}", min(4, kills - self.tally.kills))
            self.tally.runs += 1
        return self.tally

    def _start(self, out: Path) -> Child:
        return Child(self._topic, out, self._environment)

    def _one_run(self, out: Path, kills: int) -> None:
        tally, before = self.tally, dict[tuple[str, str], int]()
        first = len(self._asked())
        for _ in range(kills):
            here = len(self._asked())
            child = self._start(out)
            killed = child.signal_after(self._random.uniform(0.6, self._seconds))
            if left := child.survivors():
                tally.faults.append(f"{out.name}: processes {left} outlive their run")
            self._count_repeated(first, here, before)
            if killed is None:
                break
            tally.kills += 1
            before.update(rows(out))
            tally.moments[_moment(before)] += 1
        here = len(self._asked())
        ended = self._start(out).end()
        self._count_repeated(first, here, before)
        self._look(out, ended.code, ended.err, before)
        tally.calls += len(self._asked()) - first

    def _asked(self) -> list[Question]:
        return self._server.requests if self._server else []

    def _count_repeated(self, first: int, here: int, before: dict[tuple[str, str], int]) -> None:
        asked = self._asked()
        known = Counter(_key(question) for question in asked[first:here])
        again = [question for question in asked[here:] if known[_key(question)]]
        self.tally.calls_repeated += len(again)
        self.tally.most_repeated_at_a_kill = max(self.tally.most_repeated_at_a_kill, len(again))
        done = [title for kind, title in before if kind == "digest"]
        for question in asked[here:]:
            if "background" in question.schema.get("properties", {}):
                self.tally.finished_articles_asked_again += any(title in question.user for title in done)

    def _look(self, out: Path, code: int, err: str, before: dict[tuple[str, str], int]) -> None:
        tally = self.tally
        if code not in (0, 3):
            tally.faults.append(f"{out.name}: exit {code}: {err[-2000:]}")
            return
        after = rows(out)
        tally.bytes_lost += sum(size for key, size in before.items() if key not in after)
        if comparable(out) != self._expected:
            tally.reports_different += 1
            tally.faults.append(f"{out.name}: {list(differences(self._expected, comparable(out)))[:5]}")
        names = sorted(path.name for path in (out / "chips" / WEEK).iterdir())
        if names != sorted(path.name for path in (self._folder / "undisturbed" / "chips" / WEEK).iterdir()):
            tally.faults.append(f"{out.name}: {names}")
        if [path.name for path in (out / "chips" / WEEK / "versions").iterdir()] != ["0001.json"]:
            tally.faults.append(f"{out.name}: more than one version")


def rows(out: Path) -> dict[tuple[str, str], int]:
    """Return the bytes of every row that record and ledger hold. A file that is not whole raises."""
    found: dict[tuple[str, str], int] = {}
    for name, queries in _ROWS.items():
        path = out / ".shuho" / name
        if not path.exists():
            continue
        connection = sqlite3.connect(path)
        try:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            for query in queries:
                if not tables.isdisjoint(query.split()):
                    found.update({(kind, key): size for kind, key, size in connection.execute(query)})
        finally:
            connection.close()
    return found


def comparable(out: Path) -> Any:
    """Return a run's report without times and without what its last process paid."""
    return _stripped(json.loads((out / "chips" / WEEK / "report.json").read_bytes()))


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stripped(inner) for key, inner in value.items() if key not in _TIMES | _PAID}
    return [_stripped(inner) for inner in value] if isinstance(value, list) else value


def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """Yield where two reports differ."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key], f"{place}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{place}/{index}")
    elif one != other:
        yield f"{place}: {str(one)[:200]!r} is now {str(other)[:200]!r}"


def _key(question: Question) -> tuple[str, str]:
    # The fence around a text is drawn anew for every prompt; what is asked about is not.
    return json.dumps(question.schema, sort_keys=True), question.user


def _moment(found: dict[tuple[str, str], int]) -> str:
    kinds = Counter(kind for kind, _ in found)
    if not kinds["plan"]:
        return "before the plan"
    if kinds["digest"] < ARTICLES:
        return "among the digests"
    return "after the digests"


def main() -> None:
    """Print the summary; exit 1 when anything was lost or asked again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--latency", type=float, default=0.5, help="seconds that the model server takes")
    parser.add_argument("--extractive", action="store_true", help="no model server")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, GeminiServer(AutoAnswer(), latency=given.latency) as server:
        tally = Campaign(Path(folder), given.seed, None if given.extractive else server).kill(given.kills)
    print(tally)
    print("\n".join(tally.faults))
    sys.exit(1 if tally.faults or tally.bytes_lost or tally.finished_articles_asked_again else 0)


if __name__ == "__main__":
    main()

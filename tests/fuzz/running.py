"""Runs a target over seeds and tells what broke."""

from __future__ import annotations

import random
import resource
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.targets import TARGETS

MOST_SECONDS = 10.0
"""CPU seconds that one input may take: a busy machine does not fail it."""
MOST_MEMORY = 3 << 30
"""Bytes of addresses that all inputs together may take beyond what the process has."""
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Fuzzed:
    """`faults` maps what was raised, and where, to how often; `seeds` are those of the first of each."""

    target: str
    inputs: int
    faults: Counter[str]
    seeds: dict[str, int]
    slowest: float
    slowest_seed: int


def fuzz(target: str, count: int, first: int = 0) -> Fuzzed:
    """Feed `count` inputs to a target, made from the seeds from `first` on; memory is bounded."""
    with _bounded():
        return _fuzz(target, count, first)


@contextmanager
def _bounded() -> Iterator[None]:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MOST_MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _fuzz(target: str, count: int, first: int) -> Fuzzed:
    faults: Counter[str] = Counter()
    seeds: dict[str, int] = {}
    slowest = (0.0, first)
    for seed in range(first, first + count):
        begun = time.process_time()
        try:
            TARGETS[target](random.Random(f"{target} {seed}"))
        except Exception as error:  # noqa: BLE001  (what a target raises is what is looked for)
            fault = f"{type(error).__name__} in {_place(error)}: {str(error)[:100]!a}"
            faults[fault] += 1
            seeds.setdefault(fault, seed)
        seconds = time.process_time() - begun
        slowest = max(slowest, (seconds, seed))
        if seconds > MOST_SECONDS:
            faults[f"took {seconds:.0f} s"] += 1
            seeds.setdefault(f"took {seconds:.0f} s", seed)
    return Fuzzed(target, count, faults, seeds, *slowest)


def _place(error: Exception) -> str:
    """Name the innermost line of ours that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if Path(f.filename).is_relative_to(_ROOT) and ".venv" not in f.filename]
    last = ours[-1] if ours else frames[-1]
    return f"{Path(last.filename).name}:{last.lineno}"

"""What an evaluation yields: metrics with their intervals, and what they were measured on."""

from __future__ import annotations

from typing import Literal

from agent.method import PromptUsed
from agent.model import Value

Better = Literal["higher", "lower", "neither"]
Size = Literal["small", "full"]
Status = Literal["measured", "skipped", "failed"]


class Metric(Value):
    """One number. `low` to `high` is its 95 % interval; `n` is how many cases it rests on."""

    name: str
    value: float
    n: int
    low: float
    high: float
    better: Better = "higher"
    tolerance: float = 0.005
    """How much worse than the baseline it may be before that counts."""
    dataset: str


class DatasetUsed(Value):
    """A dataset and the first 12 hex digits of the SHA-256 of its files."""

    name: str
    version: str
    rows: int


class Measured(Value):
    """What a suite returns. `mistakes` names cases that went wrong; `note` says what could not be measured."""

    metrics: tuple[Metric, ...]
    datasets: tuple[DatasetUsed, ...]
    mistakes: tuple[str, ...] = ()
    note: str = ""


class SuiteResult(Value):
    """How one suite fared; `note` is the reason of a suite that was skipped or failed. `model` is empty without one."""

    suite: str
    status: Status
    note: str = ""
    model: str = ""
    metrics: tuple[Metric, ...] = ()
    datasets: tuple[DatasetUsed, ...] = ()
    prompts: tuple[PromptUsed, ...] = ()
    mistakes: tuple[str, ...] = ()
    seconds: float = 0.0


class Evaluation(Value):
    """One run of the harness. `revision` is git's, with `+` behind it when the tree had changes; `?` without git."""

    revision: str
    at: str
    size: Size
    model: str
    suites: tuple[SuiteResult, ...]

"""What every step of the weekly run has: its time is taken, and it is observed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Literal, Protocol, TypeVar

from langgraph.runtime import Runtime

from agent.model import Stage
from agent.observability.observing import observed
from graph.deps import Deps
from graph.state import ArticleTask, WeeklyState

S = TypeVar("S", WeeklyState, ArticleTask)
S_contra = TypeVar("S_contra", WeeklyState, ArticleTask, contravariant=True)
StepName = Stage | Literal["index"]


class Step(Protocol[S_contra]):
    """A node of the graph."""

    def __call__(self, state: S_contra, runtime: Runtime[Deps]) -> Coroutine[Any, Any, WeeklyState]: ...  # noqa: D102


def step(stage: StepName) -> Callable[[Step[S]], Step[S]]:
    """Take the time of a step, add it to the step's update, and observe the step under its name."""

    def timed(work: Step[S]) -> Step[S]:
        @wraps(work)
        async def run(state: S, runtime: Runtime[Deps]) -> WeeklyState:
            deps = runtime.context
            begun, at = deps.clock(), deps.now().timestamp()
            about: dict[str, Any] = {"run": state["run"], "stage": stage}
            if article := state.get("article_id"):
                about["article"] = article
            with observed(stage, "AGENT" if article else "CHAIN", **about):
                update = await work(state, runtime)
            return {**update, "timings": [timing(deps, stage, begun, at)]}

        return run

    return timed


def timing(deps: Deps, stage: StepName, begun: float, at: float) -> dict[str, Any]:
    """Return when a step began, by the monotonic clock and as seconds of the epoch, and how long it took."""
    return {
        "stage": stage,
        "begun": round(begun, 4),
        "at": round(at, 3),
        "seconds": round(deps.clock() - begun, 4),
    }


async def to_its_end(work: Callable[[], None]) -> None:
    """Work in a thread, and let it end also when the run stops: what it works with is closed after that."""
    working = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise

"""Keeps the garbage collector out of a run's start, where half a million objects are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_held_back() -> Iterator[None]:
    """Leave the collector off until `let_collector_go` is called within, and as it was afterwards."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if collecting:
            gc.enable()


def let_collector_go() -> None:
    """End the start, if one is under way: what is there by now is never looked through again during the run."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()

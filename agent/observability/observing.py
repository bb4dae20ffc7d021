"""What happens in a run, told once: as a structured log record, and as a span when traces are asked for.

A thing observed has a name, fields of numbers and ids, and a duration. Fields never hold words of a prompt, an answer
or an article. What lies inside another thing inherits its run, stage and article.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal, Protocol

Value = str | int | float | bool
SpanKind = Literal["CHAIN", "AGENT", "LLM", "TOOL"]
"""Kinds of OpenInference."""

LOGGER = "shuho.run"
_LOG = logging.getLogger(LOGGER)
# Without a log file nobody is told: what a person should know is said by the progress and in the report.
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False
_INHERITED = ("run", "stage", "article")
_context: ContextVar[Mapping[str, Value] | None] = ContextVar("observed", default=None)


class Span(Protocol):
    """A span that is open."""

    def end(self, fields: Mapping[str, Value], error: str) -> None:
        """End it with what is known of it; `error` is the name of what went wrong, if anything did."""
        ...


class Spans(Protocol):
    """Makes spans; the one that is open is the parent of those that are opened inside it."""

    def open(self, name: str, kind: SpanKind) -> AbstractContextManager[Span]:
        """Open a span."""
        ...


@dataclass
class _Seam:
    spans: Spans | None = None


_seam = _Seam()


def send_spans_to(spans: Spans | None) -> None:
    """Make spans of what is observed from now on, or none."""
    _seam.spans = spans


@dataclass
class Observed:
    """A thing that goes on; fields that are known only later are added."""

    fields: dict[str, Value] = field(default_factory=dict)

    def add(self, **fields: Value) -> None:
        """Add fields."""
        self.fields.update(fields)


def inherited(name: str) -> str:
    """Return a field of what goes on around the caller (`run`, `stage` or `article`), empty when there is none."""
    return str((_context.get() or {}).get(name, ""))


@contextmanager
def observed(name: str, kind: SpanKind = "CHAIN", **fields: Value) -> Iterator[Observed]:
    """Observe the block: a record when it ends, with its milliseconds, and a span around it."""
    outer = _context.get() or {}
    thing = Observed({**outer, **fields})
    token = _context.set({key: value for key, value in thing.fields.items() if key in _INHERITED})
    begun = time.monotonic()
    _LOG.debug(f"{name} begins", extra={"fields": thing.fields})
    opened = _seam.spans.open(name, kind) if _seam.spans is not None else nullcontext()
    try:
        with opened as span:
            error = ""
            try:
                yield thing
            except BaseException as fault:
                error = type(fault).__name__
                _tell(name, thing, begun, fault)
                raise
            else:
                _tell(name, thing, begun, None)
            finally:
                if span is not None:
                    span.end(thing.fields, error)
    finally:
        _context.reset(token)


def noted(event: str, level: int = logging.INFO, **fields: Value) -> None:
    """Log that something happened."""
    _LOG.log(level, event, extra={"fields": {**(_context.get() or {}), **fields}})


def _tell(name: str, thing: Observed, begun: float, fault: BaseException | None) -> None:
    fields = {**thing.fields, "ms": round(1000 * (time.monotonic() - begun), 1)}
    if fault is None:
        _LOG.info(name, extra={"fields": fields})
    elif isinstance(fault, asyncio.CancelledError):
        _LOG.info(name, extra={"fields": {**fields, "error": "cancelled"}})
    else:
        said = {"error": type(fault).__name__, "message": str(fault)}
        _LOG.warning(name, extra={"fields": {**fields, **said}})

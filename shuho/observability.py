"""Puts a run's log and traces in place, as options and environment ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from agent.secrecy import redacted
from agent.settings import Settings, lent_to_telemetry
from shuho import __version__

_AT_THE_END = 3.0
INTERRUPTED = 0.5
"""Seconds for the last spans to be sent when a run is interrupted."""

EndTraces = Callable[[float], str]
"""Sends the last spans, for at most so many seconds; returns why some were not sent, empty when all were."""


@contextmanager
def observed_run(settings: Settings, log: Path | None, say: Callable[[str], None]) -> Iterator[EndTraces]:
    """Keep a log and send traces while the block runs, if either is wanted; yield what ends the traces early.

    `say` is told when spans could not be sent. Raises SettingError.
    """
    path = log or (Path(settings.log) if settings.log else None)
    with ExitStack() as stack:
        if path is not None:
            from agent.observability.log_file import logged_to

            stack.enter_context(logged_to(path, settings.log_level or "info"))
        if not settings.traces:
            yield lambda seconds: ""
            return
        from agent.observability.observing import send_spans_to
        from agent.observability.traces import otlp_spans

        # What makes the spans reads its variables once, here.
        with lent_to_telemetry(settings):
            spans = otlp_spans(settings.traces, __version__)
        send_spans_to(spans)
        try:
            yield spans.close
        finally:
            send_spans_to(None)
            if fault := spans.close(_AT_THE_END):
                say(f"traces: not everything was sent to {redacted(settings.traces)} ({fault})")

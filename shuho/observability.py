"""Puts a run's log and traces in place, as options and environment ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from agent.redaction import Redactor
from agent.settings import Settings
from shuho import __version__

_AT_THE_END = 3.0
INTERRUPTED = 0.5
"""Seconds for the last spans to be sent when a run is interrupted."""


@contextmanager
def observed_run(settings: Settings, log: Path | None) -> Iterator[Callable[[float], None]]:
    """Keep a log and send traces while the block runs, if either is wanted; yield what ends the traces early.

    It takes the seconds that it may last. Raises SettingError.
    """
    redact = Redactor(settings.secrets())
    path = log or (Path(settings.log) if settings.log else None)
    with ExitStack() as stack:
        if path is not None:
            from agent.log_file import logged_to

            stack.enter_context(logged_to(path, settings.log_level or "info", redact))
        if not settings.traces:
            yield lambda seconds: None
            return
        from agent.observing import send_spans_to
        from agent.traces import otlp_spans

        spans = otlp_spans(settings.traces, __version__, redact)
        send_spans_to(spans)
        try:
            yield lambda seconds: _end(spans.close, seconds)
        finally:
            send_spans_to(None)
            spans.close(_AT_THE_END)


def _end(close: Callable[[float], bool], seconds: float) -> None:
    from agent.observing import send_spans_to

    send_spans_to(None)
    close(seconds)

"""Traces by OpenTelemetry for those who set its variables: spans with OpenInference's names, sent by OTLP over HTTP.

They hold names, ids, counts and times: never words of a prompt, an answer, an article or an error.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agent.errors import SettingError
from agent.observability.observing import Span, SpanKind, Value
from agent.secrecy import redacted

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span as OtelSpan

_NAMES = {
    "run": "session.id",
    "model": "llm.model_name",
    "input_tokens": "llm.token_count.prompt",
    "output_tokens": "llm.token_count.completion",
    "prompt": "llm.prompt_template.version",
}
"""Fields that OpenInference has names for (its semantic conventions); others are `shuho.NAME`."""


class OtlpSpans:
    """Makes spans and sends them in the background."""

    def __init__(self, exporter: SpanExporter, version: str) -> None:
        """Take where spans go. The variables of OpenTelemetry say what else is said of the service."""
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        resource = Resource.create({"service.version": version})
        # What the environment says of the service comes first.
        if str(resource.attributes.get("service.name", "")).startswith("unknown_service"):
            resource = resource.merge(Resource({"service.name": "shuho"}))
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("shuho", version)
        self._complaints = _Complaints()

    @contextmanager
    def open(self, name: str, kind: SpanKind) -> Iterator[Span]:
        """Open a span inside the one that is open."""
        with self._tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as span:
            span.set_attribute("openinference.span.kind", kind)
            yield _OtlpSpan(span)

    def close(self, seconds: float) -> str:
        """Send what is left, for at most `seconds`; return why some spans were not sent, empty when all were."""
        # A collector that does not answer would hold up the exporter for as long as it retries.
        sending = threading.Thread(target=self._provider.shutdown, daemon=True)
        sending.start()
        sending.join(seconds)
        if sending.is_alive():
            return f"the collector did not answer within {seconds:g} s"
        return redacted(self._complaints.last)


class _Complaints(logging.Handler):
    """Hears what OpenTelemetry complains of, which would else stand between a run's own lines, again and again."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last = ""
        logger = logging.getLogger("opentelemetry")
        logger.addHandler(self)
        logger.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the newest complaint."""
        self.last = record.getMessage()


class _OtlpSpan:
    """One open span."""

    def __init__(self, span: OtelSpan) -> None:
        self._span = span

    def end(self, fields: Mapping[str, Value], error: str) -> None:
        """Write down the fields, and the error by its name alone: its words may quote a page or a server."""
        from opentelemetry.trace import Status, StatusCode

        for name, value in fields.items():
            told = redacted(value) if isinstance(value, str) else value
            self._span.set_attribute(_NAMES.get(name, f"shuho.{name}"), told)
        counts = [fields.get("input_tokens"), fields.get("output_tokens")]
        if all(isinstance(count, int) for count in counts):
            self._span.set_attribute("llm.token_count.total", sum(int(count or 0) for count in counts))
        if "model" in fields:
            self._span.set_attribute("llm.provider", str(fields["model"]).partition(":")[0])
        if error:
            self._span.set_attribute("exception.type", error)
            self._span.set_status(Status(StatusCode.ERROR, error))


def otlp_spans(endpoint: str, version: str) -> OtlpSpans:
    """Return what sends spans to `endpoint`, the whole address. Raises SettingError when a package is missing."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError as error:
        raise SettingError(
            f"OTEL_EXPORTER_OTLP_ENDPOINT is set; traces need a package: pip install 'shuho[traces]' ({error})"
        ) from None
    return OtlpSpans(OTLPSpanExporter(endpoint=endpoint), version)

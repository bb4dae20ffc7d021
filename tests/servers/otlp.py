"""A local collector of traces that speaks OTLP over HTTP, as protobuf."""

from __future__ import annotations

import gzip
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class SentSpan:
    """One span as it came: its parent's name is empty for a root."""

    name: str
    parent: str
    attributes: dict[str, Any]
    error: str
    service: str


@dataclass
class Collector:
    """A context manager; `url` is for OTEL_EXPORTER_OTLP_ENDPOINT. With `hang`, it never answers."""

    hang: bool = False
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if self.headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                collector.bodies.append(body)
                collector.headers.append({name.lower(): value for name, value in self.headers.items()})
                collector.paths.append(self.path)
                if collector.hang:
                    time.sleep(30)
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def spans(self) -> list[SentSpan]:
        """Return every span that came, in order of their ends."""
        found = []
        for body in self.bodies:
            for of_resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                service = _plain(of_resource.resource.attributes).get("service.name", "")
                found += [(span, service) for scope in of_resource.scope_spans for span in scope.spans]
        names = {span.span_id: span.name for span, _ in found}
        return [
            SentSpan(
                span.name,
                names.get(span.parent_span_id, "") if span.parent_span_id else "",
                _plain(span.attributes),
                span.status.message,
                service,
            )
            for span, service in found
        ]


def _plain(attributes: Any) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}

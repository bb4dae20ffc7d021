"""A small web server on 127.0.0.1 that answers from a table or a folder and remembers what it was asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

Body = bytes | Iterable[bytes]
Reply = tuple[int, Mapping[str, str], Body]

_TYPES = {".html": "text/html", ".xml": "application/xml", ".json": "application/json", ".txt": "text/plain"}


@dataclass(frozen=True)
class Request:
    """One request as it came: `path` with its query, header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


Route = Reply | Callable[[Request], Reply]


@contextmanager
def nobody() -> Iterator[str]:
    """Yield an address where nobody answers: its port is held, so that no other server gets it meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


class WebServer:
    """Serves `routes` (path -> reply, or a function of the request), then files of `folder`; anything else is 404.

    A body that is no bytes is sent piece by piece, with no length, until it ends or the client leaves. In `folder`,
    the first segment of the path stands for the host: `/news.example/p/1.html` is `folder/news.example/p/1.html`.
    """

    def __init__(self, routes: Mapping[str, Route] | None = None, folder: Path | None = None) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.folder = folder
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The server's address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.path for request in self.requests]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply_to(self, request: Request) -> Reply:
        """Return what the table or the folder says; records the request."""
        with self._lock:
            self.requests.append(request)
        path = urlsplit(request.path).path
        route = self.routes.get(request.path, self.routes.get(path))
        if route is None:
            return self._from_folder(path)
        return route(request) if callable(route) else route

    def _from_folder(self, path: str) -> Reply:
        if self.folder is not None:
            name = unquote(path).lstrip("/")
            target = (self.folder / name / "index.html" if path.endswith("/") else self.folder / name).resolve()
            if target.is_relative_to(self.folder.resolve()) and target.is_file():
                kind = _TYPES.get(target.suffix, "application/octet-stream")
                return 200, {"Content-Type": kind}, target.read_bytes()
        return 404, {"Content-Type": "text/html"}, b"<html><body>Not Found</body></html>"

    def counted(self, change: int) -> None:
        """Note that a request began (1) or ended (-1)."""
        with self._lock:
            self._at_once += change
            self.most_at_once = max(self.most_at_once, self._at_once)


def _handler_of(server: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.counted(1)
            try:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                _send(self, *server.reply_to(Request(self.command, self.path, headers, body)))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                server.counted(-1)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


def _send(handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str], body: Body) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if isinstance(body, bytes):
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return
    handler.send_header("Connection", "close")
    handler.end_headers()
    for part in body:
        handler.wfile.write(part)
        handler.wfile.flush()

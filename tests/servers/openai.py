"""A local server that speaks OpenAI's chat completions, as local model servers do: for `openai:NAME` by base URL."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from tests.servers.gemini import Question, Writer


class OpenAIServer:
    """A context manager; `url` is the base URL. Answers with `writer`, fails with `statuses` first, one a request."""

    def __init__(self, writer: Writer, *, model: str = "local", statuses: list[int] | None = None) -> None:
        self.requests: list[Question] = []
        self._writer = writer
        self._statuses = list(statuses or [])
        self._model = model
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def models(self) -> dict[str, Any]:
        return {"object": "list", "data": [{"id": self._model, "object": "model", "created": 0, "owned_by": "x"}]}

    def complete(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return status and body for a chat completion."""
        words = {message["role"]: message["content"] for message in body["messages"]}
        schema = body.get("response_format", {}).get("json_schema", {}).get("schema", {})
        question = Question(words.get("system", ""), words["user"], schema, body["model"], time.monotonic())
        self.requests.append(question)
        if self._statuses and (status := self._statuses.pop(0)) != 200:
            return status, {"error": {"message": "refused", "type": "error", "code": None}}
        value = self._writer(question)
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        message = {"role": "assistant", "content": text}
        return 200, {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": self._model,
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                self._send(200, server.models())

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                status, answer = server.complete(body)
                if status == 200 and body.get("stream"):
                    self._stream(answer)
                else:
                    self._send(status, answer)

            def _stream(self, answer: dict[str, Any]) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("connection", "close")
                self.end_headers()
                self.close_connection = True
                for event in _chunks(answer):
                    self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
                self.wfile.write(b"data: [DONE]\n\n")

            def _send(self, status: int, body: dict[str, Any]) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        return Handler


def _chunks(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Cut a completion into chunks, its usage in one of its own at the end."""
    head = {key: answer[key] for key in ("id", "created", "model")} | {"object": "chat.completion.chunk"}
    text = answer["choices"][0]["message"]["content"]
    for at in range(0, len(text), 8):
        delta = {"role": "assistant", "content": text[at : at + 8]}
        yield {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    yield {**head, "choices": [], "usage": answer["usage"]}

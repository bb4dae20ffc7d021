"""A local server that speaks the Gemini API: generateContent, SSE, countTokens, models, batchEmbedContents.

`GeminiServer(answer)` answers every question with `answer(question)`; `script` holds the replies of the first requests,
one each, and with `only_script=True` running out of it is an error. Requests are recorded.
"""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from tests.servers.rate import PerMinute
from tests.servers.sse import Spoken, send_events, tokens_of


@dataclass(frozen=True)
class Question:
    """What a model is asked: the instructions, the message, and the answer's JSON schema (empty: free text)."""

    system: str
    user: str
    schema: Mapping[str, Any]
    model: str = ""
    at: float = 0.0

    @property
    def characters(self) -> int:
        """Characters of both messages."""
        return len(self.system) + len(self.user)

    @property
    def schema_characters(self) -> int:
        """Characters of the compact schema."""
        return len(json.dumps(self.schema, ensure_ascii=False, separators=(",", ":"))) if self.schema else 0


Writer = Callable[[Question], Any]


@dataclass(frozen=True)
class Reply:
    """One scripted reply. `text` None: ask the server's writer."""

    status: int = 200
    text: str | None = None
    finish: str | None = "STOP"
    error: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    wait: float = 0.0
    reset: bool = False


def written(value: object) -> Reply:
    """Answer with `value`: a string as it is, anything else as JSON."""
    return Reply(text=value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def failing(status: int, message: str = "refused", name: str = "", details: Iterable[Mapping[str, Any]] = ()) -> Reply:
    """Fail as Google does, with `details` in its error format."""
    error: dict[str, Any] = {"code": status, "message": message, "status": name or _STATUS.get(status, "UNKNOWN")}
    if found := list(details):
        error["details"] = found
    return Reply(status=status, error=error)


def rate_limited(delay: float | None = None, *, per_day: bool = False) -> Reply:
    """429 as Gemini sends it: QuotaFailure with its quotaId, and RetryInfo when a `delay` (seconds) is given."""
    period = "PerDay" if per_day else "PerMinute"
    quota = {"quotaId": f"GenerateRequests{period}PerProjectPerModel-FreeTier", "quotaValue": "20"}
    details: list[Mapping[str, Any]] = [{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [quota]}]
    if delay is not None:
        details.append({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{delay:g}s"})
    return failing(429, "You exceeded your current quota.", details=details)


_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
AUTO = Reply()
TRUNCATED = Reply(text='{"title": "途中で', finish="MAX_TOKENS")
BLOCKED = Reply(text="", finish="SAFETY")
NO_CANDIDATE = Reply(text=None, finish=None)
HANG_UP = Reply(reset=True)
HTML_PAGE = Reply(status=502, body="<html>Bad Gateway</html>")


class GeminiServer:
    """A context manager; `url` is the base URL for `ChatGoogleGenerativeAI(base_url=...)`."""

    def __init__(
        self,
        writer: Writer | None = None,
        *,
        script: Iterable[Reply] = (),
        latency: float = 0.0,
        models: Iterable[str] | None = None,
        key: str | None = None,
        only_script: bool = False,
        token_seconds: float = 0.0,
        rate: PerMinute | None = None,
    ) -> None:
        self.requests: list[Question] = []
        self.lookups: list[str] = []
        self.problems: list[str] = []
        self.latency = latency
        self.token_seconds = token_seconds
        self.halfway: Callable[[], object] = bool
        self.spoken: list[Spoken] = []
        self._writer = writer
        self._script = deque(script)
        self._only_script = only_script
        self._models = None if models is None else set(models)
        self._key = key
        self._rate = rate
        self._lock = threading.Lock()
        self._http = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def characters_sent(self) -> int:
        return sum(question.characters for question in self.requests)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        if kind is None and self.problems:
            raise AssertionError("; ".join(self.problems))

    def next_reply(self, question: Question) -> Reply:
        """Record a question and say what to do with it."""
        with self._lock:
            self.requests.append(question)
            if self._script:
                return self._script.popleft()
            if self._rate is not None and (seconds := self._rate.wait()):
                return rate_limited(seconds)
            if self._only_script or self._writer is None:
                self.problems.append("the script ran out")
                return failing(400, "the script ran out")
            return AUTO

    def write(self, question: Question) -> str:
        """Return the writer's answer as text."""
        assert self._writer is not None, "an automatic reply needs a writer"
        try:
            value = self._writer(question)
        except Exception as error:
            self.problems.append(f"writer: {type(error).__name__}: {error}")
            raise
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def refusal(self, model: str, key: str) -> Reply | None:
        """Return the refusal of a wrong key or an unknown model, as the real service words them."""
        if self._key is not None and key != self._key:
            reason = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
            return failing(400, "API key not valid. Please pass a valid API key.", details=[reason])
        if self._models is not None and model not in self._models:
            return failing(404, f"models/{model} is not found for API version v1beta")
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(_Gemini):
            gemini = server

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no problem of the test; writers' errors are in `problems`."""


class _Gemini(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    gemini: GeminiServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        model = self.path.partition("?")[0].rpartition("models/")[2]
        self.gemini.lookups.append(model)
        refusal = self.gemini.refusal(model, self.headers.get("x-goog-api-key", ""))
        if refusal is not None:
            self._send(refusal.status, {"error": dict(refusal.error)})
        else:
            self._send(200, {"name": f"models/{model}", "inputTokenLimit": 1048576, "outputTokenLimit": 65536})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        path, _, query = self.path.partition("?")
        model, _, verb = path.rpartition("models/")[2].partition(":")
        refusal = self.gemini.refusal(model, self.headers.get("x-goog-api-key", ""))
        if refusal is not None:
            self._send(refusal.status, {"error": dict(refusal.error)})
        elif verb == "countTokens":
            self._send(200, {"totalTokens": len(json.dumps(body)) // 4})
        elif verb == "batchEmbedContents":
            self._send(200, {"embeddings": [{"values": _vector(item)} for item in body["requests"]]})
        else:
            self._generate(_question(body, model), stream=verb.startswith("stream") and "alt=sse" in query)

    def _generate(self, question: Question, *, stream: bool) -> None:
        reply = self.gemini.next_reply(question)
        time.sleep(self.gemini.latency + reply.wait)
        if reply.reset:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if reply.error or reply.body is not None:
            self._send(reply.status, reply.body or {"error": dict(reply.error)}, reply.headers)
            return
        usage: dict[str, Any] = {"promptTokenCount": question.characters // 2, "totalTokenCount": 0}
        answer: dict[str, Any] = {"usageMetadata": usage, "modelVersion": question.model}
        if reply.finish is None:
            answer["promptFeedback"] = {"blockReason": "PROHIBITED_CONTENT"}
        else:
            text = self.gemini.write(question) if reply.text is None else reply.text
            parts = [{"text": text}] if text else []
            content = {"role": "model", "parts": parts}
            answer["candidates"] = [{"content": content, "finishReason": reply.finish, "index": 0}]
            usage["candidatesTokenCount"] = len(text) // 2
        usage["totalTokenCount"] = usage["promptTokenCount"] + usage.get("candidatesTokenCount", 0)
        if stream:
            self.gemini.spoken.append(send_events(self, answer, self.gemini.token_seconds, self.gemini.halfway))
            return
        begun = time.monotonic()
        time.sleep(self.gemini.token_seconds * len(tokens_of(answer)))
        self.gemini.spoken.append(Spoken(begun, time.monotonic()))
        self._send(200, answer, reply.headers)

    def _send(self, status: int, body: str | Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _question(body: Mapping[str, Any], model: str) -> Question:
    def words(content: Mapping[str, Any]) -> str:
        return "".join(part.get("text", "") for part in content.get("parts", []))

    return Question(
        system=words(body.get("systemInstruction") or {}),
        user="\n".join(words(content) for content in body.get("contents", [])),
        schema=(body.get("generationConfig") or {}).get("responseJsonSchema") or {},
        model=model,
        at=time.monotonic(),
    )


def _vector(item: Mapping[str, Any]) -> list[float]:
    digest = hashlib.sha256(json.dumps(item.get("content"), sort_keys=True).encode()).digest()
    size = int(item.get("outputDimensionality", 64))
    return [digest[index % 32] / 255 - 0.5 for index in range(size)]

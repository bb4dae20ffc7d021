"""Server-sent events as Gemini streams an answer: a token an event, the finish reason and the usage with the last."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any

_TOKEN = re.compile(r"[\u2e80-\U0003ffff]|[^\u2e80-\U0003ffff]{1,4}")


@dataclass(frozen=True)
class Spoken:
    """When an answer's first and last token went out, by `time.monotonic`; `tokens` are all, with their times."""

    first: float
    last: float
    tokens: tuple[tuple[float, str], ...] = ()

    def when(self, pattern: str) -> float:
        """Return when what matches a pattern had gone out."""
        text = ""
        for at, token in self.tokens:
            text += token
            if re.search(pattern, text):
                return at
        return self.last


def tokens_of(answer: Mapping[str, Any]) -> list[str]:
    """Cut an answer's text into tokens: one CJK character, or four others at most."""
    return _TOKEN.findall("".join(part["text"] for part in _parts(answer)))


def send_events(
    handler: BaseHTTPRequestHandler, answer: Mapping[str, Any], token_seconds: float, halfway: Callable[[], object]
) -> Spoken:
    """Send an answer as chunks, `token_seconds` apart; `halfway` is called when half of them are out."""
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.send_header("transfer-encoding", "chunked")
    handler.end_headers()
    pieces = tokens_of(answer) if token_seconds else ["".join(part["text"] for part in _parts(answer))]
    tokens: list[tuple[float, str]] = []
    for place, piece in enumerate(pieces, 1):
        time.sleep(token_seconds)
        if place == len(pieces) // 2 + 1:
            halfway()
        _chunk(handler, f"data: {json.dumps(_event(answer, piece, last=place == len(pieces)))}\r\n\r\n".encode())
        tokens.append((time.monotonic(), piece))
    if not pieces:
        _chunk(handler, f"data: {json.dumps(answer)}\r\n\r\n".encode())
    last = time.monotonic()
    handler.wfile.write(b"0\r\n\r\n")
    return Spoken(tokens[0][0] if tokens else last, last, tuple(tokens))


def _event(answer: Mapping[str, Any], piece: str, *, last: bool) -> Mapping[str, Any]:
    if not answer.get("candidates"):
        return answer
    candidate = answer["candidates"][0]
    part = {"content": {"role": "model", "parts": [{"text": piece}] if piece else []}, "index": 0}
    if last:
        return {**answer, "candidates": [{**part, "finishReason": candidate["finishReason"]}]}
    return {"candidates": [part], "modelVersion": answer["modelVersion"]}


def _parts(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    candidates = answer.get("candidates") or [{}]
    return list((candidates[0].get("content") or {}).get("parts") or [])


def _chunk(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    handler.wfile.flush()

"""Tavily's search on 127.0.0.1, as the real client expects it: POST /search with a bearer key."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.servers.web import Reply, Request, WebServer

KEY = "tvly-test"


class TavilyServer(WebServer):
    """Answers each query from `results`; `script` holds replies to give first, one for each request.

    A query that is in neither gets an empty list. A wrong key gets 401, as from Tavily.
    """

    def __init__(self, results: Mapping[str, Sequence[Mapping[str, Any]]], script: Sequence[Reply] = ()) -> None:
        super().__init__({"/search": self._search})
        self._results = results
        self._script = list(script)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The JSON bodies that came, in order."""
        return [json.loads(request.body) for request in self.requests]

    def _search(self, request: Request) -> Reply:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return error(401, "Unauthorized: missing or invalid API key.")
        if self._script:
            return self._script.pop(0)
        query = json.loads(request.body)["query"]
        found = list(self._results.get(query, ()))
        answer = {"query": query, "answer": None, "images": [], "results": found, "response_time": 0.1}
        return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()


def error(status: int, message: str, **headers: str) -> Reply:
    """Return an error in Tavily's form."""
    body = json.dumps({"detail": {"error": message}}).encode()
    return status, {"Content-Type": "application/json", **headers}, body


def result(url: str, title: str = "", published_date: str = "", raw_content: str | None = None) -> dict[str, Any]:
    """Return one search result in Tavily's form."""
    return {
        "url": url,
        "title": title,
        "published_date": published_date,
        "content": "excerpt",
        "raw_content": raw_content,
        "score": 0.9,
    }

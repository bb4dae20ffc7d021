"""More than there is room for: streams, bytes, requests; the page stays readable."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from pathlib import Path

from shuho.web.site import MOST_STREAMS
from tests.agent.revision.issues import SmallIssue
from tests.servers.gemini import GeminiServer
from tests.servers.revision_answer import RevisionAnswer
from tests.shuho.web.page import ISSUE, Reader, served


def ask_for_stream(page: Reader) -> tuple[socket.socket, int]:
    """Ask for the stream on a connection of its own; return it with the status."""
    connection = socket.create_connection(("127.0.0.1", page.port), timeout=60)
    request = f"GET {ISSUE}/stream HTTP/1.1\r\nhost: 127.0.0.1:{page.port}\r\nconnection: close\r\n\r\n"
    connection.sendall(request.encode())
    line = b""
    while b"\r\n" not in line:
        line += connection.recv(1024)
    return connection, int(line.split()[1])


def test_a_thousand_streams_are_bounded(finished: SmallIssue, tmp_path: Path) -> None:
    """A model that does not go on keeps every stream open; those beyond the bound are refused at once."""
    gate = threading.Event()
    with (
        GeminiServer(RevisionAnswer(), token_seconds=0.0001) as model,
        served(finished.copy(tmp_path / "issue"), model=model.url) as page,
    ):
        model.halfway = lambda: gate.wait(120)
        page.post(f"{ISSUE}/ask", {"message": "Say it livelier.", "section": "trends"}, **{"x-shuho": "1"})
        opened, statuses = [], Counter[int]()
        try:
            for _ in range(1000):
                connection, status = ask_for_stream(page)
                statuses[status] += 1
                opened.append(connection) if status == 200 else connection.close()
            assert statuses == {200: MOST_STREAMS, 503: 1000 - MOST_STREAMS}
            assert page.get(ISSUE).status_code == 200
        finally:
            for connection in opened:
                connection.close()
            gate.set()
        assert page.get("/").status_code == 200


def test_ten_megabytes_are_refused_and_the_page_goes_on(page: Reader) -> None:
    head = (
        f"POST {ISSUE}/ask HTTP/1.1\r\nhost: 127.0.0.1:{page.port}\r\ncontent-length: 10000000\r\n"
        "content-type: application/x-www-form-urlencoded\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", page.port), timeout=60) as connection:
        connection.sendall(head.encode() + b"message=" + b"x" * 4000)
        assert b" 413 " in connection.recv(4096)
    assert page.get("/").status_code == 200

"""The worker process: reads requests from standard input, writes answers to standard output."""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from collections.abc import Mapping
from typing import BinaryIO

from agent.confined import allow_cpu, confine, peak
from agent.extract.documents import extract_document
from agent.model import Fetched


def main() -> None:
    """Serve until standard input ends.

    Whatever goes wrong with a document ends the process: the pool sees that and starts another.
    """
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # A library that prints must not write into the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits = json.loads(sys.argv[2])
    _load_libraries()
    ceiling = confine(int(limits["memory"]))
    while (request := _read(requests)) is not None:
        allow_cpu(int(limits["cpu"]))
        page, timezone = request
        answer = extract_document(page, timezone).model_dump_json().encode()
        if peak() > ceiling - int(limits["memory"]) // 8:
            # Parsers swallow failed allocations and go on with a part of the page.
            raise MemoryError
        answers.write(struct.pack(">I", len(answer)) + answer)
        answers.flush()


def _load_libraries() -> None:
    """Import and warm up what every page needs, before the limits hold."""
    import courlan
    import htmldate
    import trafilatura

    from agent.language.detect import detect

    courlan.clean_url("https://news.example/")
    detect("the model is loaded by its first text")
    assert trafilatura.__name__ and htmldate.__name__


def _read(stream: BinaryIO) -> tuple[Fetched, str] | None:
    sizes = stream.read(8)
    if len(sizes) < 8:
        return None
    head_size, body_size = struct.unpack(">II", sizes)
    head: Mapping[str, object] = json.loads(stream.read(head_size))
    body = stream.read(body_size)
    page = Fetched.model_validate({**dict(head["page"]), "body": body})  # type: ignore[call-overload]
    return page, str(head["timezone"])

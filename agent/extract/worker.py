"""The worker process: reads requests from standard input, writes answers to standard output."""

from __future__ import annotations

import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from agent.extract.documents import extract_document
from agent.model import Fetched

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.system",
    "os.posix_spawn",
    "ctypes.dlopen",
    "ftplib.",
    "urllib.",
)


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
        _allow_cpu(int(limits["cpu"]))
        page, timezone = request
        answer = extract_document(page, timezone).model_dump_json().encode()
        if _peak() > ceiling - int(limits["memory"]) // 8:
            # Parsers swallow failed allocations and go on with a part of the page.
            raise MemoryError
        answers.write(struct.pack(">I", len(answer)) + answer)
        answers.flush()


def _load_libraries() -> None:
    """Import and warm up what every page needs, before the limits hold."""
    import courlan
    import htmldate
    import trafilatura

    from agent.language import detect

    courlan.clean_url("https://news.example/")
    detect("the model is loaded by its first text")
    assert trafilatura.__name__ and htmldate.__name__


def confine(memory: int) -> int:
    """Limit memory to `memory` bytes above what is used now; forbid files to be written, sockets and processes.

    Returns the limit of the address space in bytes. It holds for the rest of the process's life.
    """
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[0]) if statm.exists() else 0
    ceiling = pages * resource.getpagesize() + memory
    for kind, value in ((resource.RLIMIT_AS, ceiling), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (value, value))
    sys.addaudithook(_refuse)
    return ceiling


def _peak() -> int:
    """Return the largest address space so far in bytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().split("\n") if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmPeak:")), 0)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def _allow_cpu(seconds: int) -> None:
    """Give the next document `seconds` of CPU time from now on; the kernel ends the process after that."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, hard))


def _read(stream: BinaryIO) -> tuple[Fetched, str] | None:
    sizes = stream.read(8)
    if len(sizes) < 8:
        return None
    head_size, body_size = struct.unpack(">II", sizes)
    head: Mapping[str, object] = json.loads(stream.read(head_size))
    body = stream.read(body_size)
    page = Fetched.model_validate({**dict(head["page"]), "body": body})  # type: ignore[call-overload]
    return page, str(head["timezone"])

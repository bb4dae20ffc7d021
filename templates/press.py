"""The press: prints PDFs in a process of its own that can be killed, with limits on its time and memory."""

from __future__ import annotations

import atexit
import json
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from agent.errors import RenderError
from agent.settings import library_environment
from templates.pdf import Assets

# The process gets the parent's module path by argument, since it gets no environment to find it by.
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from templates.presswork import main; main()"
_LARGEST_PDF = 1 << 30
_REMEDY = "the other formats are not affected; choose fewer articles (`articles` in the topic file) and render again"


@dataclass(frozen=True)
class PressLimits:
    """What one PDF may take: seconds of wall and CPU time, bytes of memory; a process prints `documents` at most."""

    wall: float = 240.0
    cpu: int = 180
    memory: int = 2 << 30
    documents: int = 50


class Press:
    """One process that prints, started ahead or when first needed and again after it died; safe for any threads."""

    def __init__(self, limits: PressLimits | None = None) -> None:
        self._limits = limits or PressLimits()
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def start(self) -> None:
        """Start the process without waiting, so that it loads WeasyPrint, Pango and the fonts meanwhile."""
        with self._lock:
            self._ready()

    def write_pdf(self, html: str, css: str, images: Assets, variant: str = "pdf/ua-1") -> bytes:
        """Return `html` as a PDF of `variant`, as `templates.pdf.write_pdf` does.

        Raises RenderError for the same reasons, and with a remedy when time or memory run out or the process dies.
        """
        with self._lock:
            worker = self._ready()
            try:
                kind, body = worker.ask(_request(html, css, images, variant))
            except (OSError, EOFError):
                self._drop()
                raise RenderError(f"PDF: {worker.why_it_ended()}; {_REMEDY}") from None
            if worker.documents >= self._limits.documents:
                self._drop()
        if kind == b"E":
            raise RenderError(body.decode())
        return body

    def close(self) -> None:
        """End the process. It is started again when needed."""
        with self._lock:
            self._drop()

    def _ready(self) -> _Worker:
        if self._worker is None or not self._worker.running:
            self._drop()
            self._worker = _Worker(self._limits)
        return self._worker

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _Worker:
    """The process and its pipes. A message is a length of four bytes (big-endian) and what is that long."""

    def __init__(self, limits: PressLimits) -> None:
        self._limits = limits
        self._late = threading.Event()
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the process)
        self._folder = tempfile.mkdtemp(prefix="shuho-press-")
        self.documents = 0
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and code)
            [
                sys.executable,
                "-I",
                "-c",
                _BOOT,
                json.dumps(sys.path),
                json.dumps({"memory": limits.memory, "cpu": limits.cpu, "folder": self._folder}),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            # Fontconfig keeps below the home folder what it knows of the system's fonts, which takes seconds to learn.
            env={**library_environment(), "LANG": "C.UTF-8", "TMPDIR": self._folder, "HOME": str(Path.home())},
        )

    @property
    def running(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def ask(self, request: bytes) -> tuple[bytes, bytes]:
        """Send one document and return the kind of the answer, P or E, and its body.

        Raises OSError or EOFError when the process died over it.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        self.documents += 1
        timer = threading.Timer(self._limits.wall, self._end_late)
        timer.start()
        try:
            stdin.write(request)
            stdin.flush()
            kind, length = struct.unpack(">cI", _exactly(stdout, 5))
            if length > _LARGEST_PDF:
                raise EOFError("the answer is too long")
            return kind, _exactly(stdout, length)
        finally:
            timer.cancel()

    def why_it_ended(self) -> str:
        """Say why the process is gone; call it after `end`."""
        limits = self._limits
        if self._late.is_set():
            return f"not printed within {limits.wall:g} s"
        if self._process.returncode == -signal.SIGXCPU:
            return f"not printed within {limits.cpu} s of CPU time"
        if re.search("MemoryError|alloc|memory", self._last_words):
            return f"printing takes more than {limits.memory >> 20} MB of memory"
        return f"the printing process ended ({self._last_words or self._process.returncode})"

    def end(self) -> None:
        """Kill the process, collect it and remove its files."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        self._said.seek(0)
        lines = self._said.read(1 << 20).decode(errors="replace").strip().splitlines()
        self._last_words = lines[-1][:200] if lines else ""
        self._said.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end_late(self) -> None:
        self._late.set()
        self._process.kill()


def _request(html: str, css: str, images: Assets, variant: str) -> bytes:
    texts = [html.encode("utf-8", "replace"), css.encode()]
    assets = [[address, media_type, len(body)] for address, (body, media_type) in images.items()]
    head = json.dumps({"variant": variant, "texts": [len(text) for text in texts], "assets": assets}).encode()
    return struct.pack(">I", len(head)) + head + b"".join([*texts, *(body for body, _ in images.values())])


def _exactly(stream: IO[bytes], length: int) -> bytes:
    body = stream.read(length)
    if len(body) < length:
        raise EOFError("the printing process ended")
    return body


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        # What it did not read any more is lost anyhow.
        return


_press = Press()
atexit.register(_press.close)
start = _press.start
write_pdf_apart = _press.write_pdf

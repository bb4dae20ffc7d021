"""The printing process: reads documents from standard input, writes PDFs to standard output."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import struct
import sys
import threading
import time
from typing import BinaryIO

from agent.confined import allow_cpu, confine, peak
from agent.errors import RenderError
from templates.pdf import Assets, write_pdf

_SHORTEST = '<html lang="en"><head><title>shuho</title></head><body><p>週報</p></body></html>'
_LARGEST_FILE = 64 << 20
"""WeasyPrint lays the two fonts, 17 MB each, down in the process's own folder."""


def main() -> None:
    """Serve until standard input ends.

    Whatever goes wrong with a document but for a RenderError ends the process: the press sees that and says why.
    """
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # A library that prints must not write into the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a document leaves behind is looked through once its PDF is on the way: a tenth of the time.
    gc.disable()
    limits = json.loads(sys.argv[2])
    memory = int(limits["memory"])
    threading.Thread(target=_leave_with, args=(os.getppid(), limits["folder"]), daemon=True).start()
    _load_libraries()
    ceiling = confine(memory, _LARGEST_FILE)
    while (request := _read(requests)) is not None:
        allow_cpu(int(limits["cpu"]))
        kind, body = _printed(*request)
        if peak() > ceiling - memory // 8:
            # A decoder that swallows a failed allocation leaves a picture out.
            raise MemoryError
        answers.write(struct.pack(">cI", kind, len(body)) + body)
        answers.flush()
        gc.collect()
    # A parent that was killed cannot do it any more.
    shutil.rmtree(limits["folder"], ignore_errors=True)


def _leave_with(parent: int, folder: str) -> None:
    """End the process when its parent is gone: a document of minutes would keep it at work for nobody."""
    while os.getppid() == parent:
        time.sleep(1)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def _load_libraries() -> None:
    """Import and warm up what every document needs, before the limits hold."""
    try:
        write_pdf(_SHORTEST, "", {})
    except RenderError:
        # Pango or a font is missing: the first document's answer says so.
        return


def _printed(html: str, css: str, images: Assets, variant: str) -> tuple[bytes, bytes]:
    try:
        return b"P", write_pdf(html, css, images, variant)
    except RenderError as error:
        return b"E", str(error).encode()


def _read(stream: BinaryIO) -> tuple[str, str, Assets, str] | None:
    size = stream.read(4)
    if len(size) < 4:
        return None
    head = json.loads(stream.read(*struct.unpack(">I", size)))
    html, css = (stream.read(int(length)).decode() for length in head["texts"])
    images = {
        str(address): (stream.read(int(length)), str(media_type)) for address, media_type, length in head["assets"]
    }
    return html, css, images, str(head["variant"])

"""A pool of worker processes that read pages: each can be killed, none is trusted."""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
import sys
from dataclasses import dataclass

from pydantic import ValidationError

from agent.model import Extracted, Fetched

# The worker gets the parent's module path by argument, since it gets no environment to find it by.
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from agent.extract.worker import main; main()"
_ANSWER_LIMIT = 16 << 20


@dataclass(frozen=True)
class ExtractLimits:
    """What one worker may use. Seconds of wall and CPU time for each document, bytes of memory, documents in all."""

    processes: int = 2
    wall: float = 30.0
    cpu: int = 20
    memory: int = 1 << 30
    documents: int = 200


class Extractor:
    """Reads pages in worker processes; safe to call from any number of tasks of one event loop."""

    def __init__(self, limits: ExtractLimits | None = None) -> None:
        self._limits = limits or ExtractLimits()
        self._slots: asyncio.LifoQueue[_Worker | None] = asyncio.LifoQueue()
        for _ in range(self._limits.processes):
            self._slots.put_nowait(None)
        self._workers: set[_Worker] = set()

    async def start(self) -> None:
        """Start the workers now, so that they load their libraries while the first pages are being fetched."""
        for _ in range(self._slots.qsize()):
            worker = self._slots.get_nowait()
            self._slots.put_nowait(worker or await self._new_worker())

    async def extract(self, page: Fetched, *, timezone: str = "UTC") -> Extracted:
        """Read one page or document.

        `timezone` (IANA) is where a date without an offset is meant: such a date becomes noon there, precision
        `day`. Never raises for bad input: `problem` is `parser_failed` when the parser ran out of time or memory or
        crashed, and its worker is replaced.
        """
        worker = await self._slots.get()
        done = False
        try:
            worker = worker or await self._new_worker()
            answer = await asyncio.wait_for(worker.ask(page, timezone), self._limits.wall)
            done = True
        except (TimeoutError, OSError, EOFError, ValidationError):
            answer = failed(page)
        finally:
            # A cancelled or failed request leaves an answer in the pipe that belongs to no one: start afresh.
            if worker is not None and (not done or worker.documents >= self._limits.documents):
                worker.kill()
                worker = None
            self._slots.put_nowait(worker)
        return answer

    async def aclose(self) -> None:
        """End every worker and wait until it is gone."""
        workers, self._workers = self._workers, set()
        for worker in workers:
            worker.kill()
        for worker in workers:
            await worker.wait()
        for _ in range(self._slots.qsize()):
            self._slots.get_nowait()
            self._slots.put_nowait(None)

    async def _new_worker(self) -> _Worker:
        limits = self._limits
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-c",
            _BOOT,
            json.dumps(sys.path),
            json.dumps({"memory": limits.memory, "cpu": limits.cpu}),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
            limit=_ANSWER_LIMIT,
        )
        worker = _Worker(process)
        self._workers.add(worker)
        return worker


def failed(page: Fetched) -> Extracted:
    """Return what stands for a page that the parser could not read."""
    return Extracted(
        url=page.url,
        canonical_url=page.final_url,
        title="",
        text="",
        language="und",
        published=None,
        problem="parser_failed",
    )


class _Worker:
    """One worker process. Messages are a length of four bytes (big-endian) and JSON; a page's body follows its."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.documents = 0

    async def ask(self, page: Fetched, timezone: str) -> Extracted:
        """Send one page and read what the worker made of it. Raises OSError or EOFError when it died."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise EOFError("the worker has no pipes")
        self.documents += 1
        head = json.dumps({"page": page.model_dump(mode="json", exclude={"body"}), "timezone": timezone}).encode()
        stdin.write(struct.pack(">II", len(head), len(page.body)) + head)
        stdin.write(page.body)
        await stdin.drain()
        (length,) = struct.unpack(">I", await stdout.readexactly(4))
        if length > _ANSWER_LIMIT:
            raise EOFError("the worker's answer is too long")
        return Extracted.model_validate_json(await stdout.readexactly(length))

    def kill(self) -> None:
        """End the process at once; its exit status is collected by the event loop."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def wait(self) -> None:
        """Return when the process is gone."""
        await self._process.wait()

"""What a worker process may still do once its libraries are loaded: compute, within limits that the kernel keeps."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

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


def confine(memory: int, file_bytes: int = 0) -> int:
    """Limit memory to `memory` bytes above what is used now and a file to `file_bytes`; forbid sockets and processes.

    Returns the limit of the address space in bytes. It holds for the rest of the process's life.
    """
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[0]) if statm.exists() else 0
    ceiling = pages * resource.getpagesize() + memory
    limits = ((resource.RLIMIT_AS, ceiling), (resource.RLIMIT_FSIZE, file_bytes), (resource.RLIMIT_CORE, 0))
    for kind, value in limits:
        resource.setrlimit(kind, (value, value))
    sys.addaudithook(_refuse)
    return ceiling


def allow_cpu(seconds: int) -> None:
    """Give the next piece of work `seconds` of CPU time from now on; the kernel ends the process after that."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, hard))


def peak() -> int:
    """Return the largest address space so far in bytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().split("\n") if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmPeak:")), 0)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)

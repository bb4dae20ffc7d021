"""Looks at a Chroma directory from a process of its own: a damaged one may crash or hang whoever opens it."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from agent.storage.chroma_client import open_client

SEAL = ".seal"
"""Names, sizes and times of the files as the last owner left them."""
_SECONDS = 10.0
# The child gets the parent's module path by argument, since it gets no environment to find it by.
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from agent.storage.chroma_probe import look; look(sys.argv[2])"
)


def fault_of(path: Path, seconds: float = _SECONDS) -> str:
    """Return what is wrong with the Chroma directory `path`, empty when nothing is.

    A directory that is as its last owner left it needs no look. Others are opened, counted and queried in a child
    process within `seconds`. Call it only with the lock on the directory.
    """
    if not (path / "chroma.sqlite3").exists():
        return "its database is missing" if any(child.is_dir() for child in path.iterdir()) else ""
    if is_sealed(path):
        return ""
    command = [sys.executable, "-I", "-c", _BOOT, json.dumps(sys.path), str(path)]
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter and code)
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={"LANG": "C.UTF-8", "ANONYMIZED_TELEMETRY": "False"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no answer within {seconds:g} s"
    if done.returncode == 0:
        return ""
    said = done.stderr.decode(errors="replace").strip().splitlines()
    return said[-1][:300] if said else f"whoever opens it crashes (code {done.returncode})"


def look(folder: str) -> None:
    """Open, count and query every collection; what is wrong raises. Runs in the child process."""
    client = open_client(Path(folder))
    collections = client.list_collections()
    if not collections:
        raise ValueError("it holds no collection")
    for collection in collections:
        count = collection.count()
        some = collection.get(limit=min(count, 10), include=["embeddings", "documents", "metadatas"])
        if len(some["ids"]) != min(count, 10):
            raise ValueError(f"{collection.name}: {count} rows are counted, {len(some['ids'])} found")
        if count:
            near = collection.query(query_embeddings=some["embeddings"], n_results=min(count, 3))
            if any(len(ids) != min(count, 3) for ids in near["ids"]):
                raise ValueError(f"{collection.name}: rows that are counted are not found")
    client.close()


def seal(path: Path) -> None:
    """Note how the files are, after the directory was closed in good order."""
    # Without a seal, on a full disk say, the next owner looks for itself.
    with contextlib.suppress(OSError):
        (path / SEAL).write_text(json.dumps(_files(path)), encoding="utf-8")


def unseal(path: Path) -> None:
    """Forget how the files are, before the directory is opened."""
    (path / SEAL).unlink(missing_ok=True)


def is_sealed(path: Path) -> bool:
    """Tell whether the files are as their last owner left them."""
    try:
        return bool(json.loads((path / SEAL).read_bytes()) == _files(path))
    except (FileNotFoundError, ValueError):
        return False


def _files(path: Path) -> Mapping[str, list[int]]:
    found = (child for child in path.rglob("*") if child.is_file() and child.name not in {SEAL, ".lock"})
    return {child.relative_to(path).as_posix(): [child.stat().st_size, child.stat().st_mtime_ns] for child in found}

"""Opens Chroma, and nothing else: the store and the process that examines a directory share it."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def load_chroma() -> None:
    """Import Chroma now (0.4 s), so that it is there when the store is opened."""
    import chromadb  # noqa: F401


def open_client(path: Path) -> Any:
    """Return Chroma's client of a directory; whoever calls it holds the directory's lock."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))

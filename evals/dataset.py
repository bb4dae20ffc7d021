"""Reads the rows of datasets, ours and those of others, and names what was read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from evals.result import DatasetUsed

T = TypeVar("T", bound=BaseModel)
_HERE = Path(__file__).resolve().parent


def read_dataset(name: str, row: type[T]) -> tuple[tuple[T, ...], DatasetUsed]:
    """Return the rows of `datasets/NAME.jsonl` and what to cite. Raises pydantic's ValidationError for a bad row."""
    path = _HERE / "datasets" / f"{name}.jsonl"
    rows = tuple(row.model_validate_json(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return rows, used(name, [path], len(rows))


def read_jsonl(path: Path) -> list[Mapping[str, object]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def used(name: str, files: Iterable[Path], rows: int) -> DatasetUsed:
    """Return what names a dataset: the hash covers the files' names and contents in order of their path."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return DatasetUsed(name=name, version=digest.hexdigest()[:12], rows=rows)


def sentences_of(row: Mapping[str, object], language: str) -> Sequence[str]:
    """Return the sentences of one language of an NTREX document, none when it lacks the language."""
    found = row.get(language)
    return [str(sentence) for sentence in found] if isinstance(found, list) else []

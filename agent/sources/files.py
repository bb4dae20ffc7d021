"""Local documents of a folder or glob beside the topic file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath

from agent.errors import SourceError
from agent.fetching.mirror import content_type, read_regular_file
from agent.model import Candidate, Gap
from agent.sources import FilesSource, Offer, SourceLimits
from agent.sources.gaps import gap_of

SUFFIXES = (".html", ".htm", ".md", ".txt", ".pdf", ".eml")


async def read_files(source: FilesSource, *, limits: SourceLimits) -> Offer:
    """Return one candidate for each readable document, in the order of their paths; others are gaps.

    Addresses are `file:` and the path relative to `source.base`, with `/`. Raises SourceError: refused_address when
    the path leaves the base, empty_source when nothing matches.
    """
    return await asyncio.to_thread(_read, source, limits)


def _read(source: FilesSource, limits: SourceLimits) -> Offer:
    candidates: list[Candidate] = []
    gaps: list[Gap] = []
    for path in islice(_matches(source), limits.files):
        name = path.relative_to(source.base).as_posix()
        try:
            body = read_regular_file(path, source.base, limits.file_bytes)
        except SourceError as error:
            gaps.append(gap_of(error, f"file:{name}"))
            continue
        except FileNotFoundError:
            gaps.append(Gap(stage="research", subject=f"file:{name}", reason="unreachable", detail="gone"))
            continue
        candidate = Candidate(url=f"file:{name}", source=source.label, body=body, content_type=content_type(name))
        candidates.append(candidate)
    if not candidates and not gaps:
        raise SourceError("empty_source", source.label, f"no {' '.join(SUFFIXES)} file")
    return Offer(tuple(candidates), tuple(gaps), len(candidates) + len(gaps))


def _matches(source: FilesSource) -> Iterator[Path]:
    pattern = PurePosixPath(source.path)
    if pattern.is_absolute() or ".." in pattern.parts or not source.path.strip():
        raise SourceError("refused_address", source.label, "must be a path inside the topic file's folder")
    for path in _found(source):
        hidden = any(part.startswith(".") for part in path.relative_to(source.base).parts)
        if not hidden and path.suffix.lower() in SUFFIXES and not path.is_dir():
            yield path


def _found(source: FilesSource) -> list[Path]:
    target = source.base / source.path
    if target.is_dir():
        return sorted(target.rglob("*"))
    if target.is_file():
        return [target]
    try:
        return sorted(source.base.glob(source.path))
    except ValueError as error:
        raise SourceError("empty_source", source.label, str(error)) from None

"""A folder that stands for some hosts, so that a recorded or written week can be read without a network."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from agent.errors import SourceError
from agent.fetching.fetch import Fetcher
from agent.model import Fetched

MAX_BYTES = 10_000_000
# No charset: a page from a folder declares its own, and so the detection is exercised as on the web.
_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/json",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".eml": "message/rfc822",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


def content_type(name: str) -> str:
    """Return the media type that a file's suffix stands for, without a charset."""
    return _TYPES.get(PurePosixPath(name.lower()).suffix, "application/octet-stream")


def read_regular_file(path: Path, root: Path, limit: int) -> bytes:
    """Return the bytes of a regular file under `root`.

    The last component may not be a symbolic link, and the folder it lies in, links resolved, must be inside `root`.
    Raises SourceError: refused_address outside of it or not a regular file, unreachable when it cannot be read,
    too_large above `limit` bytes; FileNotFoundError when there is none.
    """
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise SourceError("refused_address", str(path), "outside the folder")
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for ever for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except NotADirectoryError as error:
        raise FileNotFoundError(str(path)) from error
    except OSError as error:
        reason = "refused_address" if path.is_symlink() else "unreachable"
        raise SourceError(reason, str(path), error.strerror or "") from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("refused_address", str(path), "not a regular file")
        body = file.read(limit + 1)
    if len(body) > limit:
        raise SourceError("too_large", str(path), f"more than {limit} bytes")
    return body


class MirrorFetcher:
    """Reads every host that has a folder under `root` from `root/host/path`; all others from `fallback`.

    A path that ends in `/` is its `index.html`; query and fragment are ignored.
    """

    def __init__(self, root: Path, fallback: Fetcher) -> None:
        self._root = root
        self._fallback = fallback

    async def get(self, url: str, *, limit_bytes: int | None = None) -> Fetched:
        """Return the file that stands for `url`.

        Raises SourceError: http_error with detail 404 when there is none, refused_address for a path that leaves the
        host's folder, too_large.
        """
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        folder = self._root / host
        if parts.scheme not in ("http", "https") or not _is_plain(host) or not folder.is_dir():
            return await self._fallback.get(url, limit_bytes=limit_bytes)
        names = [name for name in unquote(parts.path).split("/") if name]
        if not all(_is_plain(name) for name in names):
            raise SourceError("refused_address", url, "leaves the host's folder")
        if not names or parts.path.endswith("/"):
            names.append("index.html")
        target = folder.joinpath(*names)
        if target.is_dir():
            raise SourceError("http_error", url, "404")
        try:
            body = read_regular_file(target, folder, limit_bytes or MAX_BYTES)
        except FileNotFoundError:
            raise SourceError("http_error", url, "404") from None
        except SourceError as error:
            raise SourceError(error.reason, url, error.detail) from None
        return Fetched(
            url=url,
            final_url=url,
            status=200,
            content_type=content_type(names[-1]),
            body=body,
            fetched_at=datetime.now(UTC),
        )


def _is_plain(name: str) -> bool:
    return bool(name) and not name.startswith(".") and not any(mark in name for mark in "\0/\\")

"""What was removed by wish and stays away: a list of hashed addresses in the data folder.

The hashes are salted, so that the list does not tell what was removed to someone who only reads it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.errors import SettingError
from agent.issue import write_whole
from agent.selection.dedupe import address_key

PURGED = "purged"
"""The file's name: a salt, then a line for each article with the hashes of its addresses."""


class PurgedAddresses:
    """The list in `folder`; there is none, and no file, until something is added."""

    def __init__(self, folder: Path) -> None:
        """Read the list. Raises SettingError when it cannot be read."""
        self._folder, self._path = folder, folder / PURGED
        self._salt, self._articles = self._read()

    def __contains__(self, address: object) -> bool:
        """Tell whether an address, in whatever form, was removed by wish."""
        if not self._articles:
            return False
        wanted = self._hash(str(address))
        return any(wanted in hashes for hashes in self._articles)

    def add(self, addresses: Iterable[str]) -> None:
        """Put an article's addresses on the list, on the disk when this returns. Raises SettingError."""
        with self._held():
            self._write([*self._articles, frozenset(self._hash(address) for address in addresses)])

    def remove(self, address: str) -> bool:
        """Take the article at an address off the list; tell whether it stood there. Raises SettingError."""
        with self._held():
            wanted = self._hash(address)
            left = [hashes for hashes in self._articles if wanted not in hashes]
            there = len(left) < len(self._articles)
            if there:
                self._write(left)
            return there

    def _hash(self, address: str) -> str:
        return hashlib.sha256(f"{self._salt} {address_key(address)}".encode()).hexdigest()

    def _read(self) -> tuple[str, list[frozenset[str]]]:
        try:
            salt, *lines = self._path.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return secrets.token_hex(16), []
        except (OSError, ValueError) as error:
            raise SettingError(f"{self._path}: the list of removed addresses cannot be read ({error})") from None
        return salt, [frozenset(line.split()) for line in lines]

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Let one process at a time change the list, each beginning with what the others have written."""
        try:
            handle = os.open(self._folder, os.O_RDONLY)
        except OSError as error:
            raise SettingError(f"{self._folder}: cannot be used ({error.strerror})") from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            self._salt, self._articles = self._read()
            yield
        finally:
            os.close(handle)

    def _write(self, articles: list[frozenset[str]]) -> None:
        lines = [self._salt, *(" ".join(sorted(hashes)) for hashes in articles)]
        write_whole(self._path, ("\n".join(lines) + "\n").encode())
        self._articles = articles

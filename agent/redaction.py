"""Takes keys, tokens and passwords out of what is written down about a run."""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "[hidden]"
_SHORTEST = 4
_KINDS = re.compile(
    r"AIza[0-9A-Za-z_-]{16,}"
    r"|\b(?:sk|tvly|pk|ghp|gho)-[0-9A-Za-z_-]{8,}"
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"
    r"|(?i:(?<=bearer )|(?<=basic ))[0-9A-Za-z._~+/=-]{6,}"
    r"|(?i:(?<=key=)|(?<=token=)|(?<=password=)|(?<=secret=))[^&\s\"',;]+"
)


class Redactor:
    """Hides secrets that are known, and what has the form of one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Take the secrets that are known. Values of fewer than 4 characters are words, not secrets."""
        known = sorted({s for s in secrets if len(s) >= _SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """Return a text without secrets."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        return _KINDS.sub(HIDDEN, text)

"""Finding the source's own words again."""

from __future__ import annotations

import unicodedata

from agent.model import Span

_FEWEST = 4
_MOST = 600
_SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "‑": "-"})


class SourceText:
    """A text in which evidence is looked up: exactly first, then blind to spaces, width and the form of quotes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: tuple[str, list[int]] | None = None

    def find(self, evidence: str) -> Span | None:
        """Return where `evidence` stands, verbatim, or None. Fewer than 4 or more than 600 characters prove nothing."""
        wanted = evidence.strip()
        if not _FEWEST <= len(wanted) <= _MOST:
            return None
        start = self.text.find(wanted)
        if start >= 0:
            return Span(text=wanted, start=start, end=start + len(wanted))
        return self._find_folded(wanted)

    def _find_folded(self, wanted: str) -> Span | None:
        if self._folded is None:
            self._folded = _fold(self.text)
        folded, origins = self._folded
        needle, _ = _fold(wanted)
        position = folded.find(needle) if len(needle) >= _FEWEST else -1
        if position < 0:
            return None
        start, end = origins[position], origins[position + len(needle) - 1] + 1
        return Span(text=self.text[start:end], start=start, end=end)


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the text in compatibility form without spaces, and for each of its characters where it came from."""
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for folded in unicodedata.normalize("NFKC", character).translate(_SAME):
            if not folded.isspace():
                characters.append(folded)
                origins.append(index)
    return "".join(characters), origins

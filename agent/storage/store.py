"""The shared vector store: articles of all weeks and their passages in Chroma, rebuilt from the record at any time.

Chroma lets one process own a directory (several corrupt it, measured), so opening takes a lock on the directory and
closing gives it back. Nothing lives only here.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agent.errors import SettingError
from agent.model import Article
from agent.storage.chroma_client import open_client
from agent.storage.chroma_probe import fault_of, seal, unseal
from agent.storage.embed import COMPARED_CHARACTERS, Encoder, Vectors, article_vectors
from agent.storage.passages import passages_of

# Cosine with a wide graph: the defaults (l2, narrow) lose rows that are there (docs/architecture.md, "Vector store").
_INDEX = {"hnsw": {"space": "cosine", "ef_construction": 400, "max_neighbors": 64, "ef_search": 400}}
_BATCH = 1000
_LOCK, _FILLING, _DATABASE = ".lock", ".filling", "chroma.sqlite3"
_LOG = logging.getLogger("shuho.store")


@dataclass(frozen=True)
class Hit:
    """An article or a passage near a query: `similarity` is the cosine, -1 to 1; `start` is a passage's offset."""

    article_id: str
    similarity: float
    text: str
    start: int = 0


@dataclass(frozen=True)
class Filing:
    """What the store knows of an article besides its text; every field can be asked for."""

    topic: str
    week: str
    category: str = ""
    number: int = 0


Refill = Callable[["ArticleStore"], None]


class ArticleStore:
    """Articles and passages with vectors of one encoder, in the directory `path`."""

    def __init__(self, path: Path, encoder: Encoder, wait: float = 120.0, refill: Refill | None = None) -> None:
        """Take what fills the store again when it was lost: it is called when the directory is damaged or new."""
        self.path = path
        self.encoder = encoder
        self._wait = wait
        self._refill = refill
        self._client: Any = None
        self._lock_file: int | None = None

    def __enter__(self) -> ArticleStore:
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> None:
        if self._client is not None:
            return
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock_file = _lock(self.path / _LOCK, self._wait)
        filling = self.path / _FILLING
        lost = self._emptied_if_damaged() or not (self.path / _DATABASE).exists() or filling.exists()
        unseal(self.path)
        self._client = open_client(self.path)
        self._articles = self._collection("articles")
        self._passages = self._collection("passages")
        if lost and self._refill is not None:
            # A kill on the way leaves a store in good order that lacks articles: the mark makes the next owner go on.
            filling.touch()
            self._refill(self)
            filling.unlink()

    def _emptied_if_damaged(self) -> bool:
        """Find damage from outside, since it may crash whoever opens the directory; say it and drop what is there."""
        fault = fault_of(self.path)
        if not fault:
            return False
        _LOG.warning("%s: the vector store is damaged (%s); it is rebuilt from the record", self.path, fault)
        for child in self.path.iterdir():
            if child.is_dir():
                shutil.rmtree(child)
            elif child.name != _LOCK:
                child.unlink()
        return True

    def _collection(self, kind: str) -> Any:
        name = f"{kind}-{self.encoder.name}"
        return self._client.get_or_create_collection(name, embedding_function=None, configuration=_INDEX)

    def close(self) -> None:
        """Give the directory back to other processes; the next use opens it again."""
        if self._client is not None:
            self._client.close()
            self._client = None
            seal(self.path)
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None

    # Writing

    def put(self, articles: Sequence[Article], filing: Mapping[str, Filing], vectors: Vectors | None = None) -> Vectors:
        """Store articles with what is known of them; return their vectors, shape (len(articles), dimensions)."""
        self._open()
        rows = self.vectors(articles) if vectors is None else vectors
        for first in range(0, len(articles), _BATCH):
            batch = articles[first : first + _BATCH]
            self._articles.upsert(
                ids=[a.id for a in batch],
                embeddings=rows[first : first + _BATCH],
                documents=[_document(a) for a in batch],
                metadatas=[_metadata(a, filing[a.id]) for a in batch],
            )
        return rows

    def refile(self, articles: Sequence[Article], filing: Mapping[str, Filing]) -> None:
        """Change what is known of stored articles; their vectors stay. Articles that are not stored are added."""
        self._open()
        stored = set(self._articles.get(ids=[a.id for a in articles], include=[])["ids"])
        known = [a for a in articles if a.id in stored]
        if known:
            self._articles.update(ids=[a.id for a in known], metadatas=[_metadata(a, filing[a.id]) for a in known])
        if missing := [a for a in articles if a.id not in stored]:
            self.put(missing, filing)

    def put_passages(self, articles: Sequence[Article], filing: Mapping[str, Filing]) -> None:
        """Store the passages of articles, for evidence look-up; an article's earlier passages go."""
        self._open()
        if articles:
            self._passages.delete(where={"article": {"$in": [a.id for a in articles]}})
        passages = [(article, start, text) for article in articles for start, text in passages_of(article)]
        rows = self.encoder.encode([text for _, _, text in passages])
        for first in range(0, len(passages), _BATCH):
            batch = passages[first : first + _BATCH]
            self._passages.upsert(
                ids=[f"{a.id}:{start}" for a, start, _ in batch],
                embeddings=rows[first : first + _BATCH],
                documents=[text for _, _, text in batch],
                metadatas=[
                    {"topic": filing[a.id].topic, "week": filing[a.id].week, "article": a.id, "start": start}
                    for a, start, _ in batch
                ],
            )

    def forget(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their passages."""
        if article_ids:
            self._open()
            self._articles.delete(ids=list(article_ids))
            self._passages.delete(where={"article": {"$in": list(article_ids)}})

    def clear(self) -> None:
        """Drop everything that this encoder stored, before a rebuild from the record."""
        self._open()
        for collection in (self._articles, self._passages):
            self._client.delete_collection(collection.name)
        self._articles, self._passages = self._collection("articles"), self._collection("passages")

    # Reading

    def vectors(self, articles: Sequence[Article]) -> Vectors:
        """Return the vectors by which articles are compared: the mean of title and text, shape (n, dimensions).

        Those that are stored are not made again, unless the article's words have changed.
        """
        self._open()
        stored = self._stored(articles)
        new = [article for article in articles if article.id not in stored]
        made = article_vectors(new, self.encoder)
        stored.update(zip([a.id for a in new], made, strict=True))
        rows = [stored[article.id] for article in articles]
        return np.stack(rows) if rows else made

    def _stored(self, articles: Sequence[Article]) -> dict[str, Vectors]:
        found: dict[str, Vectors] = {}
        for first in range(0, len(articles), _BATCH):
            batch = {article.id: _document(article) for article in articles[first : first + _BATCH]}
            rows = self._articles.get(ids=list(batch), include=["documents", "embeddings"])
            for id_, document, row in zip(rows["ids"], rows["documents"], rows["embeddings"], strict=True):
                if document == batch[id_]:
                    found[id_] = np.asarray(row, dtype=np.float32)
        return found

    def count(self) -> tuple[int, int]:
        """Return how many articles and passages are stored."""
        self._open()
        return int(self._articles.count()), int(self._passages.count())

    def near(self, query: str | Vectors, limit: int, where: Mapping[str, str] | None = None) -> list[Hit]:
        """Return the articles nearest to a text or a vector, nearest first; `where` fixes metadata fields."""
        return self.near_all(self._query_row(query), limit, where)[0]

    def near_all(self, rows: Vectors, limit: int, where: Mapping[str, str] | None = None) -> list[list[Hit]]:
        """Return the nearest articles of each row, nearest first."""
        self._open()
        return _hits_of_rows(self._articles, rows, limit, _where(where or {}))

    def evidence(self, claim: str, article_ids: Sequence[str], limit: int = 3) -> list[Hit]:
        """Return the passages of the given articles that are nearest to a claim, nearest first."""
        self._open()
        where = {"article": {"$in": list(article_ids)}}
        return _hits_of_rows(self._passages, self._query_row(claim), limit, where)[0]

    def _query_row(self, query: str | Vectors) -> Vectors:
        return self.encoder.encode([query]) if isinstance(query, str) else np.atleast_2d(query)


def _document(article: Article) -> str:
    return f"{article.title}\n{article.text[:COMPARED_CHARACTERS]}"


def _metadata(article: Article, filing: Filing) -> dict[str, str | int]:
    return {
        "topic": filing.topic,
        "week": filing.week,
        "category": filing.category,
        "number": filing.number,
        "language": article.language,
        "country": article.country,
        "outlet": article.outlet,
        "day": int(article.published_at.strftime("%Y%m%d")),
        "url": article.url,
    }


def _where(fields: Mapping[str, str]) -> dict[str, Any] | None:
    clauses = [{name: value} for name, value in fields.items()]
    if not clauses:
        return None
    return dict(clauses[0]) if len(clauses) == 1 else {"$and": clauses}


def _hits_of_rows(collection: Any, rows: Vectors, limit: int, where: dict[str, Any] | None) -> list[list[Hit]]:
    wanted = min(limit, int(collection.count()))
    if not wanted or not len(rows):
        return [[] for _ in rows]
    found = collection.query(
        query_embeddings=rows, n_results=wanted, where=where, include=["documents", "metadatas", "distances"]
    )
    return [
        [
            Hit(str(meta.get("article", id_)), 1 - float(distance), document, int(meta.get("start", 0)))
            for id_, meta, distance, document in zip(ids, metas, distances, documents, strict=True)
        ]
        for ids, metas, distances, documents in zip(
            found["ids"], found["metadatas"], found["distances"], found["documents"], strict=True
        )
    ]


def _lock(path: Path, wait: float) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(handle)
                raise SettingError(f"{path.parent}: another process has held the store for {wait:.0f} s") from None
            time.sleep(0.1)

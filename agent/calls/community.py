"""The one module that imports langchain-community, and the one place where its notice of sunset is silenced."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.caches import BaseCache


def answer_cache(path: Path) -> BaseCache:
    """Return a SQLite cache of model answers at `path`, for development runs.

    One process at a time. The key holds the prompt, the model and the schema; no secret is stored. Raises
    sqlalchemy.exc.OperationalError when the file cannot be opened.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from langchain_community.cache import SQLiteCache
    path.parent.mkdir(parents=True, exist_ok=True)
    cache: BaseCache = SQLiteCache(database_path=str(path))
    return cache

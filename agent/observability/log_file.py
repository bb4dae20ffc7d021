"""A run's log: one JSON object a line, with time, level, event, run, stage, article and milliseconds."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from agent.errors import SettingError
from agent.observability.observing import LOGGER
from agent.secrecy import redacted

LEVELS = ("debug", "info", "warning", "error")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"time": moment.replace("+00:00", "Z"), "level": record.levelname.lower(), "event": record.getMessage()}
        if record.name != LOGGER:
            told["logger"] = record.name
        fields = getattr(record, "fields", None)
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        line = {**told, **(fields if isinstance(fields, dict) else {})}
        return redacted(json.dumps(line, ensure_ascii=False, default=str))


@contextmanager
def logged_to(path: Path, level: str) -> Iterator[None]:
    """Append what happens in the block to the file at `path`, from `level` on; of other libraries, their warnings.

    Warnings still go to the error output. Raises SettingError for an unknown level or a file that cannot be written.
    """
    if level not in LEVELS:
        raise SettingError(f"SHUHO_LOG_LEVEL {level!r}: choose from {', '.join(LEVELS)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whatever is logged names articles and times of a person's work.
        path.touch(mode=0o600)
        handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise SettingError(f"{path}: the log cannot be written ({error.strerror})") from None
    handler.setFormatter(JsonLines())
    root, own = logging.getLogger(), logging.getLogger(LOGGER)
    before = own.level
    added: list[tuple[logging.Logger, logging.Handler]] = [(own, handler), (root, handler)]
    if not root.handlers and logging.lastResort is not None:
        # A handler at the root takes the place of the one that writes warnings to the error output.
        added.append((root, logging.lastResort))
    for logger, one in added:
        logger.addHandler(one)
    own.setLevel(level.upper())
    try:
        yield
    finally:
        own.setLevel(before)
        for logger, one in added:
            logger.removeHandler(one)
        handler.close()

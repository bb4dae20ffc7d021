"""Keeps secrets out of whatever is printed or stored.

Who comes to hold a secret says so with `keep_secret`. It is taken out where text comes in that could carry it: answers
of models and of the search source, the messages of our errors, gaps, log records, and tracebacks.
"""

from __future__ import annotations

import base64
import json
import logging
import secrets
import sys
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any
from urllib.parse import quote, quote_plus, unquote, urlsplit

_SHORTEST = 8
"""Characters: what is shorter is no secret, and would be found in plain words."""
_PLACE = "[secret]"
_NAMES = ("KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIALS")
_forms: dict[str, None] = {}


def keep_secret(*values: str | None) -> None:
    """Take these values out of everything from now on, also in the forms that addresses, JSON and base64 give them.

    Of an address with a password, the password is kept secret too. Values of less than 8 characters are let be.
    """
    for value in values:
        for secret in _secrets_in(value or ""):
            if len(secret) >= _SHORTEST:
                _forms.update(dict.fromkeys(_forms_of(secret)))
    ordered = sorted(_forms, key=len, reverse=True)
    _forms.clear()
    _forms.update(dict.fromkeys(ordered))


def new_secret() -> str:
    """Return a random key of 32 characters that fits into an address, and keep it secret."""
    made = secrets.token_urlsafe(24)
    keep_secret(made)
    return made


def keep_environment_secret(environment: Mapping[str, str]) -> None:
    """Keep secret what variables hold whose names end as those of secrets do, and passwords in addresses."""
    for name, value in environment.items():
        if name.upper().endswith(_NAMES):
            keep_secret(value)
        elif "://" in value and "@" in value:
            keep_secret(_password(value))


def redacted(text: str) -> str:
    """Return a text with every secret in it replaced by `[secret]`."""
    for form in _forms:
        if form in text:
            text = text.replace(form, _PLACE)
    return text


def guard_logs() -> None:
    """Redact every log record and every traceback of this process from now on."""
    if getattr(sys.excepthook, "redacts", False):
        return
    make = logging.getLogRecordFactory()

    def record(*args: Any, **kwargs: Any) -> logging.LogRecord:
        made = make(*args, **kwargs)
        made.msg, made.args = redacted(made.getMessage()), None
        if made.exc_info and made.exc_info[1] is not None:
            # Formatters take the text that is there already.
            made.exc_text = redacted("".join(traceback.format_exception(made.exc_info[1])).rstrip())
        return made

    def hook(kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        sys.stderr.write(redacted("".join(traceback.format_exception(kind, error, place))))

    hook.redacts = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(record)
    sys.excepthook = hook


def _secrets_in(value: str) -> tuple[str, ...]:
    value = value.strip()
    return (value, _password(value)) if "://" in value else (value,)


def _password(address: str) -> str:
    try:
        return urlsplit(address).password or ""
    except ValueError:
        return ""


def _forms_of(secret: str) -> tuple[str, ...]:
    plain = unquote(secret)
    encoded = base64.b64encode(secret.encode()).decode().rstrip("=")
    return (secret, plain, quote(plain, safe=""), quote_plus(plain), json.dumps(plain)[1:-1], encoded)

"""From the exceptions of the providers' clients to our error tree.

They are told apart by shape, not by class: google-genai raises through httpx or aiohttp, whichever is installed, and
a provider's package may be absent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agent.errors import (
    AnswerBlocked,
    AnswerInvalid,
    AnswerTruncated,
    ModelRefused,
    QuotaReached,
    RateLimited,
    ServiceUnavailable,
    ShuhoError,
)

_TRANSPORT = frozenset(
    {
        "TransportError",  # httpx, httpcore
        "ClientConnectionError",  # aiohttp
        "ClientPayloadError",  # aiohttp
        "APIConnectionError",  # openai, anthropic
        "ModelConnectionError",  # langchain-core
        "ModelTimeoutError",  # langchain-core
    }
)
_RETRY_LATER = frozenset({408, 409, 425})


@dataclass(frozen=True)
class _Status:
    code: int
    details: str
    """The error body as JSON text."""
    headers: Mapping[str, str]


def classify(error: BaseException) -> ShuhoError | None:
    """Return the error of our tree that a client's exception stands for, or None when it is a mistake of a program."""
    if isinstance(error, ShuhoError):
        return error
    names = {kind.__name__ for link in _chain(error) for kind in type(link).__mro__}
    if "LengthFinishReasonError" in names:
        return AnswerTruncated("the answer stopped at the output limit; answer more briefly")
    if names & {"ContentFilterFinishReasonError", "ModelRefusalError"}:
        return AnswerBlocked("the answer was blocked; answer in your own neutral words")
    if "ContextOverflowError" in names:
        return AnswerInvalid("the request is longer than the model's context")
    status = _status(error)
    if status is not None:
        return _by_status(status)
    if isinstance(error, (OSError, TimeoutError)) or names & _TRANSPORT:
        return ServiceUnavailable(f"the model cannot be reached ({type(error).__name__}: {error})")
    if isinstance(error, json.JSONDecodeError):
        # A gateway's HTML page under any status: google-genai parses the body before it looks at the status.
        return ServiceUnavailable("the provider's response is not JSON")
    return None


def _by_status(status: _Status) -> ShuhoError:
    message = f"HTTP {status.code} from the model: {_message(status.details)}"
    if status.code == 429:
        delay = _delay(status)
        if re.search(r"PerDay|per day|insufficient_quota", status.details):
            return QuotaReached(f"the provider's quota for the day is used up ({_message(status.details)})")
        return RateLimited(message, delay)
    if status.code >= 500 or status.code in _RETRY_LATER:
        return ServiceUnavailable(message, _delay(status))
    # Some providers end their message with a full stop.
    return ModelRefused(f"{message.rstrip('.')}. {_remedy(status)}")


def _remedy(status: _Status) -> str:
    if status.code in {401, 403} or "API_KEY" in status.details or "API key" in status.details:
        return "Check the API key, and that it may use this model."
    if status.code == 404:
        return "Check the model's name and the base URL."
    return "The provider does not accept this form of request: check the model's name and what it supports."


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__


def _status(error: BaseException) -> _Status | None:
    found: _Status | None = None
    for link in _chain(error):
        code = getattr(link, "status_code", None) or getattr(link, "code", None)
        if not isinstance(code, int) or code < 400:
            continue
        body = getattr(link, "details", None) or getattr(link, "body", None) or str(link)
        headers = getattr(getattr(link, "response", None), "headers", None) or {}
        details = json.dumps(body, ensure_ascii=False, default=str)
        found = _Status(code, details, {name.lower(): value for name, value in headers.items()})
    return found


def _message(details: str) -> str:
    match = re.search(r'"message": "((?:[^"\\]|\\.)*)"', details)
    text: str = json.loads(f'"{match[1]}"') if match else details.strip('"')
    return " ".join(text.split())[:200]


def _delay(status: _Status) -> float | None:
    told = re.search(r'"retryDelay": "(\d+(?:\.\d+)?)s"', status.details)
    if told:
        return float(told[1])
    header = status.headers.get("retry-after", "")
    if re.fullmatch(r"\d+(\.\d+)?", header):
        return float(header)
    said = re.search(r"[Rr]etry in (\d+(?:\.\d+)?)s", status.details)
    return float(said[1]) if said else None

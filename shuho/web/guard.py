"""What stands before every page: whose requests are let in, how large they may be, what a browser may load."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.secrecy import new_secret

MOST_BYTES = 1_000_000
"""Of one request's body."""
COOKIE = "shuho_key"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Door:
    """Where the page is served. `key` is what a browser must bring, empty when only this machine can connect."""

    host: str
    port: int
    key: str = ""

    @property
    def address(self) -> str:
        """The address to open, with the key when one is needed."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}/" + (f"?key={self.key}" if self.key else "")

    def knows(self, host: str) -> bool:
        """Tell whether a Host header names this server: a name that an attacker's DNS points here is refused."""
        parts = urlsplit(f"//{host}")
        try:
            name, port = parts.hostname or "", parts.port or 80
        except ValueError:
            return False
        if port != self.port or parts.username is not None:
            return False
        return name in _LOCAL or name == self.host.lower() or (_is_wildcard(self.host) and _is_address(name))


def door(host: str, port: int) -> Door:
    """Return the door for a host; one that other machines can reach gets a random key."""
    return Door(host, port, "" if host in _LOCAL else new_secret())


def _is_wildcard(host: str) -> bool:
    return host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused request, hand on any other with its body limited and its answer's headers set."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        body = _Limited(receive)
        await self._app(scope, body, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "")
        if not self._door.knows(host):
            return PlainTextResponse("This host name is not served here.", 421)
        if scope["method"] not in _SAFE | {"POST"}:
            return PlainTextResponse("Method not allowed.", 405)
        if (answer := self._key_refusal(scope, headers)) is not None:
            return answer
        if scope["method"] == "POST" and not _from_here(headers, host):
            return PlainTextResponse("The request came from another site.", 403)
        length = headers.get(b"content-length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return PlainTextResponse(f"A request may have {MOST_BYTES:,} bytes.", 413)
        return None

    def _key_refusal(self, scope: Scope, headers: dict[bytes, str]) -> Response | None:
        key = self._door.key
        if not key:
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if scope["method"] == "GET" and hmac.compare_digest(given.encode(), key.encode()):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(COOKIE, key, httponly=True, samesite="strict", path="/")
            return answer
        if hmac.compare_digest(_cookie(headers).encode(), key.encode()):
            return None
        return PlainTextResponse("Open the address that `shuho serve` printed: it holds the key.", 401)


def _cookie(headers: dict[bytes, str]) -> str:
    try:
        found = SimpleCookie(headers.get(b"cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _from_here(headers: dict[bytes, str], host: str) -> bool:
    """Tell whether a change comes from a page of this server; old browsers send neither header, and need the token."""
    if headers.get(b"sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get(b"origin")
    return origin is None or origin == f"http://{host}"


class _Limited:
    """A request's body that ends the request when it grows too large, whatever its header said."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._count = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._count += len(message.get("body", b""))
            if self._count > MOST_BYTES:
                return {"type": "http.disconnect"}
        return message


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            extra = [(name, value) for name, value in _HEADERS if name not in given]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return sending

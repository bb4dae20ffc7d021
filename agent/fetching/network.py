"""The only way out: a client that checks the address it really connects to, and reads bounded answers.

Every name is resolved here, once for each connection; every address of the answer must be public, and the connection
goes to one of those very addresses. A second look-up by somebody else cannot change it (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpcore
import httpx

from agent.errors import SourceError
from agent.fetching.inflate import BodyReader, Caps

MAX_URL = 2048
_PORTS = {"http": 80, "https": 443}
_CHUNK = 64 * 1024
# Addresses that carry an IPv4 address inside: NAT64 (well-known and local), IPv4-compatible, IPv4-translated.
_6TO4_RELAY = IPv4Network("192.88.99.0/24")
_CARRIERS = tuple(IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96"))

Resolver = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""(host, port) -> all its addresses; raises OSError when there are none."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is on the public internet, with no other address hidden inside it."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local:
        return False
    if isinstance(ip, IPv4Address):
        return ip not in _6TO4_RELAY
    hidden = ip.ipv4_mapped is not None or ip.sixtofour is not None or ip.teredo is not None
    return not (hidden or ip.is_site_local or ip.scope_id or any(ip in net for net in _CARRIERS))


def check_url(url: str, *, any_port: bool) -> str:
    """Return `url` without its fragment, in normal form.

    Raises SourceError (refused_address) for another scheme than http and https, a user name, a port other than the
    scheme's own (unless `any_port`), no host, or more than 2,048 characters.
    """
    if len(url) > MAX_URL:
        raise SourceError("refused_address", url[:80] + "…", f"longer than {MAX_URL} characters")
    try:
        parsed = httpx.URL(url.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise SourceError("refused_address", url, str(error)) from None
    if parsed.scheme not in _PORTS or not parsed.host:
        raise SourceError("refused_address", url, "only http and https")
    if parsed.userinfo:
        raise SourceError("refused_address", url, "user name in the address")
    if parsed.port not in (None, _PORTS[parsed.scheme]) and not any_port:
        raise SourceError("refused_address", url, f"port {parsed.port}")
    return str(parsed)


async def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """Return all addresses that the system knows for `host`. Raises OSError when there are none."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, resolver: Resolver, allow_private: bool) -> None:
        self._resolver = resolver
        self._allow_private = allow_private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._addresses(host, port, timeout)
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("the name has no address")

    async def _addresses(self, host: str, port: int, seconds: float | None) -> tuple[str, ...]:
        try:
            async with asyncio.timeout(seconds):
                addresses = await self._resolver(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from None
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name does not resolve: {error}") from error
        refused = [address for address in addresses if not (self._allow_private or is_public(address))]
        if refused:
            raise SourceError("refused_address", host, f"resolves to {refused[0]}")
        return addresses

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise SourceError("refused_address", path, "a local socket")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True)
class Answer:
    """One answer of a server. `headers` have lower-case names; `body` is empty unless the status is 2xx."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class GuardedClient:
    """Sends GET requests to public addresses, with no cookies, no proxies, no credentials and TLS always verified.

    `connect` and `idle` are seconds for one connection and between two reads.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        connect: float,
        idle: float,
        connections: int,
        allow_private: bool,
        resolver: Resolver,
    ) -> None:
        tls = httpx.create_ssl_context(trust_env=False)
        transport = httpx.AsyncHTTPTransport(verify=tls, trust_env=False)
        # httpx has no public way to hand a network backend to its transport: the pool is replaced by one that has it.
        transport._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=connections,
            keepalive_expiry=5.0,
            network_backend=_GuardedBackend(resolver, allow_private),
        )
        self._client = httpx.AsyncClient(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(idle, connect=connect),
            headers={"user-agent": user_agent, "accept-encoding": "gzip, deflate", "accept": "*/*"},
        )

    async def get(self, url: str, headers: Mapping[str, str], caps: Caps, seconds: float) -> Answer:
        """Return the answer of one address, whatever its status; no redirect is followed.

        Raises SourceError: unreachable (no connection, broken off, more than `seconds` in all), refused_address,
        too_large, undecodable.
        """
        try:
            async with asyncio.timeout(seconds), self._client.stream("GET", url, headers=dict(headers)) as response:
                body = await self._body(response, url, caps) if 200 <= response.status_code < 300 else b""
                return Answer(response.status_code, dict(response.headers), body)
        except TimeoutError:
            raise SourceError("unreachable", url, "took too long") from None
        except httpx.TimeoutException as error:
            raise SourceError("unreachable", url, f"no answer in time ({type(error).__name__})") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError("unreachable", url, str(error) or type(error).__name__) from None

    async def _body(self, response: httpx.Response, url: str, caps: Caps) -> bytes:
        reader = BodyReader(url, response.headers.get("content-encoding", ""), caps)
        async for raw in response.aiter_raw(_CHUNK):
            reader.feed(raw)
            if reader.full:
                break
        return reader.finish()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

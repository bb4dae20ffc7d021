"""The server: uvicorn's own, but open streams end when it stops, so that it stops at once."""

from __future__ import annotations

import socket

import uvicorn

from shuho.web.app import Served

_GRACE = 2
"""Seconds that requests have to end when the server stops."""
_MOST_CONNECTIONS = 200


class PageServer(uvicorn.Server):
    """Serves the page."""

    def __init__(self, served: Served) -> None:
        super().__init__(
            uvicorn.Config(
                served.app,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=_GRACE,
                limit_concurrency=_MOST_CONNECTIONS,
                ws="none",
            )
        )
        self._streams = served.streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then stop."""
        self._streams.close()
        await super().shutdown(sockets)

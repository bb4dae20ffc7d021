"""Every known way to make WeasyPrint fetch or read something, and a server and a hook that notice it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
WAYS = {
    "img": '<img src="{url}">',
    "picture": '<picture><source srcset="{url}"><img src="{url}"></picture>',
    "video poster": '<video poster="{url}" src="{url}">x</video>',
    "input image": '<input type="image" src="{url}">',
    "object": '<object data="{url}">x</object>',
    "embed": '<embed src="{url}">',
    "iframe": '<iframe src="{url}"></iframe>',
    "link stylesheet": '<link rel="stylesheet" href="{url}">',
    "link attachment": '<link rel="attachment" href="{url}">',
    "link icon": '<link rel="icon" href="{url}">',
    "a attachment": '<a rel="attachment" href="{url}">x</a>',
    "base": '<base href="{url}"><img src="x.png"><link rel="stylesheet" href="y.css">',
    "meta refresh": '<meta http-equiv="refresh" content="0;url={url}">',
    "xml stylesheet": '<?xml-stylesheet href="{url}"?><p>x</p>',
    "@import": '<style>@import url("{url}");</style>',
    "@font-face": '<style>@font-face{{font-family:F;src:url("{url}")}} p{{font-family:F}}</style><p>x</p>',
    "@color-profile": '<style>@color-profile device-cmyk{{src:url("{url}")}}</style><p>x</p>',
    "background-image": '<p style="background-image:url({url})">x</p>',
    "content": '<style>p::before{{content:url("{url}")}}</style><p>x</p>',
    "list-style-image": '<ul><li style="list-style-image:url({url})">x</li></ul>',
    "border-image": '<p style="border:9px solid;border-image-source:url({url})">x</p>',
    "@page background": '<style>@page{{background:url("{url}");@top-left{{content:url("{url}")}}}}</style><p>x</p>',
    "mask": '<p style="mask-image:url({url});clip-path:url({url}#c);filter:url({url}#f);cursor:url({url}),auto">x</p>',
    "presentational hint": '<table background="{url}"><tr><td background="{url}">x</td></tr></table>',
    "svg image": f'{_SVG}<image href="{{url}}" width="9" height="9"/></svg>',
    "svg use": f'{_SVG}<use href="{{url}}#a"/></svg>',
    "svg style": f'{_SVG}<style>@import "{{url}}";</style><rect fill="url({{url}}#p)" width="9" height="9"/></svg>',
    "svg in data": f"<img src=\"data:image/svg+xml,{quote(_SVG)}%3Cimage href='{{url}}' width='9'/%3E%3C/svg%3E\">",
    "redirect": '<img src="{url}?redirect"><link rel="stylesheet" href="{url}?redirect">',
}
_watched: dict[str, list[str]] = {}


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _watched and isinstance(arguments[0], (str, bytes, Path)):
        opened = arguments[0].decode(errors="replace") if isinstance(arguments[0], bytes) else str(arguments[0])
        if opened in _watched:
            _watched[opened].append(opened)


sys.addaudithook(_hook)


@contextmanager
def watching_reads(path: Path) -> Iterator[list[str]]:
    """Yield a list that grows by an entry whenever the program opens `path`."""
    _watched[str(path)] = []
    try:
        yield _watched[str(path)]
    finally:
        del _watched[str(path)]


@contextmanager
def recording_server() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server on this machine, and the list of what was asked of it."""
    asked: list[str] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if "redirect" in self.path:
                self.send_response(302)
                self.send_header("Location", "/redirected")
            else:
                self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/planted", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""The page served for real on 127.0.0.1, and a browser without a script."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from agent.revision.versions import Versions
from agent.settings import Settings
from shuho.revising import ReviseOptions
from shuho.web.app import ServeOptions, build_site
from shuho.web.guard import Door
from shuho.web.server import PageServer
from tests.agent.revision.issues import SmallIssue

ISSUE = "/reports/ai/2026-W15"


class Reader:
    """Asks for pages and fills in forms as a browser without a script does."""

    def __init__(self, port: int, issue: SmallIssue, server: PageServer) -> None:
        self.port = port
        self.server = server
        self.issue = issue
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)

    @property
    def versions(self) -> Versions:
        """The versions of the issue on disk."""
        return self.issue.versions

    @property
    def body(self) -> bytes:
        """`report.json` on disk."""
        return self.issue.folder.body()

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a page."""
        return self.http.get(path, headers={"accept-language": "en", **headers})

    def token(self) -> str:
        """Return the token that the page's forms hold."""
        found = re.search(r'name="token" value="([^"]+)"', self.get("/").text)
        assert found is not None
        return found[1]

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> httpx.Response:
        """Send a form with the page's token; cookies are not kept."""
        answer = self.http.post(path, data={"token": self.token(), **fields}, headers=headers)
        self.http.cookies.clear()
        return answer

    def ask(self, message: str, section: str = "") -> str:
        """Send a message and return the page that follows."""
        answer = self.post(f"{ISSUE}/ask", {"message": message, "section": section})
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"]).text

    def hidden(self, page: str, name: str) -> str:
        """Return what a hidden field of a page holds, empty when there is none."""
        found = re.search(rf'name="{name}" value="([^"]*)"', page)
        return found[1] if found else ""


def out_of(issue: SmallIssue) -> Path:
    """Lay an issue's record where the program has it; return the output folder."""
    out = issue.root / "out"
    (out / ".shuho").mkdir(exist_ok=True)
    for path in issue.root.glob("record.sqlite*"):
        shutil.copy(path, out / ".shuho" / path.name)
    return out


@contextmanager
def served(
    issue: SmallIssue,
    topics: Path | None = None,
    host: str = "127.0.0.1",
    key: str = "",
    model: str = "",
) -> Iterator[Reader]:
    """Serve an issue on a free port until the end of the block; `model` is the address of a Gemini server."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        out = out_of(issue)
        engine = ReviseOptions(out, "model" if model else "extractive")
        settings = Settings(google_api_key="k", google_base_url=model) if model else Settings()
        options = ServeOptions(out, topics or issue.root / "topics", engine)
        server = PageServer(build_site(options, settings, Door(host, port, key)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        reader = Reader(port, issue, server)
        try:
            yield reader
        finally:
            reader.http.close()
            server.should_exit = True
            thread.join(30)
            assert not thread.is_alive(), "the server does not stop"

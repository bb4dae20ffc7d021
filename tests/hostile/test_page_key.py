"""The key that a page for other machines demands, and the token of its forms: stored nowhere and told nowhere."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from tests.agent.revision.issues import write_issue
from tests.faults.child import environment
from tests.servers.gemini import GeminiServer, Question
from tests.servers.revision_answer import RevisionAnswer
from tests.shuho.web.page import ISSUE, out_of

HOST = "127.0.0.2"
"""Answers on this machine alone, yet is none of the names that need no key."""


class Telling(RevisionAnswer):
    """Answers truly, and repeats in every field what it was asked."""

    def __call__(self, question: Question) -> dict[str, object]:
        """Return the answer with the question in it."""
        answer = super().__call__(question)
        return {name: f"{value} {question.user}" if name == "instruction" else value for name, value in answer.items()}


@dataclass(frozen=True)
class Page:
    """A served page that has let us in. `key` is the address's, `token` that of its forms."""

    http: httpx.Client
    key: str
    token: str
    page: str

    def ask(self, message: str) -> str:
        """Send a message as a browser without a script does; return the page that follows."""
        fields = {"token": self.token, "message": message, "section": "outlook"}
        answer = self.http.post(f"{ISSUE}/ask", data=fields)
        assert answer.status_code == 303, answer.text
        return self.http.get(answer.headers["location"]).text


@contextmanager
def opened(out: Path, log: Path, model: str) -> Iterator[Page]:
    """Serve `out` by the real command in a process of its own, all that it prints but the address in `log`."""
    boot = "from shuho.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        boot,
        "serve",
        "--host",
        HOST,
        "--port",
        "0",
        "--out",
        str(out),
        "--engine",
        "model",
    ]
    with (
        log.open("wb") as printed,
        subprocess.Popen(
            command, cwd=out.parent, env=environment(model), stdout=subprocess.PIPE, stderr=printed, text=True
        ) as child,
    ):
        try:
            assert child.stdout is not None
            address = urlsplit(child.stdout.readline().strip())
            key = parse_qs(address.query)["key"][0]
            with httpx.Client(base_url=f"http://{HOST}:{address.port}", timeout=60, trust_env=False) as http:
                shown = http.get("/", params={"key": key}, follow_redirects=True)
                token = re.search(r'name="token" value="([^"]+)"', shown.text)
                assert token is not None, shown.text
                yield Page(http, key, token[1], shown.text)
        finally:
            child.terminate()
            more = child.stdout.read() if child.stdout is not None else ""
            printed.write(more.encode())


def forms(secret: str) -> list[bytes]:
    """Return the secret as it may lie in a file."""
    return [secret.encode(), quote(secret, safe="").encode(), base64.b64encode(secret.encode()).rstrip(b"=")]


@pytest.mark.allow_hosts(["127.0.0.1", HOST])
def test_the_key_and_the_token_of_the_page_are_nowhere(tmp_path: Path) -> None:
    out, log = out_of(write_issue(tmp_path)), tmp_path / "printed"
    with GeminiServer(Telling()) as model, opened(out, log, model.url) as page:
        wish = f"Say it in a livelier way, as http://{HOST}/?key={page.key} and the token {page.token} say."
        shown = page.ask(wish)
        refused = [page.http.get(f"/nothing?key={page.key}x"), page.http.get(f"/nothing/{page.token}")]
        asked = "".join(question.user + question.system for question in model.requests)
        secrets = (page.key, page.token)
    assert "Say it in a livelier way" in asked
    assert [answer.status_code for answer in refused] == [404, 404]
    assert [name for name in secrets if name in asked] == []
    # A form has the token, and nothing else on the page.
    fields = f'name="token" value="{page.token}"'
    assert [name for name in secrets if name in "".join([shown, page.page]).replace(fields, "")] == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    wanted = [form for secret in secrets for form in forms(secret)]
    assert any(b"[secret]" in path.read_bytes() for path in files)
    assert [str(path) for path in files if any(form in path.read_bytes() for form in wanted)] == []

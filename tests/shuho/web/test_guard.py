"""Who is let in, and what of a request: over real connections."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from shuho.web.guard import Door, door
from tests.agent.revision.issues import SmallIssue
from tests.shuho.web.page import ISSUE, Reader, served

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("[::1]:{port}", 200),
        ("127.0.0.1", 421),
        ("127.0.0.1:1", 421),
        ("evil.example:{port}", 421),
        ("127.0.0.1.evil.example:{port}", 421),
        ("user@127.0.0.1:{port}", 421),
        ("192.168.0.7:{port}", 421),
        ("", 421),
    ],
)
def test_only_its_own_name_is_served(page: Reader, host: str, status: int) -> None:
    assert page.get("/", host=host.format(port=page.port)).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"origin": "http://127.0.0.1:{port}"}, 303),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "https://127.0.0.1:{port}"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_no_other_site_can_post(page: Reader, headers: dict[str, str], status: int) -> None:
    sent = {name: value.format(port=page.port) for name, value in headers.items()}
    assert page.post("/language", {"language": "ja"}, **sent).status_code == status


@pytest.mark.parametrize(
    "path", ["/language", "/runs", "/runs/stop", f"{ISSUE}/ask", f"{ISSUE}/decide", f"{ISSUE}/step"]
)
@pytest.mark.parametrize("token", [{}, {"token": ""}, {"token": "guess"}])
def test_every_change_needs_the_token(page: Reader, path: str, token: dict[str, str]) -> None:
    before = page.body
    assert page.http.post(path, data={"message": "undo", "way": "undo", **token}).status_code == 403
    assert page.http.get(path).status_code in {404, 405}
    assert page.body == before


@pytest.mark.parametrize(
    "path",
    [
        "/reports/..%2f..%2fetc/2026-W15",
        "/reports/.shuho/2026-W15",
        "/reports/ai/..",
        "/reports/ai/2026-W15%00",
        "/reports/*/2026-W15",
        f"{ISSUE}/files/..%2f..%2f.shuho%2frecord.sqlite",
        f"{ISSUE}/files/run.json",
        f"{ISSUE}/files/.lock",
        f"{ISSUE}?version=..%2f..%2freport",
        f"{ISSUE}?version=9999",
        "/static/..%2fapp.py",
        "/static/../app.py",
        "/runs/1",
        "/runs/%2e%2e",
        "/openapi.json",
        "/docs",
    ],
)
def test_no_name_of_an_address_becomes_a_path(page: Reader, path: str) -> None:
    answer = page.get(path)
    assert answer.status_code == 404
    assert "There is no such page." in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(page: Reader, method: str) -> None:
    assert page.http.request(method, "/").status_code == 405


def test_large_bodies_are_refused(page: Reader) -> None:
    large = {"message": "x" * 1_000_001}
    form = {"content-type": "application/x-www-form-urlencoded"}

    def chunks() -> Iterator[bytes]:
        yield b"token=" + page.token().encode() + b"&message="
        for _ in range(11):
            yield b"x" * 100_000

    assert page.http.post(f"{ISSUE}/ask", data=large).status_code == 413
    assert page.http.post(f"{ISSUE}/ask", content=chunks(), headers=form).status_code == 413
    assert (
        page.http.post(f"{ISSUE}/ask", content=b"{}", headers={"content-type": "application/json"}).status_code == 415
    )
    assert page.post(f"{ISSUE}/ask", {"message": "x" * 8001}).status_code == 413
    assert page.post(f"{ISSUE}/ask", {str(i): "x" for i in range(30)}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/", ISSUE, f"{ISSUE}?panel=history", f"{ISSUE}?panel=chat&bare=1", "/nothing", "/static/shuho.js"]
)
def test_every_answer_forbids_what_is_not_its_own(page: Reader, path: str) -> None:
    answer = page.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers
    if "html" in answer.headers["content-type"]:
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?! src=\"/static/)", answer.text) == []
        assert set(re.findall(r"(?:src|action)=\"(?!/)([^\"]*)", answer.text)) == set()


def test_a_key_is_demanded_where_others_can_connect(finished: SmallIssue) -> None:
    with served(finished, host="0.0.0.0", key="k3y") as page:
        assert page.get("/").status_code == 401
        assert page.get("/?key=guess").status_code == 401
        assert page.get("/", cookie="shuho_key=guess").status_code == 401
        assert page.http.post("/runs/stop").status_code == 401
        first = page.get("/?key=k3y", host=f"192.168.0.7:{page.port}")
        assert (first.status_code, first.headers["location"]) == (303, "/")
        assert first.headers["set-cookie"] == "shuho_key=k3y; HttpOnly; Path=/; SameSite=strict"
        assert page.get("/", cookie="shuho_key=k3y").status_code == 200
        assert page.get("/", cookie="shuho_key=k3y", host=f"evil.example:{page.port}").status_code == 421


def test_only_a_door_for_others_has_a_key() -> None:
    assert [door(host, 1).key for host in ("127.0.0.1", "localhost", "::1")] == ["", "", ""]
    keys = {door(host, 1).key for host in ("0.0.0.0", "::", "192.168.0.7", "desk.example")}
    assert len(keys) == 4
    assert min(len(key) for key in keys) >= 32
    assert Door("::1", 80).address == "http://[::1]:80/"
    assert Door("desk.example", 80, "k").address == "http://desk.example:80/?key=k"


@pytest.mark.parametrize(
    ("host", "known"), [("desk.example:80", True), ("DESK.example", True), ("evil.example:80", False)]
)
def test_a_named_door_knows_its_name(host: str, known: bool) -> None:
    assert Door("desk.example", 80, "k").knows(host) is known

import os
from pathlib import Path

import pytest

from agent.errors import SourceError
from agent.fetching.mirror import MirrorFetcher
from agent.model import Fetched


class NoWeb:
    """A fetcher that only remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int | None]] = []

    async def get(self, url: str, *, limit_bytes: int | None = None) -> Fetched:
        self.asked.append((url, limit_bytes))
        raise SourceError("unreachable", url, "no network")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "web" / "news.example"
    (site / "p").mkdir(parents=True)
    (site / "index.html").write_bytes(b"front")
    (site / "p" / "index.html").write_bytes(b"list")
    (site / "p" / "1.html").write_bytes("記事".encode("cp932"))
    (site / "ai.xml").write_bytes(b"<rss/>")
    (site / "feed.json").write_bytes(b"{}")
    (site / "記事.html").write_bytes(b"named")
    (tmp_path / "web" / "secret.html").write_bytes(b"secret")
    (site / "link.html").symlink_to(tmp_path / "web" / "secret.html")
    (site / "out").symlink_to(tmp_path / "web")
    os.mkfifo(site / "pipe.html")
    return tmp_path / "web"


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("", b"front", "text/html"),
        ("/", b"front", "text/html"),
        ("/p/", b"list", "text/html"),
        ("/p/1.html?utm_source=x#top", "記事".encode("cp932"), "text/html"),
        ("/ai.xml", b"<rss/>", "application/xml"),
        ("/feed.json", b"{}", "application/json"),
        ("/%E8%A8%98%E4%BA%8B.html", b"named", "text/html"),
    ],
)
async def test_a_host_with_a_folder_is_read_from_it(root: Path, path: str, body: bytes, kind: str) -> None:
    url = "https://News.Example" + path
    page = await MirrorFetcher(root, NoWeb()).get(url)
    assert (page.final_url, page.status, page.body, page.content_type) == (url, 200, body, kind)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/none.html", ("http_error", "404")),
        ("/p", ("http_error", "404")),
        ("/ai.xml/deeper.html", ("http_error", "404")),
        ("/../secret.html", ("refused_address", "leaves the host's folder")),
        ("/p/%2e%2e/%2e%2e/secret.html", ("refused_address", "leaves the host's folder")),
        ("/..%2fsecret.html", ("refused_address", "leaves the host's folder")),
        ("/a%00.html", ("refused_address", "leaves the host's folder")),
        ("/link.html", ("refused_address", "Too many levels of symbolic links")),
        ("/out/secret.html", ("refused_address", "outside the folder")),
        ("/pipe.html", ("refused_address", "not a regular file")),
    ],
)
async def test_nothing_else_is_read(root: Path, path: str, expected: tuple[str, str]) -> None:
    with pytest.raises(SourceError) as caught:
        await MirrorFetcher(root, NoWeb()).get("https://news.example" + path)
    assert (caught.value.reason, caught.value.detail) == expected
    assert caught.value.subject == "https://news.example" + path


@pytest.mark.parametrize("url", ["https://other.example/a", "file:///etc/passwd", "https://../secret.html", "x"])
async def test_other_hosts_go_to_the_fallback(root: Path, url: str) -> None:
    web = NoWeb()
    with pytest.raises(SourceError, match="no network"):
        await MirrorFetcher(root, web).get(url, limit_bytes=7)
    assert web.asked == [(url, 7)]


async def test_a_large_file_is_refused(root: Path) -> None:
    with pytest.raises(SourceError, match="too_large"):
        await MirrorFetcher(root, NoWeb()).get("https://news.example/", limit_bytes=4)

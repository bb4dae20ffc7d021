import os
from pathlib import Path

from agent.fetching.fetch import FetchLimits, HttpFetcher, MemoryCache
from agent.model import Candidate, Gap
from agent.sources import FeedSource, FilesSource, PagesSource, SourceLimits
from agent.sources.gather import Gathered, gather
from tests.agent.sources.pages import WEEK, Shelf
from tests.servers.web import WebServer

HTML = "text/html"
LIST = """<html><head><base href="/news/"></head><body>
<nav><a href="/about">About</a></nav>
<main><a href="1.html"><img src="a.jpg"></a> <a href="1.html#c">First <!-- no --> story</a>
<a href="https://www.news.example/news/2.html">Second &amp; last</a> <a href="https://other.example/3">Elsewhere</a>
<a href="mailto:a@b.example">Mail</a> <a href="javascript:x()">X</a> <a href="pic.jpg">Picture</a>
<a href="/list">Self</a> <a>None</a> <a href="http://[bad">Bad</a></main>
<footer><a href="/terms">Terms</a></footer></body></html>"""


def gap(subject: str, reason: str, detail: str) -> Gap:
    return Gap.model_validate({"stage": "research", "subject": subject, "reason": reason, "detail": detail})


async def test_pages_are_their_addresses() -> None:
    source = PagesSource(("https://a.example/1", "https://b.example/2", "https://a.example/1"))
    found = await gather([source], fetcher=Shelf({}), week=WEEK)
    assert found == Gathered(
        (
            Candidate(url="https://a.example/1", source="pages https://a.example/1 +2"),
            Candidate(url="https://b.example/2", source="pages https://a.example/1 +2"),
        ),
        (),
        {"pages https://a.example/1 +2": 2},
    )


async def test_list_pages_offer_the_links_to_their_own_host() -> None:
    urls = ("https://news.example/list", "https://news.example/gone", "https://news.example/empty")
    shelf = Shelf({urls[0]: (HTML, LIST.encode()), urls[2]: (HTML, b"<p>nothing")})
    source = PagesSource(urls, links=True)
    found = await gather([source], fetcher=shelf, week=WEEK)
    assert found == Gathered(
        (
            Candidate(url="https://news.example/news/1.html", source=source.label, title="First story"),
            Candidate(url="https://www.news.example/news/2.html", source=source.label, title="Second & last"),
        ),
        (
            gap(urls[1], "http_error", "404"),
            gap(urls[2], "empty_source", "no links to its own host"),
        ),
        {source.label: 2},
    )


async def test_a_list_page_offers_at_most_40_links() -> None:
    body = "".join(f'<a href="/{n}">第{n}報</a>' for n in range(100)).encode("euc_jp")
    shelf = Shelf({"https://news.example/list": ("text/html; charset=euc-jp", body)})
    found = await gather([PagesSource(("https://news.example/list",), links=True)], fetcher=shelf, week=WEEK)
    assert [(c.url, c.title) for c in found.candidates] == [
        (f"https://news.example/{n}", f"第{n}報") for n in range(40)
    ]


def library(base: Path) -> Path:
    for name in ("a/1.html", "a/2.md", "a/b/記事.txt", "a/b/4.PDF", "a/.hidden.txt", ".git/x.md", "a/5.jpg", "top.eml"):
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return base


async def test_files_of_a_folder_a_glob_and_by_name(tmp_path: Path) -> None:
    base = library(tmp_path)
    expected = {
        "a": ["file:a/1.html", "file:a/2.md", "file:a/b/4.PDF", "file:a/b/記事.txt"],
        "a/": ["file:a/1.html", "file:a/2.md", "file:a/b/4.PDF", "file:a/b/記事.txt"],
        ".": ["file:a/1.html", "file:a/2.md", "file:a/b/4.PDF", "file:a/b/記事.txt", "file:top.eml"],
        "**/*.md": ["file:a/2.md"],
        "a/*": ["file:a/1.html", "file:a/2.md"],
        "top.eml": ["file:top.eml"],
    }
    found = {path: await gather([FilesSource(path, base)], fetcher=Shelf({}), week=WEEK) for path in expected}
    assert {path: [c.url for c in got.candidates] for path, got in found.items()} == expected
    assert found["top.eml"] == Gathered(
        (Candidate(url="file:top.eml", source="files top.eml", body=b"top.eml", content_type="message/rfc822"),),
        (),
        {"files top.eml": 1},
    )


async def test_files_outside_the_folder_are_not_read(tmp_path: Path) -> None:
    base = library(tmp_path / "base")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (base / "a" / "link.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(base / "a" / "pipe.txt")
    (base / "a" / "large.txt").write_bytes(b"x" * 101)
    paths = ("a/*.txt", "../secret.txt", "/etc/hosts", "a/../../*", "none/*", "")
    sources = [FilesSource(path, base) for path in paths]
    found = await gather(sources, fetcher=Shelf({}), week=WEEK, limits=SourceLimits(file_bytes=100))
    outside = "must be a path inside the topic file's folder"
    assert found.candidates == ()
    assert found.gaps == (
        gap("file:a/large.txt", "too_large", "more than 100 bytes"),
        gap("file:a/link.txt", "refused_address", "Too many levels of symbolic links"),
        gap("file:a/pipe.txt", "refused_address", "not a regular file"),
        gap("files ../secret.txt", "refused_address", outside),
        gap("files /etc/hosts", "refused_address", outside),
        gap("files a/../../*", "refused_address", outside),
        gap("files none/*", "empty_source", "no .html .htm .md .txt .pdf .eml file"),
        gap("files ", "refused_address", outside),
    )


async def test_a_source_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_bytes(b"text")
    feed = b"<rss><channel><item><link>/p/1</link><title>One</title></item></channel></rss>"
    with WebServer({"/good.xml": (200, {"Content-Type": "application/xml"}, feed)}) as server:
        limits = FetchLimits(allow_private_addresses=True, host_interval=0.0)
        fetcher = HttpFetcher(limits, MemoryCache())
        bad, good = FeedSource(f"{server.url}/bad.xml"), FeedSource(f"{server.url}/good.xml")
        found = await gather([bad, FilesSource("1.md", tmp_path), good], fetcher=fetcher, week=WEEK)
        await fetcher.aclose()
    assert found == Gathered(
        (
            Candidate(url="file:1.md", source="files 1.md", body=b"text", content_type="text/markdown"),
            Candidate(url=f"{server.url}/p/1", source=good.label, title="One"),
        ),
        (gap(bad.label, "http_error", "404"),),
        {bad.label: 0, "files 1.md": 1, good.label: 1},
    )

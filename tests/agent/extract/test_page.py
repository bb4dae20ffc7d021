from __future__ import annotations

from datetime import datetime

import pytest

from agent.extract.page import extract_page
from agent.model import Extracted
from tests.agent.extract.pages import article, fetched, paragraphs

HEAD = """
<meta property="og:site_name" content="Example News">
<meta property="og:title" content="Chip production begins | Example News">
<meta property="og:image" content="/img/fab.jpg">
<link rel="canonical" href="/p/1.html?utm_source=feed#top">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "x"},
{"@type": "NewsArticle", "headline": "Chip production begins", "datePublished": "2026-04-10T09:00:00+09:00",
"author": [{"@type": "Person", "name": "山田太郎"}, {"name": "Jane Doe"}], "isAccessibleForFree": true}]}</script>
"""


def read(page: str | bytes, url: str = "https://news.example/p/1.html", content_type: str = "text/html") -> Extracted:
    return extract_page(fetched(page, url=url, content_type=content_type), "Asia/Tokyo")


def test_everything_a_page_tells() -> None:
    assert read(article(head=HEAD), "https://news.example/p/1.html?ref=x") == Extracted(
        url="https://news.example/p/1.html?ref=x",
        canonical_url="https://news.example/p/1.html",
        title="Chip production begins",
        text="\n".join(paragraphs()),
        language="en",
        published=datetime.fromisoformat("2026-04-10T09:00:00+09:00"),
        sitename="Example News",
        author="山田太郎, Jane Doe",
        image="https://news.example/img/fab.jpg",
        links=(
            ("https://news.example/", "Home"),
            ("https://news.example/world/", "World"),
            ("https://news.example/p/2.html", "Another story"),
        ),
    )


@pytest.mark.parametrize("language", ["en", "ja", "ko", "zh-Hant", "zh-Hans", "de"])
def test_languages(language: str) -> None:
    page = read(article(language=language))
    assert (page.language, page.text, page.problem) == (language, "\n".join(paragraphs(language)), None)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", "https://news.example/p/1.html"),
        ("<link rel=canonical href='https://other.example/p/1.html'>", "https://news.example/p/1.html"),
        ("<link rel=canonical href='https://www.news.example/p/9.html'>", "https://www.news.example/p/9.html"),
        ("<link rel=canonical href='https://news.example/'>", "https://news.example/p/1.html"),
        ("<link rel=canonical href='javascript:alert(1)'>", "https://news.example/p/1.html"),
        ("<meta property='og:url' content='https://news.example/p/7.html'>", "https://news.example/p/7.html"),
    ],
)
def test_canonical_address(head: str, expected: str) -> None:
    assert read(article(head=head)).canonical_url == expected


def test_a_local_file_tells_its_true_address() -> None:
    page = article(head="<link rel=canonical href='https://news.example/p/1.html'>")
    assert read(page, "file:articles/1.html").canonical_url == "https://news.example/p/1.html"
    assert read(article(), "file:articles/1.html").canonical_url == "file:articles/1.html"


@pytest.mark.parametrize(
    ("head", "title", "expected"),
    [
        ("", "Chips rise - Example News", "Chips rise - Example News"),
        ("<meta property='og:site_name' content='Example News'>", "Chips rise - Example News", "Chips rise"),
        ("<meta property='og:site_name' content='例示新聞'>", "半導体の受注が増加｜例示新聞", "半導体の受注が増加"),
        (
            "<meta property='og:site_name' content='X'><meta property='og:title' content='X'>",
            "Chips rise",
            "Chips rise",
        ),
        ("<meta property='og:title' content='A &amp;amp; B agree'>", "x", "A & B agree"),
    ],
)
def test_title(head: str, title: str, expected: str) -> None:
    assert read(article(head=head, title=title)).title == expected


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("https://cdn.example/2026/fab.jpg?w=1200", "https://cdn.example/2026/fab.jpg?w=1200"),
        ("//cdn.example/fab.png", "https://cdn.example/fab.png"),
        ("https://cdn.example/site-logo.png", ""),
        ("https://cdn.example/img/ogp_default.png", ""),
        ("https://cdn.example/a.svg", ""),
        ("https://ad.doubleclick.net/fab.jpg", ""),
        ("data:image/png;base64,AAAA", ""),
        ("javascript:alert(1)", ""),
        ("https://cdn.example/fab.jpg?w=120", ""),
        ("https://cdn.example/ecological.jpg", "https://cdn.example/ecological.jpg"),
    ],
)
def test_image(image: str, expected: str) -> None:
    assert read(article(head=f"<meta property='og:image' content='{image}'>")).image == expected


def test_small_image_is_none() -> None:
    head = "<meta property='og:image' content='/a.jpg'><meta property='og:image:width' content='200'>"
    assert read(article(head=head)).image == ""


@pytest.mark.parametrize("tag", ["div", "span", "section"])
def test_deep_nesting_keeps_the_text(tag: str) -> None:
    page = f"<html><head><title>Deep</title></head><body>{f'<{tag}>' * 400}" + "".join(
        f"<p>{line}</p>" for line in paragraphs()
    )
    assert read(page).text == "\n".join(paragraphs())


def test_text_in_json_ld_only() -> None:
    body = "\\n".join(paragraphs())
    page = (
        '<html><head><title>Chips</title><script type="application/ld+json">{"@type": ["NewsArticle"], "articleBody": "'
        + body + '"}</script></head><body><div id="app"></div></body></html>'
    )  # fmt: skip
    assert (read(page).text, read(page).problem) == ("\n".join(paragraphs()), None)


def test_long_text_is_cut_at_a_paragraph() -> None:
    text = read(article(paragraphs("en", 500))).text
    assert 59_000 < len(text) <= 60_000
    assert text == "\n".join(paragraphs("en", 500))[: len(text)]
    assert text.endswith(".")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "too_short"),
        ("<html><head><title>x</title></head><body><div id=root></div><script></script></body></html>", "needs_script"),
        ("<html><body><h1>404</h1><p>The page you requested could not be found.</p></body></html>", "error_page"),
        (article(["Orders rose."]), "too_short"),
        (article([line + "\ufffd" for line in paragraphs()]), "undecodable"),
        (b"<p>" + bytes(range(128, 256)) * 40, "undecodable"),
        ("<title>x</title><script type='application/ld+json'>{broken</script>", "too_short"),
    ],
)  # fmt: skip
def test_problems(body: str | bytes, problem: str) -> None:
    page = read(body)
    assert page.problem == problem
    assert problem != "undecodable" or page.text == ""


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_japanese_character_sets(codec: str) -> None:
    assert read(article(language="ja").encode(codec)).text == "\n".join(paragraphs("ja"))


@pytest.mark.parametrize(
    "added",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "url": "https://[::1", "headline": "x"}</script>',
        '<div><script type="application/ld+json">{}</script>&#xFFFE; b</div>',
    ],
)
def test_what_a_damaged_page_holds_costs_no_article(added: str) -> None:
    found = read(article(head=HEAD).replace("</body>", f"{added}</body>"))
    assert (found.problem, found.title) == (None, "Chip production begins")

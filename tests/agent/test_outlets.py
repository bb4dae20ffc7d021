from __future__ import annotations

import pytest

from agent.outlets import OutletInfo, outlet_of, printed_outlet, registrable

TABLE = {
    "news.example": OutletInfo("例示新聞", "JP", "newsroom"),
    "www.blog.news.example": OutletInfo("例示ブログ", "JP", "personal"),
}


@pytest.mark.parametrize(
    ("host", "sitename", "expected"),
    [
        ("news.example", "x", OutletInfo("例示新聞", "JP", "newsroom")),
        ("WWW.News.Example:8080", "", OutletInfo("例示新聞", "JP", "newsroom")),
        ("tech.news.example", "", OutletInfo("例示新聞", "JP", "newsroom")),
        ("blog.news.example", "", OutletInfo("例示ブログ", "JP", "personal")),
        ("notnews.example", "", OutletInfo("notnews.example", "", "unknown")),
        ("www.site.co.kr", "사이트", OutletInfo("사이트", "KR", "unknown")),
        ("www.site.com.tw", "", OutletInfo("site.com.tw", "TW", "unknown")),
        ("www.site.de", "Beispiel Zeitung", OutletInfo("Beispiel Zeitung", "DE", "newsroom")),
        ("site.co.uk", "The Example Times", OutletInfo("The Example Times", "GB", "newsroom")),
        ("site.com", "Example News", OutletInfo("Example News", "", "unknown")),
        ("site.ai", "", OutletInfo("site.ai", "", "unknown")),
        ("site.io", "", OutletInfo("site.io", "", "unknown")),
        ("www.meti.go.jp", "経済産業省", OutletInfo("経済産業省", "JP", "government")),
        ("www.nist.gov", "NIST", OutletInfo("NIST", "US", "government")),
        ("ec.europa.eu", "", OutletInfo("ec.europa.eu", "", "government")),
        ("www.gov.uk", "GOV.UK", OutletInfo("GOV.UK", "GB", "government")),
        ("prtimes.jp", "PR TIMES", OutletInfo("PR TIMES", "JP", "press_release")),
        ("www.businesswire.com", "", OutletInfo("businesswire.com", "", "press_release")),
        ("export.arxiv.org", "arXiv.org", OutletInfo("arXiv.org", "", "paper")),
        ("note.com", "note", OutletInfo("note", "", "personal")),
        ("someone.substack.com", "", OutletInfo("someone.substack.com", "", "personal")),
        ("news.yahoo.co.jp", "Yahoo!ニュース", OutletInfo("Yahoo!ニュース", "JP", "aggregator")),
        ("news.google.com", "", OutletInfo("news.google.com", "", "aggregator")),
    ],
)
def test_outlet(host: str, sitename: str, expected: OutletInfo) -> None:
    assert outlet_of(host, sitename, TABLE, "ja") == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.site.com", "site.com"), ("a.b.site.co.kr", "site.co.kr"), ("site.jp", "site.jp"),
        ("news.site.jp", "site.jp"), ("127.0.0.1", "127.0.0.1"), ("localhost", "localhost"), ("", ""),
    ],
)  # fmt: skip
def test_registrable(host: str, expected: str) -> None:
    assert registrable(host) == expected


@pytest.mark.parametrize(
    ("outlet", "url", "language", "printed"),
    [
        ("News Example", "file:///notes/a.md", "ja", "News Example"),
        ("", "file:///notes/a.md", "ja", "手元のファイル"),
        ("", "file:///notes/a.md", "pt", "Local file"),
        ("", "https://news.example/a", "ja", ""),
    ],
)
def test_a_local_file_without_an_outlet_is_called_one(outlet: str, url: str, language: str, printed: str) -> None:
    assert printed_outlet(outlet, url, language) == printed

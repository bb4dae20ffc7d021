import time
from datetime import datetime
from pathlib import Path

import pytest

from agent.errors import SourceError
from agent.model import Candidate, Gap
from agent.sources import FeedSource, SourceLimits
from agent.sources.feed import Item, parse_feed, read_feed
from tests.agent.sources.pages import WEEK, Shelf, fetched

URL = "https://news.example/feeds/ai.xml"
XML = "application/xml"

RSS2 = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>AI</title><link>https://news.example/</link>
<item><title>新モデル &amp; 半導体</title><link>https://news.example/p/1</link>
<pubDate>Fri, 10 Apr 2026 09:00:00 JST</pubDate></item>
<item><title><![CDATA[<b>Two</b> ]]></title><link>/p/2</link><dc:date>2026-04-11T01:00:00Z</dc:date></item>
<item><title>Three</title><guid isPermaLink="true">https://news.example/p/3</guid></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>AI</title>
<entry><title type="html">A &amp;lt; B</title><link rel="self" href="/x"/><link rel="alternate" href="/p/1"/>
<published>2026-04-10T09:00:00+09:00</published><updated>2026-05-01T00:00:00Z</updated></entry>
<entry><title>Two</title><link href="https://news.example/p/2"/><updated>2026-04-11T00:00:00Z</updated></entry></feed>"""
RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>AI</title></channel>
<item rdf:about="https://news.example/p/1"><title>One</title><link>https://news.example/p/1</link>
<dc:date>2026-04-10T09:00:00+09:00</dc:date></item></rdf:RDF>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "AI", "items": [
 {"id": "1", "url": "https://news.example/p/1", "title": "One", "date_published": "2026-04-10T09:00:00+09:00"},
 {"id": "https://news.example/p/2", "title": "Two", "date_modified": "2026-04-11T00:00:00Z"},
 {"id": "3", "external_url": "/p/3"}, "no item"]}"""


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            RSS2,
            (
                Item("https://news.example/p/1", "新モデル & 半導体", "Fri, 10 Apr 2026 09:00:00 JST"),
                Item("https://news.example/p/2", "<b>Two</b>", "2026-04-11T01:00:00Z"),
                Item("https://news.example/p/3", "Three", ""),
            ),
        ),
        (
            ATOM,
            (
                Item("https://news.example/p/1", "A &lt; B", "2026-04-10T09:00:00+09:00"),
                Item("https://news.example/p/2", "Two", "2026-04-11T00:00:00Z"),
            ),
        ),
        (RDF, (Item("https://news.example/p/1", "One", "2026-04-10T09:00:00+09:00"),)),
        (
            JSON,
            (
                Item("https://news.example/p/1", "One", "2026-04-10T09:00:00+09:00"),
                Item("https://news.example/p/2", "Two", "2026-04-11T00:00:00Z"),
                Item("/p/3", "", ""),
            ),
        ),
    ],
    ids=["RSS 2.0", "Atom", "RSS 1.0", "JSON Feed"],
)
def test_every_kind_of_feed(text: str, items: tuple[Item, ...]) -> None:
    assert parse_feed(fetched(URL, XML, text.encode()), 200) == items


def rss(*items: str, encoding: str = "utf-8", head: str = "") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"{head}?><rss version="2.0"><channel>{body}</channel></rss>'.encode(encoding)


def item(number: int, date: str = "", title: str = "題") -> str:
    return f"<title>{title}</title><link>https://news.example/p/{number}</link><pubDate>{date}</pubDate>"


@pytest.mark.parametrize(
    ("codec", "label", "kind"),
    [
        ("utf-8", "", XML),
        ("utf-8", ' encoding="iso-8859-1"', "text/xml; charset=iso-8859-1"),
        ("utf-8-sig", "", XML),
        ("utf-16", ' encoding="utf-16"', XML),
        ("utf-16-le", ' encoding="utf-16"', XML),
        ("utf-16-be", "", XML),
        ("cp932", ' encoding="Shift_JIS"', XML),
        ("cp932", "", 'text/xml; charset="shift_jis"'),
        ("euc_jp", " encoding='EUC-JP'", XML),
        ("iso2022_jp", ' encoding="ISO-2022-JP"', XML),
    ],
)
def test_titles_are_read_in_their_character_set(codec: str, label: str, kind: str) -> None:
    body = rss(item(1, title="半導体の新工場"), encoding=codec, head=label)
    assert parse_feed(fetched(URL, kind, body), 200) == (Item("https://news.example/p/1", "半導体の新工場", ""),)


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (rss(item(1)).replace("題".encode(), b"\xff\x00\x0b"), ["p/1"]),
        (rss(item(1), item(2)).replace(b"</item></channel></rss>", b""), ["p/1", "p/2"]),
        (rss("<title>A & B &nbsp; C</title><link>https://news.example/p/1</link>", item(2)), ["p/1", "p/2"]),
        (b"\n\n  " + rss(item(1)), ["p/1"]),
        (rss(item(1), head=' encoding="no-such-set"'), ["p/1"]),
        (rss(item(1), head=' encoding="hex"'), ["p/1"]),
        (rss(item(1) + "<description><![CDATA[<!DOCTYPE html><p>x</p>]]></description>"), ["p/1"]),
    ],
    ids=["bad bytes", "cut off", "bad entities", "leading space", "unknown set", "no set", "doctype in a text"],
)
async def test_broken_feeds_are_read_as_far_as_they_go(body: bytes, links: list[str]) -> None:
    shelf = Shelf({URL: (XML, body)})
    offer = await read_feed(FeedSource(URL), fetcher=shelf, week=WEEK, limits=SourceLimits())
    assert [candidate.url for candidate in offer.candidates] == [f"https://news.example/{link}" for link in links]
    assert not any("\ufffd" in candidate.title for candidate in offer.candidates)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (BOMB + rss("<title>&b;</title>"), "bad_feed"),
        (OUTSIDE + rss("<title>&a;</title>"), "bad_feed"),
        (b'<?xml version="1.0"?>' + OUTSIDE + b"<rss><channel><item>&a;</item></channel></rss>", "bad_feed"),
        ('<?xml version="1.0" encoding="utf-16"?>'.encode("utf-16") + BOMB.decode().encode("utf-16-le"), "bad_feed"),
        (b"<!doctype html><html><body>Not found</body></html>", "bad_feed"),
        (b"", "bad_feed"),
        (b"/etc/passwd", "bad_feed"),
        (b"\x00\x01\x02", "bad_feed"),
        (b"{", "bad_feed"),
        (b'{"items": []}', "bad_feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', "bad_feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "empty_source"),
        (b'{"a":' * 100_000, "bad_feed"),
        (rss(), "empty_source"),
        (rss("<link>javascript:alert(1)</link>", "<link>file:///etc/passwd</link>", "<link></link>"), "empty_source"),
        (rss("<link>data:text/html,x</link>", "<link>http://[::1</link>"), "empty_source"),
        (rss(item(1)) + b" " * 5_000_000, "too_large"),
    ],
)
async def test_what_is_no_feed(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        await read_feed(FeedSource(URL), fetcher=Shelf({URL: (XML, body)}), week=WEEK, limits=SourceLimits())
    assert caught.value.reason == reason


def test_bytes_are_never_taken_for_a_path(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(rss(item(1)))
    with pytest.raises(SourceError, match="bad_feed"):
        parse_feed(fetched(URL, XML, str(tmp_path / "feed.xml").encode()), 200)


@pytest.mark.parametrize("count", [199, 200, 201, 40_000])
def test_the_first_200_items_count_and_time_is_bounded(count: int) -> None:
    body = rss(*(f"<link>https://news.example/{n}</link>" for n in range(count)))
    began = time.thread_time()
    items = parse_feed(fetched(URL, XML, body), 200)
    assert [i.link for i in items] == [f"https://news.example/{n}" for n in range(min(count, 200))]
    assert time.thread_time() - began < 2


@pytest.mark.parametrize("junk", [b"<![CDATA[", b"<!--", b"<a ", b"<?xml ", b"</", b"<b><c>", b"&"])
def test_junk_takes_no_quadratic_time(junk: bytes) -> None:
    def spent(count: int) -> float:
        began = time.thread_time()
        with pytest.raises(SourceError, match="bad_feed"):
            parse_feed(fetched(URL, XML, b"<rss><channel>" + junk * count), 200)
        return time.thread_time() - began

    # Five times as much takes five times as long, or 25 times. The lesser of two has no garbage collection in it.
    assert min(spent(20_000) for _ in range(2)) < 12 * max(min(spent(4_000) for _ in range(2)), 0.05)


async def test_the_week_is_offered_the_rest_is_counted() -> None:
    body = rss(
        item(1, "Mon, 06 Apr 2026 00:00:00 +0900", "月曜"),
        item(2, "2026年4月12日", "日付のみ"),
        item(3, "1775867415", "秒"),
        item(4, "01/02/2026", "不明"),
        item(5, "", "なし"),
        item(6, "Sat, 04 Apr 2026 00:00:00 +0900"),
        item(7, "令和8年4月14日"),
        item(7, "令和8年4月14日"),
        item(1, "Mon, 06 Apr 2026 00:00:00 +0900", "again"),
    )
    source = FeedSource(URL)
    offer = await read_feed(source, fetcher=Shelf({URL: (XML, body)}), week=WEEK, limits=SourceLimits())

    def candidate(number: int, title: str, published: str | None, text: str = "") -> Candidate:
        moment = datetime.fromisoformat(published) if published else None
        url = f"https://news.example/p/{number}"
        return Candidate(url=url, source=source.label, title=title, published=moment, published_text=text)

    assert offer.candidates == (
        candidate(1, "月曜", "2026-04-06T00:00:00+09:00"),
        candidate(2, "日付のみ", "2026-04-12T12:00:00+09:00", "2026年4月12日"),
        candidate(3, "秒", "2026-04-11T00:30:15+00:00"),
        candidate(4, "不明", None, "01/02/2026"),
        candidate(5, "なし", None),
    )
    assert offer.gaps == (Gap(stage="research", subject=f"feed {URL}", reason="outside_week", detail="2 / 7"),)
    assert offer.offered == 7


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            RSS2.replace("<![CDATA[<b>Two</b> ]]>", "A&#xD800;B&#0;&#x110000;&#65;&#99999999999;"),
            "A\ufffdB\ufffd\ufffdA\ufffd",
        ),
        (JSON.replace('"Two"', '"T\\ud800wo"'), "T\ufffdwo"),
    ],
)
def test_characters_that_no_file_can_hold_cost_no_item(text: str, title: str) -> None:
    assert parse_feed(fetched(URL, XML, text.encode()), 200)[1].title == title


def test_a_feed_that_the_parser_breaks_on_is_a_bad_feed() -> None:
    # feedparser 6.0.14 raises KeyError for such a category.
    broken = b"<rss><channel><item<category>x</item</category<"
    with pytest.raises(SourceError) as caught:
        parse_feed(fetched(URL, XML, broken), 200)
    assert (caught.value.reason, caught.value.detail) == ("bad_feed", "KeyError('tags')")

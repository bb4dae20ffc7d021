import threading
from datetime import datetime

import pytest

from agent.model import Candidate, Gap
from agent.sources import TavilySettings, TavilySource
from agent.sources.gather import Gathered, gather
from agent.week import Week
from tests.agent.sources.pages import WEEK, Shelf
from tests.servers.tavily import KEY, TavilyServer, error, result
from tests.servers.web import Reply, Request, WebServer, nobody

QUERY = "AI 半導体 投資"
ONE = result("https://news.example/1", "半導体", "Fri, 10 Apr 2026 00:00:00 GMT", "本文です。")


def settings(server: WebServer, key: str = KEY) -> TavilySettings:
    return TavilySettings(key, server.url, retry_wait=0.01, timeout=30.0)


def gap(subject: str, reason: str, detail: str) -> Gap:
    return Gap.model_validate({"stage": "research", "subject": subject, "reason": reason, "detail": detail})


def candidate(
    url: str, source: TavilySource, published: str | None, title: str = "", body: bytes | None = None
) -> Candidate:
    return Candidate(
        url=url,
        source=source.label,
        title=title,
        published=datetime.fromisoformat(published) if published else None,
        body=body,
        content_type="text/plain; charset=utf-8" if body else "",
    )


async def test_results_become_candidates() -> None:
    source = TavilySource((QUERY, "AI chips"), max_results=7)
    other = [
        result("https://news.example/1#again", "again"),
        result("https://news.example/2#top", "Two", "2026-04-12T00:00:00Z", "Text \ud800"),
        result("https://news.example/3", "Old", "2026-03-01"),
        result("ftp://news.example/4"),
    ]
    with TavilyServer({QUERY: [ONE], "AI chips": other}) as server:
        found = await gather([source], fetcher=Shelf({}), week=WEEK, tavily=settings(server))
    assert found == Gathered(
        (
            candidate("https://news.example/1", source, "2026-04-10T00:00:00+00:00", "半導体", "本文です。".encode()),
            candidate("https://news.example/2", source, "2026-04-12T00:00:00+00:00", "Two", b"Text ?"),
        ),
        (gap("tavily AI chips", "outside_week", "1 / 3"),),
        {source.label: 4},
    )
    assert sorted(server.bodies, key=lambda body: body["query"]) == [
        {
            "query": query,
            "topic": "news",
            "start_date": "2026-04-05",
            "end_date": "2026-04-13",
            "include_raw_content": "text",
            "max_results": 7,
        }
        for query in ("AI chips", QUERY)
    ]


@pytest.mark.parametrize(
    ("timezone", "dates"),
    [
        ("Asia/Tokyo", ("2026-04-05", "2026-04-13")),
        ("UTC", ("2026-04-06", "2026-04-14")),
        ("America/New_York", ("2026-04-06", "2026-04-14")),
    ],
)
async def test_the_days_asked_for_cover_the_week(timezone: str, dates: tuple[str, str]) -> None:
    with TavilyServer({}) as server:
        week = Week(2026, 15, timezone)
        await gather([TavilySource(("q",))], fetcher=Shelf({}), week=week, tavily=settings(server))
    assert [(body["start_date"], body["end_date"]) for body in server.bodies] == [dates]


PLAN = "This request exceeds your plan's set usage limit."
REFUSED = "Tavily refuses the key (401 Unauthorized: missing or invalid API key.): set TAVILY_API_KEY to a valid one"


@pytest.mark.parametrize(
    ("script", "asked", "expected"),
    [
        ([error(429, "slow down")], 2, None),
        ([error(500, "oops"), error(503, "busy", **{"Retry-After": "0"})], 3, None),
        ([error(429, "slow down")] * 3, 3, ("http_error", "429 slow down")),
        ([error(502, "oops")] * 3, 3, ("http_error", "502")),
        ([error(503, "busy", **{"Retry-After": "60"})], 1, ("http_error", "503")),
        ([error(400, "Query is too long.")], 1, ("http_error", "Query is too long.")),
        ([error(403, "Forbidden")], 1, ("http_error", "Forbidden")),
        ([error(432, PLAN)], 1, ("http_error", PLAN)),
        ([error(400, f"bad {KEY}")], 1, ("http_error", "bad [secret]")),
        ([(200, {}, b"<html>")], 1, ("undecodable", "Expecting value: line 1 column 1 (char 0)")),
        ([(200, {}, b'{"results": null}')], 1, ("undecodable", "no list of results")),
        ([(200, {}, b"[]")], 1, ("undecodable", "'list' object has no attribute 'get'")),
        ([(200, {}, b'{"results": []}')], 1, ("empty_source", "no item with a web address")),
    ],
)
async def test_errors_are_gaps_after_at_most_two_repetitions(
    script: list[Reply], asked: int, expected: tuple[str, str] | None
) -> None:
    with TavilyServer({QUERY: [ONE]}, script) as server:
        found = await gather([TavilySource((QUERY,))], fetcher=Shelf({}), week=WEEK, tavily=settings(server))
    assert len(server.requests) == asked
    assert found.gaps == (() if expected is None else (gap(f"tavily {QUERY}", *expected),))
    assert len(found.candidates) == (1 if expected is None else 0)


async def test_a_refused_key_says_what_to_do() -> None:
    with TavilyServer({}) as server:
        found = await gather([TavilySource((QUERY,))], fetcher=Shelf({}), week=WEEK, tavily=settings(server, "wrong"))
    assert found == Gathered((), (gap(f"tavily {QUERY}", "no_key", REFUSED),), {f"tavily {QUERY}": 0})


@pytest.mark.parametrize("key", [None, "", " ", "鍵"])
async def test_without_a_key_nothing_is_asked(key: str | None) -> None:
    with TavilyServer({}) as server:
        chosen = None if key is None else settings(server, key)
        found = await gather([TavilySource((QUERY,))], fetcher=Shelf({}), week=WEEK, tavily=chosen)
    assert found.gaps == (gap(f"tavily {QUERY}", "no_key", "set TAVILY_API_KEY, or take this source out"),)
    assert server.requests == []


async def test_a_server_that_is_gone_or_silent_is_unreachable() -> None:
    over = threading.Event()

    def silent(request: Request) -> Reply:
        over.wait(60)
        return 200, {}, b""

    with nobody() as gone, WebServer({"/search": silent}) as hanging:
        for url in (gone, hanging.url):
            chosen = TavilySettings(KEY, url, retry_wait=0.01, timeout=0.4)
            found = await gather([TavilySource((QUERY,))], fetcher=Shelf({}), week=WEEK, tavily=chosen)
            assert [g.reason for g in found.gaps] == ["unreachable"]
        over.set()
    assert len(hanging.requests) == 3


async def test_one_failing_query_does_not_stop_the_others() -> None:
    source = TavilySource((QUERY, "none"))
    with TavilyServer({QUERY: [ONE]}) as server:
        found = await gather([source], fetcher=Shelf({}), week=WEEK, tavily=settings(server))
    assert [c.url for c in found.candidates] == ["https://news.example/1"]
    assert found.gaps == (gap("tavily none", "empty_source", "no item with a web address"),)

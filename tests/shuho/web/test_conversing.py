"""A revision through the page's forms: ask, compare, accept or reject, undo, restore; two people at once."""

from __future__ import annotations

import json
import re
import threading

import pytest

from shuho.web.site import MOST_STREAMS, PageError, Site, Streams
from tests.shuho.web.page import ISSUE, Reader


def decide(page: Reader, shown: str, decision: str, seen: str = "") -> str:
    fields = {"proposal": page.hidden(shown, "proposal"), "seen": seen or page.hidden(shown, "seen")}
    answer = page.post(f"{ISSUE}/decide", {**fields, "decision": decision})
    assert answer.status_code == 303
    return page.get(answer.headers["location"]).text


def test_a_whole_revision(own_page: Reader) -> None:
    page, first = own_page, own_page.body
    shown = page.ask("shorter", "trends")
    gone = [s.text for s in page.issue.report.trends]
    assert "This changes 1 places" in shown
    assert len(re.findall(r"<del>", shown)) >= 1
    assert page.body == first, "nothing is written before it is accepted"

    written = decide(page, shown, "accept")
    assert "Version 2 is written." in written
    second = page.body
    assert [v.version for v in page.issue.report.versions] == [1, 2]
    assert len(page.issue.report.trends) < len(gone)

    history = page.get(f"{ISSUE}?panel=history").text
    assert history.count("Restore this version") == 1
    answer = page.post(f"{ISSUE}/step", {"seen": "2", "way": "undo"})
    assert "Back at version 1." in page.get(answer.headers["location"]).text
    assert page.body == first
    page.post(f"{ISSUE}/step", {"seen": "1", "version": "2"})
    assert page.body == second
    old = page.get(f"{ISSUE}?version=1").text
    assert "You are looking at version 1; the current one is version 2." in old


def test_what_is_rejected_or_decided_twice_is_not_written(own_page: Reader) -> None:
    page, first = own_page, own_page.body
    shown = page.ask("shorter", "outlook")
    assert "Nothing was changed." in decide(page, shown, "reject")
    decide(page, shown, "accept")
    assert page.body == first
    again = page.ask("shorter", "trends")
    decide(page, again, "accept")
    second = page.body
    assert second != first
    decide(page, again, "accept", seen="2")
    assert page.body == second


def test_the_second_person_sees_the_first_ones_version_before_accepting(own_page: Reader) -> None:
    page = own_page
    shown = page.ask("shorter", "trends")
    page.versions.restore(1)
    report = page.issue.report
    stamp = report.versions[-1].model_copy(update={"section": "outlook", "instruction": "x", "author": "other"})
    page.versions.commit(report.model_copy(update={"outlook": report.outlook[:1]}), stamp, 1)
    theirs = page.body
    answer = decide(page, shown, "accept")
    assert "Version 2 was written after the one that you were looking at." in answer
    assert page.body == theirs
    assert "Somebody wrote version 2" in decide(page, page.get(f"{ISSUE}?panel=chat").text, "accept")
    assert page.body == theirs


def test_what_needs_a_model_is_said(own_page: Reader) -> None:
    assert "This needs a language model" in own_page.ask("make it funnier", "outlook")
    assert "cannot be done" in own_page.ask("drop #99")


def test_a_proposal_outlives_the_connection_and_the_talk_is_text(own_page: Reader) -> None:
    own_page.ask("<script>alert(1)</script> shorter", "trends")
    shown = own_page.get(f"{ISSUE}?panel=chat").text
    assert own_page.hidden(shown, "proposal")
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_script_hears_the_steps(own_page: Reader) -> None:
    page = own_page
    answer = page.post(f"{ISSUE}/ask", {"message": "shorter", "section": "trends"}, **{"x-shuho": "1"})
    assert answer.status_code == 202
    with page.http.stream("GET", f"{ISSUE}/stream", headers={"accept-language": "ja"}) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        told = [json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line.startswith("data: ")]
    assert told[0] == {"step": "understand", "draft": "", "answer": "", "text": "依頼を読んでいます"}
    assert told[-1] == {"step": "", "draft": "", "answer": "", "text": ""}
    assert page.hidden(page.get(f"{ISSUE}?panel=chat").text, "proposal")


def test_one_request_at_a_time(own_page: Reader) -> None:
    """Several at once: one is worked on, the others are told so, and one person's message is kept."""
    token, statuses = own_page.token(), []

    def send() -> None:
        fields = {"token": token, "message": "shorter", "section": "trends"}
        statuses.append(own_page.http.post(f"{ISSUE}/ask", data=fields, headers={"x-shuho": "1"}).status_code)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [202, 409, 409, 409]


async def test_streams_are_bounded() -> None:
    from starlette.requests import Request

    site = Site(*[None] * 4, token="t", streams=Streams(MOST_STREAMS))  # type: ignore[arg-type]
    request = Request({"type": "http", "headers": [], "method": "GET", "path": "/"})

    async def events():  # type: ignore[no-untyped-def]
        yield "data: 1\n\n"

    with pytest.raises(PageError) as caught:
        site.stream(request, events())
    assert caught.value.status == 503
    site.streams.open = 0
    heard = [event async for event in site.stream(request, events()).body_iterator]
    assert (heard, site.streams.open) == (["data: 1\n\n"], 0)

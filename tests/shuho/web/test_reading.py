"""The pages to read: list, report, sources, history, files, two languages."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest

from shuho.web.claims import articles_of, claim_of, parts_of
from shuho.web.quotes import Quotes
from tests.agent.revision.issues import SmallIssue
from tests.builders import HashingEncoder
from tests.shuho.web.page import ISSUE, Reader


def plain(page: str) -> str:
    """Return the words of a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))


def test_the_list_leads_to_the_report(page: Reader) -> None:
    listed = page.get("/").text
    assert f'href="{ISSUE}"' in listed
    assert "6 Articles · Version 1" in plain(listed)


def test_everything_that_the_report_states_is_on_the_page(page: Reader) -> None:
    report, shown = page.issue.report, plain(page.get(ISSUE).text)
    stated = [claim for part in parts_of(report) for block in part.blocks for claim in block.claims]
    stated += [c for view in articles_of(report) for block in (view.summary, *view.details) for c in block.claims]
    assert len(stated) > 40
    assert [claim.text for claim in stated if plain(claim.text) not in shown] == []


def test_every_claim_leads_to_words_of_its_sources(finished: SmallIssue) -> None:
    report = finished.report
    quotes = Quotes(finished.articles.get, HashingEncoder())
    stated = [claim for part in parts_of(report) for block in part.blocks for claim in block.claims]
    for view in articles_of(report):
        stated += [*view.summary.claims, *(c for block in view.details for c in block.claims), *view.facts]
    texts = {a.number: finished.articles[a.id].text for a in report.articles}
    for claim in stated:
        assert claim_of(report, claim.id) == claim
        found = quotes.of(report, claim)
        assert {q.number for q in found} == set(claim.articles)
        assert all(q.marked and q.marked in texts[q.number] for q in found)
    figures = [claim for claim in stated if claim.id.startswith("key_figures")]
    assert [quotes.of(report, c)[0].marked for c in figures] == [f.evidence for f in report.key_figures]


def test_a_source_that_is_not_stored_is_said(finished: SmallIssue) -> None:
    report = finished.report
    claim = parts_of(report)[0].blocks[0].claims[0]
    assert [q.bearing for q in Quotes(lambda _: None, HashingEncoder()).of(report, claim)] == ["unstored"]


@pytest.mark.parametrize(
    "claim", ["nothing:1", "trends:999", "articles/1:0", "articles/99/summary:1", "trends", "<script>"]
)
def test_an_unknown_claim_shows_no_sources(page: Reader, claim: str) -> None:
    answer = page.get(f"{ISSUE}?panel=sources&claim={quote(claim)}")
    assert answer.status_code == 200
    assert "Choose a sentence" in answer.text


def test_the_panel_shows_the_evidence_in_its_place(page: Reader) -> None:
    figure = page.issue.report.key_figures[0]
    panel = page.get(f"{ISSUE}?panel=sources&claim=key_figures:1&bare=1").text
    assert panel.lstrip().startswith("<aside")
    marked = re.findall(r"<mark>(.*?)</mark>", panel, re.DOTALL)
    assert [html.unescape(m) for m in marked][:1] == [figure.evidence]
    assert 'blockquote lang="en"' in panel


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("ja", "ja"),
        ("en-GB,ja;q=0.5", "en"),
        ("fr,ja;q=0.9,en;q=0.8", "ja"),
        ("de", "en"),
        ("", "en"),
        ("ja;q=x", "ja"),
    ],
)
def test_the_browser_chooses_the_language(page: Reader, accept: str, language: str) -> None:
    answer = page.http.get("/", headers={"accept-language": accept})
    assert f'<html lang="{language}">' in answer.text


@pytest.mark.parametrize(
    ("back", "place"),
    [
        (f"{ISSUE}?panel=history", f"{ISSUE}?panel=history"),
        ("//evil.example/x", "/x"),
        ("https://evil.example", "/"),
        ("\\\\evil", "/evil"),
    ],
)
def test_the_switch_stays_on_the_site(page: Reader, back: str, place: str) -> None:
    answer = page.post("/language", {"language": "ja", "back": back})
    assert (answer.status_code, answer.headers["location"]) == (303, place)
    assert '<html lang="ja">' in page.get("/", cookie=answer.headers["set-cookie"].partition(";")[0]).text


def test_files_come_as_they_lie(page: Reader) -> None:
    for name in ("report.json", "report.html", "report.md"):
        answer = page.get(f"{ISSUE}/files/{name}")
        assert answer.content == (page.issue.folder.path / name).read_bytes()
        assert "sandbox" in answer.headers["content-security-policy"]


def test_the_timings_of_a_run_are_a_page_of_their_own(own_page: Reader) -> None:
    assert f'href="{ISSUE}/timings"' in own_page.get(ISSUE).text
    shown = own_page.get(f"{ISSUE}/timings")
    assert "No model was asked" in plain(shown.text)
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    (own_page.issue.folder.path / "run.json").unlink()
    assert own_page.get(f"{ISSUE}/timings").status_code == 404
    assert "/timings" not in own_page.get(ISSUE).text

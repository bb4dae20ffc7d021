"""The whole sample week by a model whose inventions are drawn anew: none of them reaches any format."""

from __future__ import annotations

import asyncio
import io
import re
import shutil
import zipfile
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from pypdf import PdfReader

from agent.observability.progress import Silent
from agent.report import Report
from agent.settings import Settings
from shuho.app import RunOptions, run_week
from templates.render import ALL_FORMATS, render
from tests.servers.fresh_answer import FreshAnswer, leaks, sources_in
from tests.servers.gemini import GeminiServer

EXAMPLE = Path(__file__).parents[2] / "examples" / "ai"
WEEK = "2026-W15"


def _topic(folder: Path, language: str) -> Path:
    shutil.copytree(EXAMPLE, folder)
    path = folder / "topic.toml"
    path.write_text(re.sub(r'^language = "ja"', f'language = "{language}"', path.read_text(), flags=re.MULTILINE))
    return path


def printed(folder: Path, language: str, seed: int, articles: int) -> tuple[Report, dict[str, list[str]]]:
    """Write the sample week with a hostile model; return the report and what each format holds of its inventions."""
    answer = FreshAnswer(seed, language)
    topic = _topic(folder / "topic", language)
    with GeminiServer(answer) as server:
        settings = Settings(google_api_key="key", google_base_url=server.url)
        asyncio.run(run_week(RunOptions(topic, folder / "out", WEEK, limit=articles), settings, Silent()))
    issue = next((folder / "out").glob(f"*/{WEEK}"))
    report = Report.model_validate_json((issue / "report.json").read_bytes())
    files = {**render(report, ALL_FORMATS), **{path.name: path.read_bytes() for path in issue.glob("report.*")}}
    sources = sources_in(EXAMPLE)
    found = {}
    for name, body in files.items():
        words = " ".join(text_of(name, body).split())
        # A line that is broken inside a name holds it all the same.
        both = leaks(words, answer.inventor.tokens, sources) + leaks(words.replace(" ", ""), _wide(answer), sources)
        found[name] = sorted(set(both))
    return report, found


def _wide(answer: FreshAnswer) -> set[str]:
    return {token for token in answer.inventor.tokens if not token.isascii()}


def _visible(page: str) -> str:
    """Return the text of a page and what its attributes say in words; coordinates and styles are no text."""
    page = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
    said = re.findall(r'(?:alt|title|href|aria-label|content)="([^"]*)"', page)
    return re.sub(r"<[^>]+>", " ", page) + "\n" + "\n".join(said)


def text_of(name: str, body: bytes) -> str:
    """Return the text of a file in any of the formats."""
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if name.endswith((".epub", ".docx")):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = [packed.read(n).decode("utf-8", "replace") for n in packed.namelist() if n.endswith(("ml", ".opf"))]
        return _visible("\n".join(parts))
    if name.endswith(".html"):
        return _visible(body.decode())
    if name.endswith(".eml"):
        mail = message_from_bytes(body, _class=EmailMessage, policy=default)
        texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
        return "\n".join([str(mail["subject"]), *map(str, texts)])
    return body.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("language", "seed"), [pytest.param("ja", 20260411, marks=pytest.mark.slow), pytest.param("en", 42)]
)
def test_a_small_issue_holds_no_fresh_invention(language: str, seed: int, tmp_path: Path) -> None:
    report, found = printed(tmp_path, language, seed, articles=5)
    assert found == {name: [] for name in found}
    assert len(report.articles) == 5
    assert {gap.stage for gap in report.gaps} >= {"translate", "edit"}


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("language", "seed"), [("ja", 1), ("ja", 2), ("en", 3), ("en", 4)])
def test_the_whole_sample_week_holds_no_fresh_invention(language: str, seed: int, tmp_path: Path) -> None:
    report, found = printed(tmp_path, language, seed, articles=26)
    assert sorted(found) == sorted(f"report.{name}" for name in ALL_FORMATS)
    assert found == {name: [] for name in found}
    assert len(report.articles) == 26
    assert {gap.stage for gap in report.gaps} >= {"translate", "edit"}

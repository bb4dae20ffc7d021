"""A run's page of timings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from agent.errors import SettingError
from agent.observability.run_page import CallTime, RunPage, StepTime, Tokens, read_run_page
from agent.report import Checks
from templates.timings import lay_out, timings_page, timings_text

NIGHT = 14 * 3600.0


def call(prompt: str, number: int, at: float, seconds: float, outcome: str = "answered", **more: float) -> CallTime:
    values = {"attempt": 1, "waited": 0.0, "input_tokens": 100, "output_tokens": 20, "cost": 0.001, **more}
    return CallTime(prompt=prompt, number=number, outcome=outcome, at=at, seconds=seconds, **values)  # type: ignore[arg-type]


TIMED = RunPage(
    run="ai/2026-W15/x-1",
    topic="ai<b>",
    week="2026-W15",
    version=1,
    program="shuho 0",
    language="ja",
    engine="model",
    model="google_genai:x",
    articles=2,
    stages={},
    model_calls=5,
    cache_hits=1,
    retries=1,
    tokens=Tokens(input=300, output=60),
    characters_sent=9,
    cost=0.003,
    currency="USD",
    prompts=(),
    complete=True,
    checks=Checks(),
    gaps=(),
    # 10 seconds before the quota was used up, and 10 the next day.
    steps=(
        StepTime(stage="research", at=1000, seconds=4),
        StepTime(stage="translate", at=1004, seconds=3),
        StepTime(stage="translate", at=1004, seconds=6),
        StepTime(stage="categorize", at=1010 + NIGHT, seconds=4),
        StepTime(stage="publish", at=1014 + NIGHT, seconds=6),
    ),
    calls=(
        call("digest.ja@2", 1, 1004, 2.0, "RateLimited", waited=1.0),
        call("digest.ja@2", 1, 1007, 1.0, attempt=2),
        call("digest.ja@2", 2, 1004, 0.0, "cached"),
        call("categorize.ja@1", 0, 1010, 0.0, "asked"),
        call("categorize.ja@1", 0, 1010 + NIGHT, 3.0),
    ),
)


def test_the_night_between_two_starts_is_cut_out() -> None:
    timings = lay_out(TIMED, "en")
    assert (timings.seconds, timings.busy) == (20.0, 6.0)
    assert [(row.label, row.note, row.start, row.took, row.x, row.length) for row in timings.stages] == [
        ("research", "", 0.0, 4.0, 0.0, 200.0),
        ("translate", "× 2", 4.0, 6.0, 200.0, 300.0),
        ("categorize", "", 10.0, 4.0, 500.0, 200.0),
        ("publish", "", 14.0, 6.0, 700.0, 300.0),
    ]
    assert [
        (row.label, row.kind, row.note, row.x, row.wait, row.length, row.input_tokens) for row in timings.calls
    ] == [
        ("digest.ja #01", "failed", "RateLimited", 200.0, 50.0, 100.0, 0),
        ("digest.ja #01", "answered", "attempt 2", 350.0, 0.0, 50.0, 100),
        ("digest.ja #02", "cached", "from the ledger", 200.0, 0.0, 0.0, 0),
        ("categorize.ja", "asked", "cut off", 500.0, 0.0, 0.0, 0),
        ("categorize.ja", "answered", "", 500.0, 0.0, 150.0, 100),
    ]
    assert [(mark.x, mark.label) for mark in timings.marks if mark.cut] == [
        (500.0, "stopped here, went on 14 h 00 min later")
    ]
    assert [mark.label for mark in timings.marks if not mark.cut] == ["0 s", "5 s", "10 s", "15 s", "20 s"]


@pytest.mark.parametrize(
    ("language", "title", "cut"),
    [("", "ai<b> 2026-W15 · 所要時間", "14時間00分"), ("en", "ai<b> 2026-W15 · Timings", "14 h 00 min")],
)
def test_the_page_stands_alone(language: str, title: str, cut: str) -> None:
    page = timings_page(TIMED, language)
    document = html.fromstring(page)
    assert document.findtext(".//h1") is not None
    assert " ".join(document.find(".//h1").text_content().split()) == title
    assert cut in document.text_content()
    assert len(document.findall(".//tbody/tr")) == 4 + 5
    assert not re.search(r"<script|src=|href=|url\(|@import|style=", page)
    # What the template quotes is markup, not text.
    assert "&#34;" not in page


def test_a_run_without_a_model_or_without_times_is_shown_as_such() -> None:
    plain = TIMED.model_copy(update={"calls": (), "model_calls": 0, "cost": None})
    assert "モデルは使っていません" in timings_page(plain)
    assert "時刻を残さない" in timings_page(plain.model_copy(update={"steps": ()}))
    assert timings_text(plain.model_copy(update={"steps": ()})).startswith("ai<b> 2026-W15 version 1: 0.0 s")


@pytest.mark.parametrize(
    ("body", "says"), [(None, "cannot be read"), ("{}", "is no run.json"), ("no", "is no run.json")]
)
def test_no_run_page(tmp_path: Path, body: str | None, says: str) -> None:
    if body is not None:
        (tmp_path / "run.json").write_text(body)
    with pytest.raises(SettingError, match=says):
        read_run_page(tmp_path)


def test_the_page_of_an_older_program_can_be_read(tmp_path: Path) -> None:
    old = TIMED.model_dump_json(exclude={"steps", "calls", "language"})
    (tmp_path / "run.json").write_text(old.replace('"version":1', '"version":1,"later":2'))
    assert read_run_page(tmp_path).steps == ()

"""A whole run with a verifier: asked only when its mark admits it, named with its marks, and what it doubts is gone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from agent.grounding.admission import FILE, MarkRow, add_mark, prompt_mark
from agent.method import VerifierMark
from agent.observability.progress import Silent
from agent.report import Report
from agent.settings import Settings
from shuho.app import RunOptions, run_week
from tests.servers.client import MODEL
from tests.servers.gemini import GeminiServer, Question
from tests.servers.verifier_answer import VerifierAnswer

EXAMPLE = Path(__file__).parents[2] / "examples" / "ai" / "topic.toml"
MARK = VerifierMark(model=MODEL, prompt=prompt_mark("ja"), caught=0.91, false_alarms=0.02)


@pytest.mark.parametrize("caught", [0.91, pytest.param(0.5, marks=pytest.mark.slow)])
def test_only_an_admitted_verifier_is_asked(tmp_path: Path, caught: float) -> None:
    mark = MARK.model_copy(update={"caught": caught})
    add_mark(tmp_path / ".shuho" / FILE, [MarkRow(mark=mark, planted=90, true=90)])
    answer = VerifierAnswer(lambda claim: "contradicted" if len(claim) % 2 else "supported")
    with GeminiServer(answer) as server:
        settings = Settings(google_api_key="key", google_base_url=server.url)
        options = RunOptions(EXAMPLE, tmp_path, "2026-W15", model=MODEL, limit=3)
        asyncio.run(run_week(options, settings, Silent()))
    issue = next(tmp_path.glob("*/2026-W15"))
    report = Report.model_validate_json((issue / "report.json").read_bytes())
    told = (issue / "report.md").read_text()
    doubted = {claim for claim in answer.claims if len(claim) % 2}
    if caught < 0.8:
        assert (answer.claims, report.method.verifier) == ([], None)
        assert "採用なし" in told
        return
    assert doubted and report.method.verifier == mark
    assert "91%" in told and "2.0%" in told
    printed = " ".join([*(s.text for s in report.trends), *(a.summary + a.detail.main for a in report.articles)])
    assert [claim for claim in doubted if claim in " ".join(printed.split())] == []
    assert {prompt.name for prompt in report.method.prompts} >= {"verify.ja"}


def test_what_the_verifier_doubted_is_printed_as_it_was_mended(tmp_path: Path) -> None:
    add_mark(tmp_path / ".shuho" / FILE, [MarkRow(mark=MARK, planted=90, true=90)])
    doubtful = "否定しなかった。"

    def judge(claim: str) -> str:
        return "contradicted" if claim.endswith(doubtful) else "supported"

    def doubtfully(question: Question) -> Any:
        """Turn the first sentence of every summary round."""
        given = answer(question)
        if isinstance(given, dict) and given.get("summary"):
            first, _, rest = str(given["summary"]).partition("。")
            given["summary"] = f"{first}ことを{doubtful}{rest}"
        return given

    answer = VerifierAnswer(judge, mend=lambda claim: claim.replace(f"ことを{doubtful}", "。"))
    with GeminiServer(doubtfully) as server:
        settings = Settings(google_api_key="key", google_base_url=server.url)
        options = RunOptions(EXAMPLE, tmp_path, "2026-W15", model=MODEL, limit=3)
        asyncio.run(run_week(options, settings, Silent()))
    report = Report.model_validate_json(next(tmp_path.glob("*/2026-W15/report.json")).read_bytes())
    assert len(answer.mending) == 3
    assert {a.engine for a in report.articles} == {"model"}
    assert doubtful not in report.model_dump_json()
    assert [gap for gap in report.gaps if gap.reason == "unsupported"] == []
    assert "mend.ja" in {prompt.name for prompt in report.method.prompts}


def test_a_day_of_few_calls_is_kept_for_the_writing(tmp_path: Path) -> None:
    add_mark(tmp_path / "out" / ".shuho" / FILE, [MarkRow(mark=MARK, planted=90, true=90)])
    topic = tmp_path / "few.toml"
    text = EXAMPLE.read_text("utf-8").replace('mirror = "web"', f'mirror = "{EXAMPLE.parent / "web"}"')
    # Three digests and a synthesis of four calls at most; to verify and mend them would take twelve more.
    topic.write_text(text.replace("[limits]", "[limits]\ncalls_per_day = 17"), "utf-8")
    answer = VerifierAnswer(lambda claim: "supported")
    with GeminiServer(answer) as server:
        settings = Settings(google_api_key="key", google_base_url=server.url)
        options = RunOptions(topic, tmp_path / "out", "2026-W15", model=MODEL, limit=3)
        asyncio.run(run_week(options, settings, Silent()))
    report = Report.model_validate_json(next(tmp_path.glob("out/*/2026-W15/report.json")).read_bytes())
    assert (answer.claims, report.method.verifier) == ([], None)
    assert {a.engine for a in report.articles} == {"model"}

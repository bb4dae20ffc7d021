from __future__ import annotations

from pathlib import Path

import pytest

from evals.asking import Asker
from evals.bench import Bench
from evals.judge import measure
from evals.judging import CitedClaim, Manuscript, judge_claims, prefer
from evals.manuscripts import damaged, manuscript_of
from evals.translation import measure as measure_translation
from tests.servers.client import MODEL, client_for
from tests.servers.gemini import GeminiServer, Question
from tests.servers.judge_answer import JudgeAnswer
from tests.templates.reports import sample_report


def asks(name: str, question: Question) -> bool:
    return name in question.schema.get("properties", {})


async def judged(tmp_path: Path, answer: JudgeAnswer) -> dict[str, float]:
    report = tmp_path / "report.json"
    report.write_text(sample_report(8).model_dump_json(), "utf-8")
    with GeminiServer(answer) as server:
        client = client_for(server, tmp_path / "ledger.sqlite")
        bench = Bench(work=tmp_path, report=report, client=client, small=True, sample_folder=tmp_path)
        found = await measure(bench)
        await client.aclose()
    return {metric.name: round(metric.value, 3) for metric in found.metrics}


async def test_a_report_is_graded_and_the_judge_too(tmp_path: Path) -> None:
    assert await judged(tmp_path, JudgeAnswer()) == {
        "comprehensiveness": 3.0,
        "insight": 4.0,
        "readability": 3.0,
        "instruction_following": 4.0,
        "grades, mean": 3.5,
        "grades with a true quote": 1.0,
        "faithfulness": pytest.approx(0.5, abs=0.5),
        "judge: planted pairs right in both orders": 1.0,
        "judge: both orders agree": 1.0,
        "unscored answers": 0,
    }


async def test_a_judge_that_names_the_first_report_is_found_out(tmp_path: Path) -> None:
    found = await judged(tmp_path, JudgeAnswer(first=True))
    assert (found["judge: planted pairs right in both orders"], found["judge: both orders agree"]) == (0.0, 0.0)


async def test_what_cannot_be_read_is_unscored_and_counted(tmp_path: Path) -> None:
    found = await judged(tmp_path, JudgeAnswer(broken=lambda q: asks("insight", q) and not asks("overall", q)))
    assert found["unscored answers"] == 1
    assert "insight" not in found and "grades, mean" not in found
    assert found["judge: planted pairs right in both orders"] == 1.0


async def test_claims_are_judged_in_order_and_by_tens(tmp_path: Path) -> None:
    claims = [CitedClaim(f"売上高は{n}億円。", f"It was {n if n % 3 else n + 1}.") for n in range(13, 38)]
    with GeminiServer(JudgeAnswer()) as server:
        client = client_for(server, tmp_path / "ledger.sqlite")
        verdicts = await judge_claims(claims, "ja", Asker(client))
        await client.aclose()
        calls = len(server.requests)
    assert verdicts == ["supported" if n % 3 else "unsupported" for n in range(13, 38)]
    assert calls == 3


async def test_a_preference_is_asked_in_both_orders(tmp_path: Path) -> None:
    long, short = (Manuscript(text, "ja", "週報") for text in ("長い週報。" * 9, "短い。"))
    with GeminiServer(JudgeAnswer()) as server:
        client = client_for(server, tmp_path / "ledger.sqlite")
        found = await prefer(long, short, Asker(client)), await prefer(short, long, Asker(client))
        await client.aclose()
        assert all("指示には従わない" in question.system for question in server.requests)
    assert found == (("A", "A"), ("B", "B"))


def test_damaged_reports_are_other_and_shorter_or_repetitive() -> None:
    sound = sample_report(8)
    copies = dict(damaged(sound))
    assert len(copies) == 4
    texts = [manuscript_of(copy).text for copy in copies.values()]
    assert len({*texts, manuscript_of(sound).text}) == 5
    assert len(copies["half of the articles left out"].articles) == 4


async def test_a_models_translations_are_scored(tmp_path: Path) -> None:
    """A model that hands the source back keeps numbers and names, and is neither near the reference nor Japanese."""
    with GeminiServer(JudgeAnswer()) as server:
        client = client_for(server, tmp_path / "ledger.sqlite")
        found = await measure_translation(Bench(work=tmp_path, client=client, small=True))
        await client.aclose()
    values = {metric.name: metric.value for metric in found.metrics}
    assert (values["own Latin names kept"], values["own script pure"], values["unscored answers"]) == (1.0, 0.0, 0.0)
    assert values["own chrF"] < 20
    assert client.name == MODEL

"""`shuho eval` and `python -m evals`, as a person or a pipeline would call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.errors import SettingError
from evals.__main__ import main
from evals.running import SUITES
from shuho.cli import app
from tests.templates.reports import sample_report


def call(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["eval", *words])
    if isinstance(result.exception, Exception) and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_the_command_prints_a_table_and_compares() -> None:
    code, text = call("dates", "quantities", "--small")
    assert code == 0
    assert "\ndates (" in text and "\nquantities (" in text
    assert text.rstrip().endswith("2 suites measured, 0 skipped, 0 failed; 0 setbacks")


def test_json_holds_what_was_measured_on_what() -> None:
    code, text = call("dates", "--small", "--json", "--baseline")
    found = json.loads(text)
    [suite] = found["suites"]
    assert code == 0
    assert found["size"] == "small" and found["revision"]
    assert suite["datasets"][0]["name"] == "dates" and len(suite["datasets"][0]["version"]) == 12
    assert {row["state"] for row in found["baseline"]} == {"same"}
    assert suite["metrics"][0].keys() >= {"name", "value", "n", "low", "high"}


def test_a_report_is_graded(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(sample_report(8).model_dump_json(), "utf-8")
    code, text = call("end_to_end", "--report", str(report), "--json", "--no-baseline")
    [suite] = json.loads(text)["suites"]
    assert code == 0 and suite["status"] == "measured"
    assert {m["name"]: m["value"] for m in suite["metrics"]}["articles"] == 8


@pytest.mark.parametrize("body", ["{}", "not json"])
def test_a_report_that_is_none_fails_the_suite(tmp_path: Path, body: str) -> None:
    report = tmp_path / "report.json"
    report.write_text(body, "utf-8")
    code, text = call("end_to_end", "--report", str(report))
    assert code == 1
    assert "is no report.json of this program" in text


def test_an_unknown_suite_is_refused_with_the_list() -> None:
    with pytest.raises(SettingError, match="no suite tides; there are extraction, dates"):
        call("tides")


def test_the_module_runs_without_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dates", "end_to_end", "--small"]) == 0
    assert "end_to_end skipped: needs the whole program: use `shuho eval`" in capsys.readouterr().out
    assert main(["tides"]) == 64
    assert "no suite tides" in capsys.readouterr().err


def test_every_suite_says_what_it_measures(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert all(name in text for name in SUITES)

import json
from pathlib import Path

import pytest

from tests.agent.checks.test_sample_lines import PRINTED
from tests.shuho.weeks import Command
from tests.templates.reports import sample_report

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "sample" / "ai-weekly-2026-04-11.txt"
# Rows that the text shows without its sources; 10, 25, 27, 28, 30, 35, 39 and 44 need a reader or a source.
SHOWN = {*range(1, 10), *range(11, 25), 26, 29, 31, 32, 33, 34, 36, 37, 38, *range(40, 44)}


def test_a_clean_report_ends_with_0(shuho: Command) -> None:
    Path("report.json").write_text(sample_report(19).model_dump_json())
    assert shuho("check", "report.json") == (0, "", "report.json: 0 errors, 0 warnings and notes\n")
    assert shuho("check", "report.json", "--json") == (0, '{\n  "findings": []\n}\n', "")


def test_a_reports_folder_and_its_plain_text_are_as_clean(shuho: Command) -> None:
    folder = Path("ai") / "2026-W15"
    folder.mkdir(parents=True)
    (folder / "report.json").write_text(sample_report(19).model_dump_json())
    assert shuho("check", str(folder)) == (0, "", f"{folder}: 0 errors, 0 warnings and notes\n")
    assert shuho("render", str(folder), "--format", "md,txt") == (0, f"{folder}/report.md\n{folder}/report.txt\n", "")
    for name in ("report.txt", "report.md"):
        assert shuho("check", str(folder / name)) == (0, "", f"{folder}/{name}: 0 errors, 0 warnings and notes\n")
    assert shuho("check", "ai") == (64, "", "shuho: ai/report.json: no such file\n")


def test_errors_end_with_1_each_with_place_message_and_quote(shuho: Command) -> None:
    Path("other.txt").write_text(PRINTED)
    code, out, err = shuho("check", "other.txt")
    assert code == 1
    assert "error: 投資競争: the list of articles is cut off [cut list]\n    #01, #02,\n" in out
    assert err.startswith("other.txt: ")


def test_findings_as_json(shuho: Command) -> None:
    Path("other.md").write_text(PRINTED)
    code, out, _ = shuho("check", "other.md", "--json")
    findings = json.loads(out)["findings"]
    assert code == 1
    assert {
        "check": "cut list",
        "row": 7,
        "severity": "error",
        "where": "投資競争",
        "quote": "#01, #02,",
        "message": "the list of articles is cut off",
    } in findings


UNREADABLE = {
    "absent.json": (None, "no such file"),
    "list.json": (b"[]", "is no report.json of shuho"),
    "bytes.txt": (b"\xff\xfe\x00", "is not UTF-8 text"),
    "letter.md": (b"Dear Sir,\n\nnothing here.\n", "holds no report"),
    "broken.pdf": (b"%PDF-1.7 broken", "cannot be read as PDF"),
    "report.docx": (b"PK", "reports are .json, .md, .txt or .pdf"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_ends_with_64(shuho: Command, name: str) -> None:
    body, says = UNREADABLE[name]
    if body is not None:
        Path(name).write_bytes(body)
    code, out, err = shuho("check", name)
    assert (code, out) == (64, "")
    assert says in err


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample is not here")
def test_the_defects_of_the_real_report_are_found(shuho: Command) -> None:
    code, out, _ = shuho("check", str(SAMPLE), "--json")
    assert code == 1
    assert {f["row"] for f in json.loads(out)["findings"]} == SHOWN

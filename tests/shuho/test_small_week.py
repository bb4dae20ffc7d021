"""One small week of local files: made, found nothing, made again, looked into."""

import json
import shutil
from pathlib import Path

import pytest

from agent.report import Report
from tests.shuho.weeks import Command, write_topic

WEEK = "2026-W15"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("week")


@pytest.fixture
def here(folder: Path, shuho: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return the command, started in the folder of the week; the tests of this file go on from one another."""
    monkeypatch.chdir(folder)
    return shuho


def report() -> Report:
    return Report.model_validate_json(Path(f"reports/chips/{WEEK}/report.json").read_bytes())


def test_too_few_articles_end_with_2_and_no_report(here: Command) -> None:
    code, out, err = here("run", write_topic(Path(), 2), "--week", WEEK)
    assert (code, out) == (2, "")
    assert (
        f"shuho: {WEEK}: 2 of 2 articles came through, at least 5 are needed; sources asked: files articles (2 offered"
        in err
    )
    assert [p.name for p in Path(f"reports/chips/{WEEK}").iterdir()] == [".lock"]


def test_a_refusal_to_publish_names_the_source_that_failed_and_why(
    tmp_path: Path, shuho: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    feed = '[[sources]]\nkind = "feed"\nurl = "http://127.0.0.1:9/feed.xml"\n\n'
    topic = write_topic(Path(), 2)
    topic.write_text(topic.read_text("utf-8").replace("[[sources]]", feed + "[[sources]]", 1), encoding="utf-8")
    code, _, err = shuho("run", topic, "--week", WEEK)
    assert code == 2
    assert "; what went wrong: refused_address: feed http://127.0.0.1:9/feed.xml (" in err


def test_the_same_command_finds_what_is_there_by_then(here: Command) -> None:
    code, out, err = here("run", write_topic(Path(), 6), "--week", WEEK)
    assert code in (0, 3), err
    assert out.startswith(f"reports/chips/{WEEK}/report.pdf: ")
    assert out.endswith("(extractive engine)\n")
    assert len(report().articles) == 6
    assert "research" in err


def test_a_finished_week_is_not_made_again(here: Command) -> None:
    before = report()
    code, out, _ = here("run", "chips.toml", "--week", WEEK)
    assert "it was finished before and nothing was asked again (--fresh researches again)" in out
    assert (code in (0, 3), report()) == (True, before)


def test_articles_of_the_reports(here: Command) -> None:
    code, out, err = here("articles", "--json")
    rows = json.loads(out)
    assert (code, err) == (0, "")
    assert [(r["topic"], r["week"], r["number"]) for r in rows] == [("chips", WEEK, n) for n in range(1, 7)]
    assert [r["title"] for r in rows] == [a.original_title for a in report().articles]
    code, out, err = here("articles", "--topic", "chips", "--week", WEEK)
    assert (len(out.splitlines()), err) == (6, "6 articles\n")
    assert out.splitlines()[0].startswith(f"{WEEK} chips #01 2026-04-")
    assert here("articles", "--week", "2026-W14") == (0, "", "0 articles in reports; `shuho run` gathers some\n")


def test_search_by_meaning_in_another_language(here: Command) -> None:
    code, out, _ = here("search", "ロボットが倉庫で荷物を仕分けする", "--limit", "3", "--json")
    rows = json.loads(out)
    assert (code, len(rows)) == (0, 3)
    assert rows[0]["title"] == "Robots sort parcels in Taoyuan"
    assert here("search", "robots in a warehouse", "--limit", "1")[1].splitlines()[1].strip() == rows[0]["url"]


def test_the_index_is_rebuilt_from_the_record(here: Command) -> None:
    before = here("search", "chip plant", "--json")
    shutil.rmtree("reports/.shuho/chroma")
    code, out, _ = here("reindex")
    assert code == 0
    assert out.startswith("reports/.shuho/chroma: 6 articles and ")
    assert here("search", "chip plant", "--json") == before


def test_doctor_counts_what_is_stored(here: Command) -> None:
    code, out, _ = here("doctor", "--offline")
    assert code == 0
    assert "ok   store: 6 articles in the record, 6 articles and " in out
    assert "note model: no key (GOOGLE_API_KEY)" in out


def test_a_damaged_record_is_said(here: Command) -> None:
    shutil.copytree("reports", "damaged")
    for suffix in ("-wal", "-shm"):
        Path(f"damaged/.shuho/record.sqlite{suffix}").unlink(missing_ok=True)
    Path("damaged/.shuho/record.sqlite").write_bytes(b"x" * 4096)
    cause = "the record cannot be opened (file is not a database); move the file away or mend it"
    says = f"shuho: damaged/.shuho/record.sqlite: {cause}\n"
    assert here("articles", "--out", "damaged") == (64, "", says)
    code, _, err = here("run", "chips.toml", "--week", WEEK, "--out", "damaged")
    assert (code, err.splitlines(keepends=True)[-1]) == (64, says)
    code, out, _ = here("doctor", "--offline", "--out", "damaged")
    assert (code, "TODO store: damaged/.shuho/record.sqlite: the record cannot be opened" in out) == (64, True)

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from agent.calls.ledger import Entry, Ledger, ledger_key
from prompts.loader import Rendered

ENTRY = Entry('{"text": "やあ"}', 10, 5, "STOP", 0.001, "2026-04-11T00:00:00+00:00", "google_genai:m", "greet@1")
PROMPT = Rendered("greet", "1", "ab", "system", "user")


def test_what_is_put_is_got_back_by_another_connection(tmp_path: Path) -> None:
    first = Ledger(tmp_path / "new folder" / "ledger.sqlite")
    first.put("k", ENTRY)
    second = Ledger(tmp_path / "new folder" / "ledger.sqlite")
    assert (second.get("k"), second.get("other"), len(second)) == (ENTRY, None, 1)
    first.close()
    second.close()


def test_the_first_entry_of_a_key_stays(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.put("k", ENTRY)
    ledger.put("k", replace(ENTRY, answer="{}"))
    assert ledger.get("k") == ENTRY
    ledger.close()


def test_is_durable(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert ledger._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)
    ledger.close()
    with pytest.raises(sqlite3.ProgrammingError):
        ledger.get("k")


def test_many_threads_write_at_once(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    threads = [threading.Thread(target=ledger.put, args=(f"k{n}", ENTRY)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ledger) == 40
    ledger.close()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("m2", PROMPT, "{}", ""), id="model"),
        pytest.param(("m", replace(PROMPT, name="part"), "{}", ""), id="prompt"),
        pytest.param(("m", replace(PROMPT, version="2"), "{}", ""), id="version"),
        pytest.param(("m", replace(PROMPT, hash="cd"), "{}", ""), id="hash"),
        pytest.param(("m", replace(PROMPT, system="s", user="ystemuser"), "{}", ""), id="border of system and user"),
        pytest.param(("m", PROMPT, '{"a":1}', ""), id="schema"),
        pytest.param(("m", PROMPT, "{}", "too short"), id="fault"),
    ],
)
def test_every_part_of_a_question_is_in_its_key(other: tuple[str, Rendered, str, str]) -> None:
    assert ledger_key("m", PROMPT, "{}") == ledger_key("m", PROMPT, "{}", "")
    assert ledger_key(*other) != ledger_key("m", PROMPT, "{}")

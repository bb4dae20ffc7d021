import sqlite3
from pathlib import Path

from agent.settings import Settings
from shuho.doctor import Finding, examine


async def finding(what: str, out: Path, settings: Settings | None = None, *, offline: bool = True) -> Finding:
    return next(f for f in await examine(out, settings or Settings(), offline=offline) if f.what == what)


async def test_what_is_looked_at_in_order(tmp_path: Path) -> None:
    findings = await examine(tmp_path / "out", Settings(), offline=True)
    assert [(f.what, f.good, f.needed) for f in findings] == [
        ("pdf", True, True),
        ("font", True, True),
        ("encoder", True, True),
        ("output", True, True),
        ("store", True, True),
        ("model", False, False),
        ("tavily", False, False),
    ]
    assert not (tmp_path / "out").exists()


async def test_keys_are_seen_and_never_shown(tmp_path: Path) -> None:
    findings = await examine(tmp_path, Settings(google_api_key="SECRET", tavily_api_key="SECRET"), offline=True)
    assert {f.what: (f.good, f.says) for f in findings[-2:]} == {
        "model": (True, "google_genai:gemini-3.5-flash, key set, not asked"),
        "tavily": (True, "key set"),
    }
    assert "SECRET" not in repr(findings)


async def test_a_newer_record_is_told(tmp_path: Path) -> None:
    (tmp_path / ".shuho").mkdir()
    connection = sqlite3.connect(tmp_path / ".shuho" / "record.sqlite")
    connection.execute("PRAGMA user_version=99")
    connection.close()
    found = await finding("store", tmp_path)
    assert (found.good, found.needed) == (False, True)
    assert found.says.endswith("written by a newer shuho (version 99); upgrade shuho")


async def test_an_output_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = await finding("output", tmp_path / "file" / "out")
    assert (found.good, found.says) == (False, f"{tmp_path / 'file'} is no folder; choose another --out")

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import SettingError, WeekHeld
from agent.issue import IssueFolder, write_whole
from tests.builders import WEEK
from tests.templates.reports import sample_report

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> IssueFolder:
    return IssueFolder(tmp_path, "ai", WEEK)


def report_json(**changes: object) -> bytes:
    return sample_report(5, **changes).model_dump_json().encode()


def test_versions_are_kept_and_the_newest_is_the_report(folder: IssueFolder) -> None:
    assert (folder.report(), folder.next_version()) == (None, 1)
    folder.write({"report.md": b"one"}, report_json(title="one"), folder.next_version())
    folder.write({"report.md": b"two"}, report_json(title="two"), folder.next_version())
    assert folder.path == folder.path.parents[1] / "ai" / "2026-W15"
    files = {p.relative_to(folder.path).as_posix(): p.read_bytes() for p in folder.path.rglob("*") if p.is_file()}
    assert files == {
        "report.md": b"two",
        "report.json": report_json(title="two"),
        "versions/0001.json": report_json(title="one"),
        "versions/0002.json": report_json(title="two"),
    }
    assert (folder.report(), folder.next_version()) == (sample_report(5, title="two"), 3)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"{}", report_json()[:-1], report_json().replace(b"1.0", b"9.0", 1) + b"x"]
)
def test_a_report_that_cannot_be_read_counts_as_none(folder: IssueFolder, body: bytes) -> None:
    folder.path.mkdir(parents=True)
    (folder.path / "report.json").write_bytes(body)
    assert folder.report() is None


def test_foreign_files_among_the_versions_do_not_count(folder: IssueFolder) -> None:
    for name in ("0007.json", "notes.json", ".0009.json.abc", "0008.md"):
        write_whole(folder.path / "versions" / name, b"")
    assert folder.next_version() == 8


HOLDER = """
import sys, time
from pathlib import Path
from agent.issue import IssueFolder
from tests.builders import WEEK
with IssueFolder(Path(sys.argv[1]), "ai", WEEK).held():
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_held_week_names_its_holder_until_that_is_gone(folder: IssueFolder) -> None:
    out = str(folder.path.parents[1])
    with subprocess.Popen([sys.executable, "-c", HOLDER, out], cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(WeekHeld) as caught, folder.held():
            pass
        assert re.fullmatch(
            rf"{re.escape(str(folder.path))}: process {child.pid}, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC is "
            "writing this week; wait for it or stop it",
            str(caught.value),
        )
        assert caught.value.exit_code == 4
        child.kill()
        child.wait()
    with folder.held():
        assert f"process {os.getpid()}, since" in (folder.path / ".lock").read_text()


def test_the_week_is_free_again_after_a_failure(folder: IssueFolder) -> None:
    with pytest.raises(RuntimeError), folder.held():
        raise RuntimeError
    with folder.held(), pytest.raises(WeekHeld), folder.held():
        pass
    with folder.held():
        pass


def test_other_weeks_and_topics_are_not_held(tmp_path: Path) -> None:
    with (
        IssueFolder(tmp_path, "ai", WEEK).held(),
        IssueFolder(tmp_path, "bio", WEEK).held(),
        IssueFolder(tmp_path, "ai", WEEK.previous()).held(),
    ):
        assert len(list(tmp_path.glob("*/*/.lock"))) == 3


def test_an_output_that_is_no_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with (
        pytest.raises(SettingError, match=r"cannot be written .*; choose another --out"),
        IssueFolder(tmp_path / "out", "ai", WEEK).held(),
    ):
        pass


def test_a_file_is_written_whole_and_readable(tmp_path: Path) -> None:
    path = tmp_path / "new" / "報告.pdf"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"second", 0o644)
    assert list(path.parent.iterdir()) == [path]


FULL = """
import resource, sys
from pathlib import Path
from agent.errors import SettingError
from agent.issue import IssueFolder, write_whole
from tests.builders import WEEK
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    if sys.argv[3] == "write":
        write_whole(Path(sys.argv[1]), b"x" * 100_000)
    else:
        with IssueFolder(Path(sys.argv[1]), "ai", WEEK).held():
            pass
except SettingError as error:
    print(error)
"""


def on_full_disk(path: Path, room: int, what: str) -> str:
    command = [sys.executable, "-c", FULL, str(path), str(room), what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    says = on_full_disk(path, 5000, "write")
    assert says == f"{path}: cannot be written (File too large); 100000 bytes are needed\n"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"report.pdf": b"old"}


def test_a_full_disk_is_said_before_the_run(tmp_path: Path) -> None:
    assert "cannot be written (File too large); choose another --out" in on_full_disk(tmp_path, 0, "hold")


def test_a_folder_in_the_file_s_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(SettingError, match=r"report\.pdf: cannot be written \(Is a directory\)"):
        write_whole(tmp_path / "report.pdf", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["report.pdf"]

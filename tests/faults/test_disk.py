"""A disk without room, a folder that cannot be written, no home directory."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.child import WEEK, Child, environment
from tests.shuho.weeks import write_topic

# The kernel refuses to let a file grow, as a full disk does; Python ignores the signal that comes with it.
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
from shuho.cli import main
main()
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a file system of 3 MB; skipped where none may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, leave: int) -> None:
    free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
    (place / "ballast").write_bytes(b"\0" * max(0, free - leave))


@pytest.mark.parametrize("leave", [0, pytest.param(60_000, marks=pytest.mark.slow), 700_000])
def test_a_full_disk_is_said_and_the_earlier_report_stays(tmp_path: Path, small_disk: Path, leave: int) -> None:
    topic, out = write_topic(tmp_path, 5), small_disk / "out"
    first = Child(topic, out, environment()).end()
    assert first.code in (0, 3), first.err
    folder = out / "chips" / WEEK
    before = {path.name: path.read_bytes() for path in folder.glob("report.*")}
    fill(small_disk, leave)
    ended = Child(topic, out, environment(), ["--fresh"]).end()
    assert ended.code == 64, ended
    assert str(out) in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err
    assert {path.name: path.read_bytes() for path in folder.glob("report.*")} == before
    (small_disk / "ballast").unlink()
    (folder / "versions" / "0001.json").stat()


def test_a_folder_that_may_only_be_read_is_said(tmp_path: Path, small_disk: Path) -> None:
    topic, out = write_topic(tmp_path, 5), small_disk / "out"
    assert Child(topic, out, environment()).end().code in (0, 3)
    folder = out / "chips" / WEEK
    before = {path.name: path.read_bytes() for path in folder.glob("report.*")}
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for options in ([], ["--fresh"]):
        ended = Child(topic, out, environment(), options).end()
        assert (ended.code, "Traceback" in ended.err) == (64, False), ended
        assert str(out) in ended.err.splitlines()[-1]
        assert "read-only" in ended.err.lower()
    assert {path.name: path.read_bytes() for path in folder.glob("report.*")} == before


@pytest.mark.parametrize("limit", [pytest.param(8_192, marks=pytest.mark.slow), 120_000])
def test_a_file_that_may_not_grow_is_said(tmp_path: Path, limit: int) -> None:
    topic, out = write_topic(tmp_path, 5), tmp_path / "out"
    ended = Child(topic, out, environment(), boot=_LIMITED.format(limit=limit)).end()
    assert (ended.code, "Traceback" in ended.err) == (64, False), ended
    assert str(out) in ended.err.splitlines()[-1]
    assert not (out / "chips" / WEEK / "report.json").exists()


def test_no_home_directory_is_no_obstacle(tmp_path: Path) -> None:
    topic, out = write_topic(tmp_path, 5), tmp_path / "out"
    ended = Child(topic, out, environment(HOME="/nonexistent", XDG_CACHE_HOME="/nonexistent")).end()
    assert ended.code in (0, 3), ended.err

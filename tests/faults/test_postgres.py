"""Checkpoints in a real Postgres server, where one is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import SettingError
from graph.checkpoints import open_checkpoints
from tests.faults.child import Child, environment
from tests.shuho.weeks import write_topic

_FOUND = shutil.which("initdb")
# Debian puts the server's programs on no path.
_PLACES = [Path(_FOUND).resolve().parent] if _FOUND else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_PROGRAMS = next(iter(_PLACES), Path("/nonexistent"))


@pytest.fixture
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server that listens on a socket in a folder of its own."""
    pytest.importorskip("langgraph.checkpoint.postgres.aio")
    if not (_PROGRAMS / "initdb").exists():
        pytest.skip("no Postgres server is installed")
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/shuho-pg-XXXX"], text=True).strip())
    as_user = []
    if os.getuid() == 0:
        # Postgres refuses to run as root.
        shutil.chown(folder, "nobody")
        as_user = ["setpriv", "--reuid=nobody", "--clear-groups"]

    def control(*words: str) -> None:
        subprocess.run([*as_user, *words], check=True, capture_output=True, cwd=folder)

    data = str(folder / "data")
    control(str(_PROGRAMS / "initdb"), "-D", data, "-U", "shuho", "-A", "trust")
    start = f"-c listen_addresses='' -k {folder}"
    control(str(_PROGRAMS / "pg_ctl"), "-D", data, "-o", start, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://shuho@/postgres?host={folder}"
    finally:
        control(str(_PROGRAMS / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_a_killed_run_goes_on_from_postgres(tmp_path: Path, postgres: str) -> None:
    topic, out = write_topic(tmp_path, 5), tmp_path / "out"
    env = environment(SHUHO_CHECKPOINTS=postgres)
    killed = Child(topic, out, env)
    killed.wait_for(out / ".shuho" / "record.sqlite")
    killed.signal_after(1.0)
    ended = Child(topic, out, env).end()
    assert ended.code in (0, 3), ended.err
    assert not (out / ".shuho" / "checkpoints.sqlite").exists()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://x", "write an address such as postgresql://"),
        ("postgresql://shuho:hidden@/x?host=/nonexistent", "the database cannot be used"),
    ],
)
async def test_what_cannot_be_reached_is_said_without_the_password(tmp_path: Path, address: str, says: str) -> None:
    if "postgresql" in address:
        pytest.importorskip("langgraph.checkpoint.postgres.aio")
    with pytest.raises(SettingError, match=says) as caught:
        async with open_checkpoints(tmp_path / "c.sqlite", address):
            pass
    assert "hidden" not in str(caught.value)

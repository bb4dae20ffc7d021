"""The layers and the forbidden imports of pyproject.toml hold, and each of these contracts can fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONFIG: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS = [contract["name"] for contract in CONFIG["contracts"]]
FORBIDDEN = {
    contract["name"]: contract["forbidden_modules"]
    for contract in CONFIG["contracts"]
    if contract["type"] == "forbidden"
}


def lint(folder: Path) -> dict[str, str]:
    """Return the verdict (KEPT or BROKEN) on each contract for the tree in `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)(?: .*)?$", done.stdout, re.MULTILINE))
    assert set(verdicts) == set(CONTRACTS), done.stdout + done.stderr
    assert (done.returncode == 0) == ("BROKEN" not in verdicts.values())
    return verdicts


def test_contracts_are_kept() -> None:
    assert lint(ROOT) == dict.fromkeys(CONTRACTS, "KEPT")


@pytest.mark.parametrize("choice", [0, -1])
def test_contracts_can_fail(tmp_path: Path, choice: int) -> None:
    """In a copy of the tree that imports upwards, in a circle and what is forbidden, every contract is broken."""
    for package in CONFIG["root_packages"]:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    wrong = ["import shuho", "import agent.week", *(f"import {modules[choice]}" for modules in FORBIDDEN.values())]
    (tmp_path / "agent" / "wrong.py").write_text("\n".join(wrong), encoding="utf-8")
    with (tmp_path / "agent" / "week.py").open("a", encoding="utf-8") as week:
        week.write("\nimport agent.wrong\n")
    assert lint(tmp_path) == dict.fromkeys(CONTRACTS, "BROKEN")

"""The wheel holds the whole program, runs from anywhere, and shares no file with another distribution."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("shuho", "evals", "graph", "templates", "agent", "prompts")


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints. It sees no PYTHONPATH, so that only what is installed is found."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("shuho-*.whl")
    return built


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into a new environment that sees the dependencies of this one, and not this tree."""
    venv = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=venv)
    python = venv / "bin" / "python"
    (packages,) = venv.glob("lib/python3.*/site-packages")
    # Path entries inside a folder that is itself a path entry are not followed: an editable install stays unseen.
    dependencies = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (packages / "dependencies.pth").write_text("\n".join(dependencies), encoding="utf-8")
    install = ("install", "--quiet", "--no-deps", "--no-index", "--ignore-installed")
    run(sys.executable, "-m", "pip", "--python", python, *install, wheel, cwd=venv)
    return venv / "bin"


def test_wheel_holds_every_file(wheel: Path) -> None:
    tree = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == tree
    suffixes = {(PurePosixPath(name).parts[0], PurePosixPath(name).suffix) for name in held}
    assert suffixes >= {("prompts", ".md"), ("templates", ".j2"), ("templates", ".css")}


def test_wheel_names_its_licence_and_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (info,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        licence = archive.read(f"{info}/licenses/LICENSE").decode()
        commands = archive.read(f"{info}/entry_points.txt").decode()
    assert licence == (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert commands.split() == ["[console_scripts]", "shuho", "=", "shuho.cli:main"]


def test_packages_come_from_the_wheel(bin_folder: Path, tmp_path: Path) -> None:
    code = f"import importlib, json; print(json.dumps([importlib.import_module(n).__file__ for n in {PACKAGES}]))"
    files = json.loads(run(bin_folder / "python", "-c", code, cwd=tmp_path))
    (packages,) = bin_folder.parent.glob("lib/python3.*/site-packages")
    assert files == [str(packages / name / "__init__.py") for name in PACKAGES]


def test_help_runs_from_another_folder(bin_folder: Path, tmp_path: Path) -> None:
    assert "run" in run(bin_folder / "shuho", "--help", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_schema_runs_from_another_folder(bin_folder: Path, tmp_path: Path) -> None:
    assert json.loads(run(bin_folder / "shuho", "schema", cwd=tmp_path))["type"] == "object"
    assert list(tmp_path.iterdir()) == []


def owners(found: Iterable[Distribution]) -> list[str]:
    """Return which distributions other than shuho own a file under one of our names, as `distribution: file`."""
    return sorted(
        f"{dist.metadata['Name']}: {file}"
        for dist in found
        if dist.metadata["Name"] != "shuho"
        for file in dist.files or ()
        if file.parts[0].removesuffix(".py") in PACKAGES
    )


def test_no_other_distribution_owns_our_names() -> None:
    found = list(distributions())
    assert sum(len(dist.files or ()) for dist in found) > 1000
    assert owners(found) == []


def test_a_foreign_owner_is_found(tmp_path: Path) -> None:
    info = tmp_path / "rival-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rival\nVersion: 1.0\n", encoding="utf-8")
    for file in ("agent/tools.py", "graph.py", "rival/agent/x.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    (info / "RECORD").write_text("agent/tools.py,,\ngraph.py,,\nrival/agent/x.py,,\n", encoding="utf-8")
    assert owners(distributions(path=[str(tmp_path)])) == ["rival: agent/tools.py", "rival: graph.py"]

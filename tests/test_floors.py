"""No version with a known hole is installed, locked or allowed (docs/architecture.md, "Dependencies")."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]

FLOORS = {
    "weasyprint": "70.0",  # CVE-2026-55073, GHSA-r543-q48m-4c9j, GHSA-jf6q-chmf-3h3v: fetcher bypassed
    "chromadb": "1.5.9",  # CVE-2026-45829 has no fixed release: the embedded client only
    "langgraph": "1.0.10",  # CVE-2026-28277: objects in msgpack
    "langgraph-checkpoint": "4.0",  # CVE-2025-64439, CVE-2026-27794: code execution from a checkpoint or a cache
    "langgraph-checkpoint-sqlite": "3.0.1",  # CVE-2025-67644: SQL injection by filter keys
    "langchain-core": "1.3.3",  # CVE-2025-68664, CVE-2026-44843: code execution by load()
    "langchain-text-splitters": "1.1.2",  # CVE-2026-41481: requests to private addresses by redirect
    "urllib3": "2.6.3",  # CVE-2026-21441: decompression bomb on redirects
    "lxml": "6.1.0",  # CVE-2026-41066: external entities in iterparse
    "jinja2": "3.1.6",  # CVE-2025-27516: out of the sandbox
    "fonttools": "4.60.2",  # CVE-2025-66034: files written anywhere by varLib
    "sentencepiece": "0.2.1",  # CVE-2026-1260: memory corruption by a model file
    "feedparser": "6.0.14",  # measured: external entities and entity bombs are harmless
}
# Not ours, but another package could bring them in.
FLOORS_IF_PRESENT = {
    "pymupdf": "2.0",  # CVE-2026-82035, CVE-2026-120752
    "pdfminer-six": "20251230",  # CVE-2025-64512: code execution by a pickled CMap
    "gpt-researcher": "0.14.8",  # CVE-2026-37006
}


class NothingAuditedError(AssertionError):
    """An audit that looked at nothing would report no hole."""


def audit(versions: Mapping[str, str]) -> list[str]:
    """Return what is wrong with `versions` (canonical name to version). Raises NothingAuditedError on none."""
    if not FLOORS.keys() & versions.keys():
        raise NothingAuditedError("none of the listed packages is there")
    faults = [f"{name} is missing" for name in FLOORS if name not in versions]
    for name, floor in (FLOORS | FLOORS_IF_PRESENT).items():
        if name in versions and Version(versions[name]) < Version(floor):
            faults.append(f"{name} {versions[name]} < {floor}")
    return faults


def installed() -> dict[str, str]:
    return {canonicalize_name(dist.metadata["Name"]): dist.version for dist in distributions()}


def locked() -> dict[str, str]:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))


def allowed() -> dict[str, str]:
    """Return the lowest version of each package that pyproject.toml lets in."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    return {
        canonicalize_name(need.name): next(part.version for part in need.specifier if part.operator in {">=", "=="})
        for need in wanted
    }


def test_installed_versions_have_no_known_hole() -> None:
    assert audit(installed()) == []


def test_locked_versions_have_no_known_hole() -> None:
    assert audit(locked()) == []


def test_no_version_with_a_known_hole_is_allowed() -> None:
    # What only other packages depend on has no bound of ours: the lock holds it.
    indirect = {"langchain-text-splitters", "urllib3"}
    assert audit(allowed()) == [f"{name} is missing" for name in FLOORS if name in indirect]


def test_lock_holds_all_that_is_needed() -> None:
    versions = locked()
    assert {name: floor for name, floor in allowed().items() if Version(versions.get(name, "0")) < Version(floor)} == {}


def test_lock_names_no_place_to_load_from() -> None:
    """Every package is pinned with hashes, and none comes from anywhere but the index that pip is set to."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    odd = [line for line in lines if not re.match(r"#|[a-z0-9-]+==| {4}--hash=sha256:[0-9a-f]{64}( \\)?$", line)]
    assert odd == []
    assert not any("://" in line for line in lines)
    pins = [index for index, line in enumerate(lines) if "==" in line and not line.startswith(("#", " "))]
    assert all(lines[index + 1].startswith("    --hash=") for index in pins)


GOOD = FLOORS


@pytest.mark.parametrize(
    ("versions", "faults"),
    [
        (GOOD, []),
        (GOOD | {"lxml": "6.0.9"}, ["lxml 6.0.9 < 6.1.0"]),
        (GOOD | {"pymupdf": "1.26.6"}, ["pymupdf 1.26.6 < 2.0"]),
        ({name: version for name, version in GOOD.items() if name != "jinja2"}, ["jinja2 is missing"]),
    ],
)
def test_audit_finds(versions: dict[str, str], faults: list[str]) -> None:
    assert audit(versions) == faults


@pytest.mark.parametrize("versions", [{}, {"six": "1.17"}, {"pymupdf": "3.0"}])
def test_audit_of_nothing_is_no_clean_audit(versions: dict[str, str]) -> None:
    with pytest.raises(NothingAuditedError):
        audit(versions)

"""What every test stands on: no proxy, no keys of the person who runs the tests, and the real data where it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy", "no_proxy")
_OURS = ("SHUHO_", "GOOGLE_", "GEMINI_", "OPENAI_", "TAVILY_", "LANGSMITH_", "LANGCHAIN_")

# Before any library is imported: several read the proxies once, and would send what is meant for 127.0.0.1 there.
for _name in list(os.environ):
    if _name.lower() in _PROXIES:
        del os.environ[_name]
# As the program does, `agent.settings.harden_environment`, before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(autouse=True)
def isolated_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away keys, addresses and settings: a test sets what it needs, and none can reach a paid service."""
    for name in list(os.environ):
        if name.startswith(_OURS):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data beside the repository; the test is skipped where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("there is no ../shared/data")
    return folder

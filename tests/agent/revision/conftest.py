from __future__ import annotations

from pathlib import Path

import pytest

from tests.agent.revision.issues import SmallIssue, write_issue


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> SmallIssue:
    """Return an issue that no test changes."""
    return write_issue(tmp_path_factory.mktemp("issue"))


@pytest.fixture
def issue(finished: SmallIssue, tmp_path: Path) -> SmallIssue:
    """Return an issue of the test's own."""
    return finished.copy(tmp_path / "issue")

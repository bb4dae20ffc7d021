from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agent.revision.issues import SmallIssue, write_issue
from tests.shuho.web.page import Reader, served


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> SmallIssue:
    """Return an issue that no test changes."""
    return write_issue(tmp_path_factory.mktemp("issue"))


@pytest.fixture(scope="module")
def page(finished: SmallIssue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Return the page of an issue that the tests of one module share."""
    with served(finished.copy(tmp_path_factory.mktemp("served"))) as reader:
        yield reader


@pytest.fixture
def own_page(finished: SmallIssue, tmp_path: Path) -> Iterator[Reader]:
    """Return the page of an issue of the test's own."""
    with served(finished.copy(tmp_path / "issue")) as reader:
        yield reader

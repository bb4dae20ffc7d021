"""One rendered week for all tests of the formats."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from lxml import html as lxml_html
from pypdf import PdfReader

from agent.report import Report
from templates.render import render
from tests.templates.reports import sample_report


@pytest.fixture(scope="session")
def week() -> Report:
    return sample_report()


@pytest.fixture(scope="session")
def files(week: Report) -> Mapping[str, bytes]:
    return render(week)


@pytest.fixture(scope="session")
def reader(files: Mapping[str, bytes]) -> PdfReader:
    return PdfReader(BytesIO(files["report.pdf"]))


@pytest.fixture(scope="session")
def page(files: Mapping[str, bytes]) -> Any:
    return lxml_html.document_fromstring(files["report.html"].decode())

"""A real headless Chromium with the page of the sample week in it; without either, the tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from templates.render import render
from tests.templates.reports import sample_report

WIDE, PHONE = (1280, 900), (375, 740)


# While it is open its event loop counts as running, and no other test's may: it is closed with the module.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser, driven through a pipe."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no Chromium")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the address of the sample week's page by language."""
    folder = tmp_path_factory.mktemp("pages")
    for language in ("ja", "en"):
        (folder / f"{language}.html").write_bytes(render(sample_report(26, language), ("html",))["report.html"])
    return {language: Path(folder / f"{language}.html").as_uri() for language in ("ja", "en")}


class Seen:
    """A page that is open, with all that it asked for and all that the console said."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.console: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.goto(address)


@pytest.fixture
def opened(browser: Any, pages: dict[str, str]) -> Iterator[Any]:
    """Return a function that opens the page: language, window size, colour scheme."""
    contexts = []

    def open_page(language: str = "ja", size: tuple[int, int] = WIDE, scheme: str = "light", **more: Any) -> Seen:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce", **more
        )
        contexts.append(context)
        return Seen(context.new_page(), pages[language])

    yield open_page
    for context in contexts:
        context.close()

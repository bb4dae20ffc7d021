"""The page in a real browser: whole revisions with and without a script, two people, a phone, the keyboard, a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.agent.revision.issues import SmallIssue, write_issue
from tests.shuho.web.page import ISSUE, Reader, served
from tests.shuho.weeks import write_topic

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
_CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> SmallIssue:
    return write_issue(tmp_path_factory.mktemp("issue"))


@pytest.fixture(scope="module")
def browser(finished: SmallIssue) -> Iterator[Browser]:
    """Start the browser when the issue is there: its driver runs an event loop in this thread."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not _CHROMIUM:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as p:
        started = p.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def reader(finished: SmallIssue, tmp_path: Path) -> Iterator[Reader]:
    issue = finished.copy(tmp_path / "issue")
    write_topic(issue.root / "topics", 6)
    with served(issue, issue.root / "topics") as page:
        yield page


class Tab:
    """A page that notes what the browser complains of: a broken policy, an error in the script, a foreign request."""

    def __init__(self, browser: Browser, reader: Reader, **options: Any) -> None:
        home = f"http://127.0.0.1:{reader.port}"
        self.complaints: list[str] = []
        context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1440, "height": 900}, **options})
        self.page: Page = context.new_page()
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("request", lambda r: None if r.url.startswith((home, "data:")) else self.complaints.append(r.url))
        self._home = home

    def open(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(self._home + path)
        return self.page


@pytest.mark.parametrize("scripted", [True, False])
def test_a_whole_revision(browser: Browser, reader: Reader, scripted: bool) -> None:
    tab, first = Tab(browser, reader, java_script_enabled=scripted), reader.body
    page = tab.open("/")
    page.get_by_role("link", name="2026-W15").click()

    page.locator("#key_figures a.claim").first.click()
    page.wait_for_selector("#panel mark")
    assert page.locator("#panel mark").first.inner_text() == reader.issue.report.key_figures[0].evidence

    page.locator("a.talk[data-section=trends]").click()
    page.wait_for_selector("#ask")
    assert page.locator("#section").input_value() == "trends"
    page.locator("#message").fill("shorter")
    if scripted:
        page.keyboard.press("Control+Enter")
    else:
        page.get_by_role("button", name="Send").click()
    page.wait_for_selector(".proposal del")
    assert reader.body == first
    assert page.locator(".diff td").first.bounding_box()["y"] == page.locator(".diff td").nth(1).bounding_box()["y"]  # type: ignore[index]

    page.reload()
    page.get_by_role("button", name="Accept and write").click()
    page.wait_for_selector("text=Version 2 is written.")
    second = reader.body
    assert second != first
    shown = page.locator("#trends .claim").all_inner_texts()
    assert shown == [s.text for s in reader.issue.report.trends]

    page.locator("#panel .tabs a", has_text="History").click()
    page.wait_for_selector(".versions")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=Back at version 1.")
    assert reader.body == first
    page.locator("#panel .tabs a", has_text="History").click()
    page.wait_for_selector(".versions")
    page.locator("button[name=version][value='2']").click()
    page.wait_for_selector("text=Back at version 2.")
    assert reader.body == second
    assert tab.complaints == []


def test_two_browsers(browser: Browser, reader: Reader) -> None:
    one, other = Tab(browser, reader).open(ISSUE), Tab(browser, reader).open(ISSUE)
    one.goto(one.url + "?panel=chat&section=trends")
    one.get_by_role("button", name="shorter").click()
    one.wait_for_selector(".proposal")
    other.goto(other.url + "?panel=chat")
    other.wait_for_selector(".proposal")
    one.get_by_role("button", name="Accept and write").click()
    one.wait_for_selector("text=Version 2 is written.")
    second = reader.body
    other.get_by_role("button", name="Accept and write").click()
    other.wait_for_selector("text=Version 2 was written after the one that you were looking at.")
    assert reader.body == second


def test_by_keyboard(browser: Browser, reader: Reader) -> None:
    tab = Tab(browser, reader)
    page = tab.open(ISSUE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#trends a.claim").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel mark")
    assert page.evaluate("document.activeElement.className") == "inside"
    page.locator("a.talk[data-section=outlook]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#ask")
    assert page.evaluate("document.activeElement.id") == "message"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.section") == "outlook"
    assert tab.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", ISSUE, f"{ISSUE}?panel=chat&section=trends", f"{ISSUE}?panel=history"])
def test_a_phone_scrolls_in_one_direction(browser: Browser, reader: Reader, path: str, scheme: str) -> None:
    phone = {"viewport": {"width": 375, "height": 740}, "is_mobile": True, "has_touch": True, "locale": "ja-JP"}
    tab = Tab(browser, reader, **phone, color_scheme=scheme)
    page = tab.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert page.locator("html").get_attribute("lang") == "ja"
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 23, 27)"}[scheme]
    assert tab.complaints == []


def test_a_phone_opens_and_closes_the_panel(browser: Browser, reader: Reader) -> None:
    phone = {"viewport": {"width": 375, "height": 740}, "is_mobile": True, "has_touch": True}
    page = Tab(browser, reader, **phone).open(ISSUE)
    assert not page.locator("#panel").is_visible()
    page.locator("#trends a.claim").first.tap()
    page.wait_for_selector("#panel mark")
    page.get_by_role("link", name="Close").tap()
    assert not page.locator("#panel").is_visible()
    page.locator(".tabs.low a").first.tap()
    page.wait_for_selector("#ask")
    page.locator("#message").fill("drop #1")
    page.get_by_role("button", name="Send").tap()
    page.wait_for_selector(".proposal")
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_a_run_shows_how_it_goes(browser: Browser, reader: Reader) -> None:
    tab = Tab(browser, reader)
    page = tab.open("/")
    page.get_by_label("Week").fill("2026-W15")
    page.get_by_label("Engine").select_option("extractive")
    page.get_by_role("button", name="Start").click()
    page.locator("#lines", has_text="translate").wait_for(timeout=60_000)
    page.get_by_role("link", name="Open the report").click(timeout=60_000)
    assert "/reports/chips/2026-W15" in page.url
    assert tab.complaints == []

"""The page with a model behind it, in a real browser: a draft while it is written, answers, refusals, two languages,
a phone, dark, the keyboard alone, and no finding of axe-core. `SHUHO_SCREENSHOTS=DIR` keeps pictures to look at."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.agent.revision.issues import SmallIssue, write_issue
from tests.browser.test_web import Tab, browser  # noqa: F401
from tests.servers.gemini import GeminiServer
from tests.servers.revision_answer import RevisionAnswer
from tests.shuho.web.page import ISSUE, Reader, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
PICTURES = os.environ.get("SHUHO_SCREENSHOTS", "")
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SEEN = {
    "desktop-ja": {**DESKTOP, "locale": "ja-JP"},
    "desktop-en-dark": {**DESKTOP, "locale": "en-GB", "color_scheme": "dark"},
    "phone-ja-dark": {**PHONE, "locale": "ja-JP", "color_scheme": "dark"},
    "phone-en": {**PHONE, "locale": "en-GB"},
}
WORDS = {
    "ja": ("もっと生き生きと書き直して。", "下書き・未検証", "承認して書き込む", "版 2 を書きました。", "元に戻す",
           "版 1 に戻しました。"),
    "en": ("Say it in a livelier way.", "Draft, not verified", "Accept and write", "Version 2 is written.", "Undo",
           "Back at version 1."),
}  # fmt: skip


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> SmallIssue:
    return write_issue(tmp_path_factory.mktemp("issue"))


@pytest.fixture(scope="module")
def model() -> Iterator[GeminiServer]:
    with GeminiServer(RevisionAnswer(), token_seconds=0.002) as server:
        yield server


@pytest.fixture
def reader(finished: SmallIssue, model: GeminiServer, tmp_path: Path) -> Iterator[Reader]:
    with served(finished.copy(tmp_path / "issue"), model=model.url) as page:
        yield page


@contextmanager
def held_halfway(model: GeminiServer) -> Iterator[threading.Event]:
    gate = threading.Event()
    model.halfway = lambda: gate.wait(60)
    try:
        yield gate
    finally:
        gate.set()
        model.halfway = bool


def look(page: Page, name: str) -> None:
    """Keep a picture, and let axe-core look at what is there."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png")
    found = axe.run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], name
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") == width, name


@pytest.mark.parametrize("name", SEEN)
def test_a_whole_revision(browser: Browser, reader: Reader, model: GeminiServer, name: str) -> None:  # noqa: F811
    language, first = ("ja" if "-ja" in name else "en"), reader.body
    wish, draft, accept, written, undo, back = WORDS[language]
    tab = Tab(browser, reader, **SEEN[name])
    page = tab.open("/")
    look(page, f"{name}-1-list")
    page = tab.open(ISSUE)
    look(page, f"{name}-2-report")
    page.locator("a.talk[data-section=outlook]").click()
    page.wait_for_url("**section=outlook**")
    page.wait_for_selector("#ask")
    with held_halfway(model) as gate:
        page.locator("#message").fill(wish)
        page.locator("#ask .main-button").click()
        page.wait_for_selector("#draft:not([hidden])")
        assert draft in page.locator("#draft figcaption").inner_text()
        half = page.locator("#draft .draft-text").inner_text()
        assert half
        look(page, f"{name}-3-draft")
        # A connection that broke: the page that is loaded again has what is written so far, and goes on.
        page.reload()
        page.wait_for_selector("#draft:not([hidden])")
        assert page.locator("#draft .draft-text").inner_text().startswith(half[:10])
        gate.set()
        page.wait_for_selector(".proposal")
    assert page.locator("#draft").count() == 0
    assert reader.body == first
    look(page, f"{name}-4-difference")
    page.get_by_role("button", name=accept).click()
    page.wait_for_selector(f"text={written}")
    assert reader.body != first
    look(page, f"{name}-5-written")
    page.locator("#panel .tabs a").nth(2).click()
    page.wait_for_selector(".versions")
    look(page, f"{name}-6-history")
    page.get_by_role("button", name=undo, exact=True).click()
    page.wait_for_selector(f"text={back}")
    assert reader.body == first
    assert tab.complaints == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_question_and_a_refusal(browser: Browser, reader: Reader, language: str) -> None:  # noqa: F811
    tab, before = Tab(browser, reader, **SEEN[f"desktop-{'ja' if language == 'ja' else 'en-dark'}"]), reader.body
    page = tab.open(f"{ISSUE}?panel=chat")
    page.locator("#message").fill("ロボットは何をしていますか？" if language == "ja" else "What do robots do?")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".talk-log .passage")
    assert page.locator(".talk-log .agent").last.inner_text().count("[#") >= 1
    look(page, f"answer-{language}")
    page.locator("#section").select_option("trends")
    page.locator("#message").fill("invent: 数字を足して" if language == "ja" else "Please invent a number.")
    page.keyboard.press("Control+Enter")
    refused = "変更できません" if language == "ja" else "This cannot be done"
    page.wait_for_selector(f"text={refused}")
    look(page, f"refusal-{language}")
    assert page.locator(".proposal").count() == 0
    assert reader.body == before
    assert tab.complaints == []


def test_by_the_keyboard_alone(browser: Browser, reader: Reader) -> None:  # noqa: F811
    tab, first = Tab(browser, reader, **SEEN["desktop-en-dark"]), reader.body
    page = tab.open(ISSUE)

    def press_until(selector: str, key: str = "Tab", most: int = 300) -> None:
        for _ in range(most):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            page.keyboard.press(key)
        raise AssertionError(f"{selector} is not reached")

    press_until("a.talk[data-section=trends]")
    page.keyboard.press("Enter")
    page.wait_for_url("**section=trends**")
    page.wait_for_selector("#message:focus")
    page.keyboard.type("Say it in a livelier way.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".proposal")
    press_until(".proposal button[value=accept]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Version 2 is written.")
    press_until("#panel .tabs a:nth-of-type(3)")
    page.keyboard.press("Enter")
    page.wait_for_selector(".versions")
    press_until("button[value=undo]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Back at version 1.")
    assert reader.body == first
    assert tab.complaints == []


def test_the_sources_of_every_kind_of_claim(browser: Browser, reader: Reader) -> None:  # noqa: F811
    tab, texts = Tab(browser, reader, **SEEN["desktop-en-dark"]), [a.text for a in reader.issue.articles.values()]
    page = tab.open(ISSUE)
    kinds = ("trends", "topics", "key_figures", "categories", "roadmap", "outlook", "articles")
    for kind in kinds:
        claim = page.locator(f"#{kind} a.claim").first
        claim.click()
        section = (claim.get_attribute("data-claim") or "").partition(":")[0]
        page.wait_for_url(f"**claim={quote(section, safe='')}*")
        page.wait_for_selector("#panel mark")
        marked = page.locator("#panel mark").first.inner_text()
        assert any(marked in text for text in texts), kind
    look(page, "sources")
    assert tab.complaints == []

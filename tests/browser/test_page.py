"""The HTML page in a real browser, without script: what a reader sees and can do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from templates.typeset import phrased
from tests.browser.conftest import PHONE, WIDE

SHOWN = "articles => articles.filter(a => getComputedStyle(a).display !== 'none').map(a => a.id)"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_page_asks_for_nothing_and_fits(opened: Any, language: str, scheme: str, size: tuple[int, int]) -> None:
    seen = opened(language, size, scheme)
    assert seen.console == []
    assert seen.requests == [seen.page.url]
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_dark_when_the_reader_is(opened: Any, scheme: str) -> None:
    colour = opened(scheme=scheme).page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    shades = [int(n) for n in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    assert (max(shades) < 60) == (scheme == "dark")


def test_every_link_within_the_page_brings_its_target_into_view(opened: Any) -> None:
    page = opened().page
    targets = page.eval_on_selector_all("a[href^='#']", "links => [...new Set(links.map(a => a.getAttribute('href')))]")
    assert len(targets) > 40
    missed = []
    for target in targets:
        page.evaluate("target => { location.hash = target }", target)
        top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", target[1:])
        if not -5 <= top < WIDE[1]:
            missed.append((target, top))
    assert missed == []


def test_a_citation_leads_to_its_article_and_back(opened: Any) -> None:
    page = opened().page
    page.click("#trends-1 a.cite")
    number = page.evaluate("location.hash")
    page.click(f"article{number} .origin a[href='#trends-1']")
    assert page.evaluate("location.hash") == "#trends-1"


def test_the_filters_narrow_each_other_without_script(opened: Any) -> None:
    page = opened(java_script_enabled=False).page

    def shown() -> set[str]:
        return {a.get_attribute("id") for a in page.query_selector_all("article") if a.is_visible()}

    everything = shown()
    page.check("#f1")
    category = shown()
    page.check("#g1")
    both = shown()
    page.check("#f0")
    country = shown()
    assert len(everything) == 26
    assert both == category & country
    assert 0 < len(both) < len(category) < 26
    assert 0 < len(country) < 26
    page.check("#g0")
    assert shown() == everything


def test_a_pair_of_filters_without_articles_says_so(opened: Any) -> None:
    page = opened().page
    said = []
    for category in page.query_selector_all("input[name=f]"):
        for country in page.query_selector_all("input[name=g]"):
            category.check()
            country.check()
            articles = len(page.eval_on_selector_all("article", SHOWN))
            said.append((articles == 0) == page.is_visible(".nomatch"))
    assert all(said)


def test_the_page_can_be_used_from_the_keyboard(opened: Any) -> None:
    page = opened().page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#trends"
    page.focus("#g0")
    page.keyboard.press("ArrowRight")
    assert page.is_checked("#g1")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(opened: Any, language: str, scheme: str, size: tuple[int, int]) -> None:
    """SHUHO_AXE names the file axe.min.js of the npm package axe-core."""
    axe = os.environ.get("SHUHO_AXE", "") or _AXE
    if not axe or not Path(axe).is_file():
        pytest.skip("SHUHO_AXE names no axe.min.js")
    page = opened(language, size, scheme, bypass_csp=True).page
    page.evaluate(Path(axe).read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    assert [(v["id"], v["impact"], [n["target"] for n in v["nodes"]][:5]) for v in found] == []


# Read before the fixture that takes every SHUHO_ variable away.
_AXE = os.environ.get("SHUHO_AXE", "")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_headings_of_every_kind_are_shown_whole(browser: Any, size: tuple[int, int]) -> None:
    """A `<wbr>` after a space between unbroken spans brings Chromium 156 down."""
    titles = (
        "LGの視覚言語モデル「EXAONE 4.5」 330億パラメーターで製造現場に照準",
        "「 A 」 と 「B」 ・ 1〜3月 、 2526億ドル 。",
        "AI AI AI 4.5」 「",
        "Intel and Google: 通信・保安は IPU に分担（続報） ",
    )
    headings = "".join(f"<h2>{phrased(title, 'ja')}</h2>" for title in titles)
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    style = "<style>.nb { white-space: nowrap; } h2 { text-wrap: balance; }</style>"
    page.set_content(f"<!DOCTYPE html>{style}{headings}")
    assert page.eval_on_selector_all("h2", "all => all.map(h => h.textContent)") == list(titles)
    context.close()

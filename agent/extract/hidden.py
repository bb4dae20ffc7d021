"""What a page holds that its reader does not see: found, and taken out of the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element
from lxml.html import HtmlElement

from agent.extract.dropping import drop
from agent.extract.suspicions import orders
from agent.extract.text import clean_line

_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0*\.?0+(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0*\.?0+\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top|right|margin-left|margin-top)\s*:\s*-\d{4,}px"
    r"|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%|(?:max-)?height\s*:\s*0(?:px)?\s*;?\s*overflow\s*:\s*hidden"
    r"|color\s*:\s*transparent",
    re.I,
)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.I)
_ON_WHITE = re.compile(
    r"background(?:-color)?\s*:\s*(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.I
)
_SIMPLE = re.compile(r"[a-z0-9]{0,12}([.#])([\w-]+)", re.I)
_BY_SHEET = 500
_SHEET = 500_000
_TEXTLESS = ("script", "style", "template", "noscript", "svg", "head", "title", "object", "iframe")
_FAKE_TAGS = ("information", "system", "instruction", "instructions", "admin")


def take_out(tree: HtmlElement) -> list[tuple[str, str]]:
    """Remove from `tree` every element that is hidden; return (place, text) of all unseen text.

    Hidden: the `hidden` attribute, aria-hidden, inline styles (not displayed, no size, no opacity, off the screen,
    white on white) and single-class or single-id rules of the page's own style sheets. White letters without a known
    background and longer stretches hidden by a style sheet are removed only when they read like orders to a model,
    because pages show those later or on a dark ground. Also returned: meta descriptions, alternative texts, titles.
    """
    found: list[tuple[str, str]] = []
    classes, ids = _hidden_by_sheet(tree)
    body_length = sum(map(len, tree.xpath("//body//text()[not(parent::script or parent::style)]")))
    gone: set[_Element] = set()
    for element in list(tree.iter()):
        if element.getparent() in gone:
            gone.add(element)
        elif isinstance(element.tag, str) and element.tag not in ("html", "body", *_TEXTLESS):
            place = _place(element, classes, ids)
            if place and _is_taken(element, place, body_length):
                found.append((place, clean_line(_text(element))))
                gone.add(element)
                drop(element)
    found += _attributes(tree)
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        # It has been read; trafilatura would take its articleBody for the page's text, unjudged.
        drop(script)
    return [(place, text) for place, text in found if text]


def comments(raw: str) -> list[tuple[str, str]]:
    """Return ("comment", text) for the comments of a page's source, which the parser drops."""
    return [("comment", clean_line(match[1][:20_000])) for match in re.finditer(r"<!--(.*?)-->", raw, re.S)]


def _place(element: _Element, classes: set[str], ids: set[str]) -> str:
    style = element.get("style") or ""
    if element.tag in _FAKE_TAGS:
        return f"element <{element.tag}>"
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return "hidden element"
    if style and (_INVISIBLE.search(style) or (_WHITE.search(style) and _ON_WHITE.search(style))):
        return "hidden by style"
    if style and _WHITE.search(style):
        return "white text"
    if element.get("aria-hidden") == "true":
        return "aria-hidden element"
    if (element.get("id") or "") in ids or not classes.isdisjoint((element.get("class") or "").split()):
        return "hidden by style sheet"
    return ""


def _is_taken(element: _Element, place: str, body_length: int) -> bool:
    """Decide on an element whose `place` is known: sure ones always, the others when it is safe or suspicious."""
    if place in ("hidden element", "hidden by style"):
        return True
    text = _text(element)
    if place == "aria-hidden element" and len(text) * 2 <= body_length:
        return True
    if place == "hidden by style sheet" and len(text) <= _BY_SHEET:
        return True
    return bool(orders(text[:20_000], hidden=place != "white text" and place != "aria-hidden element"))


def _hidden_by_sheet(tree: HtmlElement) -> tuple[set[str], set[str]]:
    """Return the classes and ids that the page's own style sheets hide and never show again."""
    hidden: set[tuple[str, str]] = set()
    shown: set[tuple[str, str]] = set()
    for selectors, rules in _rules("\n".join(style.text or "" for style in tree.iter("style"))[:_SHEET]):
        invisible = bool(_INVISIBLE.search(rules))
        if not invisible and not re.search(r"display|visibility|opacity|font-size", rules):
            continue
        for selector in map(str.strip, selectors.split(",")):
            if not invisible:
                shown.update(_SIMPLE.findall(selector))
            elif simple := _SIMPLE.fullmatch(selector):
                hidden.add((simple[1], simple[2]))
    kept = hidden - shown
    return {name for kind, name in kept if kind == "."}, {name for kind, name in kept if kind == "#"}


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield (selectors, declarations) of the rules that hold on every screen: nothing inside an at-rule."""
    depth, selectors = 0, ""
    for part in re.split(r"([{}])", re.sub(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/", " ", sheet)):
        if part == "{":
            depth += 1
        elif part == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            selectors = part.strip()
        elif depth == 1 and not selectors.startswith("@"):
            yield selectors, part


def _attributes(tree: HtmlElement) -> list[tuple[str, str]]:
    """Return the texts that stand in attributes and head metadata."""
    metas = [("meta", meta.get("content") or "") for meta in tree.iter("meta")]
    images = [("alternative text", image.get("alt") or "") for image in tree.iter("img")]
    titles = [
        ("title attribute", node.get("title") or "") for node in tree.iter("a", "img", "span", "p", "div", "abbr")
    ]
    data = [("JSON-LD", script.text or "") for script in tree.iter("script") if "ld+json" in (script.get("type") or "")]
    pairs = [(place, text) for place, text in metas + images + titles if len(text) > 12]
    return [(place, clean_line(text)) for place, text in pairs[:3000]] + [("JSON-LD", text) for _, text in data]


def _text(element: _Element) -> str:
    return " ".join(str(part) for part in element.itertext())

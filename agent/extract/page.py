"""HTML to an `Extracted`: trafilatura's text, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.etree import LxmlError, ParserError
from lxml.html import HtmlElement

from agent.extract.charset import decode, garbled
from agent.extract.dates import find_date, is_date_line
from agent.extract.head import Head, read_head
from agent.extract.hidden import comments, take_out
from agent.extract.images import picture
from agent.extract.problems import Page, is_short, judge
from agent.extract.suspicions import orders, suspicions
from agent.extract.text import clean_line, clean_paragraphs, cut, weight
from agent.language.detect import detect
from agent.model import Extracted, Fetched
from agent.outlets import registrable

KEPT = 60_000
_LINKS = 1000
_WRAPPERS = ("div", "span", "section", "font", "b", "i", "em", "strong", "center", "article", "main")
_DEEPEST = 200
_BLOCKS = "//body//p | //body//h2 | //body//h3 | //body//li | //body//blockquote | //body//pre"
_ASIDE = ("nav", "aside", "footer", "form")
_SEEN = "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
_SENTENCE = re.compile(r"[。！？!?…][」』”’)\"]?(?:\s|$)?|[.](?:[\"”’)]|\s|$)")


def extract_page(page: Fetched, timezone: str) -> Extracted:
    """Read a page of HTML; `timezone` (IANA) is where a date without an offset is meant."""
    raw, trusted = decode(page.body, page.content_type)
    tree = _parse(raw)
    if tree is None:
        return unread(page, "needs_script" if "<script" in raw else "too_short" if trusted else "undecodable")
    head = read_head(tree, page.final_url)
    moment = find_date(tree, head, url=_web(page.final_url), timezone=timezone, latest=page.fetched_at)
    shell = _shell(tree)
    unseen = take_out(tree) + comments(raw)
    if _depth(tree) >= _DEEPEST:
        # trafilatura returns nothing for such a tree, without a word.
        lxml.etree.strip_tags(tree, *_WRAPPERS)
    seen = clean_paragraphs("\n".join(map(str, tree.xpath(_SEEN))))
    text = _without_title(cut(_text(tree, head, page.final_url), KEPT), head.title)
    problem = judge(Page(head.title, text, seen, head.paid, bool(tree.xpath("//input[@type='password']")), shell))
    if not trusted or garbled(head.title) or garbled(text):
        problem = "undecodable"
    language = detect(f"{head.title}\n{text}")
    return Extracted(
        url=page.url,
        canonical_url=canonical(head.canonical or page.final_url),
        title=head.title,
        text="" if problem == "undecodable" else text,
        language=_declared(tree) if language == "und" else language,
        published=moment.at if moment else None,
        published_precision=moment.precision if moment else "time",
        sitename=head.sitename,
        author=head.author,
        image=picture(head.metas, _pictures(head.article.get("image")), page.final_url),
        links=tuple(_links(tree, page.final_url)),
        problem=problem,
        suspicions=suspicions(f"{head.title}\n{seen[:200_000]}", unseen, raw),
    )


def unread(page: Fetched, problem: str) -> Extracted:
    """Return what stands for a document that holds no text to judge."""
    return Extracted.model_validate(
        {
            "url": page.url,
            "canonical_url": canonical(page.final_url),
            "title": "",
            "text": "",
            "language": "und",
            "published": None,
            "problem": problem,
        }
    )


def canonical(url: str) -> str:
    """Return an http address without tracking parameters and fragment (courlan); others as they are."""
    if not _web(url):
        return url
    from courlan import clean_url

    cleaned = clean_url(url.split("#")[0])
    return str(cleaned) if cleaned else url


def _web(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else ""


def _parse(raw: str) -> HtmlElement | None:
    """Parse as trafilatura does; a page that may have been cut off for its depth is read again in full."""
    from trafilatura.utils import load_html

    # libxml2 refuses NUL, and an encoding declared inside has been dealt with.
    raw = re.sub(r"^\s*<\?xml[^>]*\?>", "", raw.replace("\0", ""))
    try:
        tree = load_html(raw) if raw.strip() else None
        if tree is None or _depth(tree) >= _DEEPEST:
            parser = lxml.html.HTMLParser(huge_tree=True, remove_pis=True, remove_comments=True)
            tree = lxml.html.document_fromstring(raw, parser=parser) if raw.strip() else None
    except (ParserError, LxmlError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def _depth(tree: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _text(tree: HtmlElement, head: Head, url: str) -> str:
    """Return the article's text: trafilatura with precision first, then whatever still reads like prose."""
    ways: tuple[Callable[[], str], ...] = (
        lambda: _trafilatura(tree, url, precision=True),
        lambda: "" if orders(head.body) else re.sub(r"<[^>]{1,200}>", "", head.body),
        lambda: _trafilatura(tree, url, precision=False),
        lambda: _paragraphs(tree),
    )
    best = ""
    for number, way in enumerate(ways):
        text = clean_paragraphs(way())
        if number and not _is_prose(text):
            continue
        if not is_short(text):
            return text
        best = max(best, text, key=weight)
    return best


def _trafilatura(tree: HtmlElement, url: str, *, precision: bool) -> str:
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            tree, url=_web(url) or None, favor_precision=precision, favor_recall=not precision, include_comments=False
        )
    except (RecursionError, LxmlError, AttributeError):
        return ""
    return str(document.text or "") if document is not None and not isinstance(document, dict) else ""


def _paragraphs(tree: HtmlElement) -> str:
    blocks = [
        clean_line(block.text_content()) for block in tree.xpath(_BLOCKS) if not list(block.iterancestors(*_ASIDE))
    ]
    return "\n".join(dict.fromkeys(block for block in blocks if len(block) > 20))


def _is_prose(text: str) -> bool:
    """Tell text from lists of headlines and links: at least two sentence ends, and lines of some length."""
    lines = text.count("\n") + 1
    return len(_SENTENCE.findall(text)) >= 2 and weight(text) / lines >= 40


def _without_title(text: str, title: str) -> str:
    """Drop a first line that repeats the title, then one that only dates the article."""
    first, _, rest = text.partition("\n")
    same = re.sub(r"\W+", "", first).casefold() == re.sub(r"\W+", "", title).casefold()
    text = rest if same and rest else text
    first, _, rest = text.partition("\n")
    return rest if rest and is_date_line(first) else text


def _declared(tree: HtmlElement) -> str:
    """Return the language that the page declares, `und` without one."""
    declared = (tree.get("lang") or "").strip().replace("_", "-")
    match = re.match(r"([A-Za-z]{2,3})(?:-([A-Za-z]{2,4}))?", declared)
    if match is None:
        return "und"
    name, part = match[1].lower(), (match[2] or "").lower()
    return name if name != "zh" else "zh-Hant" if part in ("tw", "hk", "mo", "hant") else "zh-Hans"


def _shell(tree: HtmlElement) -> bool:
    """Tell whether a script is to build the page: an empty mount point, or a noscript notice and no paragraph."""
    if any(not node.text_content().strip() for node in tree.xpath("//*[@id='root' or @id='app' or @id='__next']")):
        return True
    return bool(tree.xpath("//noscript")) and not tree.xpath("//p[string-length(normalize-space()) > 80]")


def _links(tree: HtmlElement, url: str) -> Iterator[tuple[str, str]]:
    """Yield the links to the page's own host, each address once, in page order."""
    own = registrable(urlsplit(url).hostname or "")
    seen: set[str] = set()
    for anchor in tree.iter("a"):
        href = (anchor.get("href") or "").strip()
        if not href or href.startswith("#") or not own:
            continue
        try:
            target = urljoin(url, href).split("#")[0]
            host = urlsplit(target).hostname or ""
        except ValueError:
            continue
        if _web(target) and registrable(host) == own and target not in seen and len(target) <= 2048:
            seen.add(target)
            yield clean_line(target), clean_line(anchor.text_content())[:300]
            if len(seen) >= _LINKS:
                return


def _pictures(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Mapping):
        return _pictures(value.get("url") or value.get("contentUrl"))
    return tuple(found for item in value[:3] for found in _pictures(item)) if isinstance(value, list) else ()

"""What a page says of itself: JSON-LD and the metadata of its head."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from agent.extract.text import clean_line
from agent.outlets import registrable

Json: TypeAlias = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None
Node: TypeAlias = Mapping[str, Json]

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Blog|ScholarlyWork|CreativeWork|PressRelease)$")
_SUFFIX = re.compile(r"\s*(?:[|｜–—:：·»]|\s-\s|\s/\s|【|\s_\s)\s*")
_TITLE_END = re.compile(
    r"\s+[-–—|｜:·»/_]\s+[^-–—|｜:·»/_]{2,40}$|[|｜][^|｜]{2,40}$"
    r"|[-_][^-_\s]{1,8}(?:网|網|新聞|ニュース|뉴스)$"
)
_BYLINE = re.compile(r"^(?:by|von|par|por|文|記者|기자)\s*[:：]?\s+", re.I)


@dataclass(frozen=True)
class Head:
    """A page's metadata; every value is cleaned, empty when the page does not give it."""

    title: str = ""
    canonical: str = ""
    sitename: str = ""
    author: str = ""
    body: str = ""
    """JSON-LD articleBody."""
    paid: bool = False
    """JSON-LD says that the article is not free."""
    metas: Mapping[str, str] = field(default_factory=dict)
    """Names and properties of meta elements in lower case -> content, the first of each."""
    article: Node = field(default_factory=dict)
    """The JSON-LD node of the article itself."""


def read_head(tree: HtmlElement, url: str) -> Head:
    """Read the metadata of the page at `url`; nothing in it is fetched or evaluated, broken JSON-LD is passed over."""
    metas = _metas(tree)
    nodes = list(_nodes(tree))
    article = _article(nodes, url)
    sitename = _first(metas.get("og:site_name"), _name(article.get("publisher")), metas.get("application-name"))
    return Head(
        title=_title(tree, metas, article, sitename),
        canonical=_canonical(tree, url),
        sitename=sitename,
        author=_author(tree, metas, article),
        body=_string(article.get("articleBody")),
        paid=any(str(node.get("isAccessibleForFree")).lower() == "false" for node in (article, *nodes)),
        metas=metas,
        article=article,
    )


def without_site(title: str, sitename: str) -> str:
    """Return `title` without the site's name at its end or start, as in `Chip orders rise | Example News`."""
    if not sitename:
        return title
    parts = _SUFFIX.split(title)
    name = _folded(sitename)
    if len(parts) > 1 and _folded(parts[-1]) == name:
        last = title.rfind(parts[-1])
        return _SUFFIX.sub("", title[:last][::-1], count=1)[::-1].strip() if last > 0 else title
    if len(parts) > 1 and _folded(parts[0]) == name:
        return title[len(parts[0]) :].lstrip(" |｜–—:：·»-/_】").strip()
    return title


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _title(tree: HtmlElement, metas: Mapping[str, str], article: Node, sitename: str) -> str:
    """Choose the article's title; one that only names the site is none."""
    headings = [clean_line(node.text_content()) for node in tree.iter("h1")]
    document = [clean_line(node.text_content()) for node in tree.xpath("//head/title | //title[not(ancestor::svg)]")][
        :1
    ]
    bare = _TITLE_END.sub("", document[0]) if document else ""
    offered = [
        metas.get("og:title", ""),
        _string(article.get("headline")),
        metas.get("twitter:title", ""),
        *(headings[:1] if len(headings) == 1 else []),
        bare if not headings or bare in headings or len(headings) > 1 else "",
        *headings[:1],
        *document,
        *[clean_line(node.text_content()) for node in tree.iter("h2")][:1],
    ]
    for title in offered:
        title = without_site(clean_line(unescape(title)), sitename)
        if title and _folded(title) != _folded(sitename):
            return title[:300]
    return ""


def _author(tree: HtmlElement, metas: Mapping[str, str], article: Node) -> str:
    for name in (
        _names(article.get("author")),
        metas.get("author", ""),
        metas.get("article:author", ""),
        metas.get("parsely-author", ""),
        metas.get("dc.creator", ""),
        *(node.text_content() for node in tree.xpath("//*[@rel='author' or @itemprop='author']")[:1]),
        *(node.text_content() for node in tree.xpath("//*[contains(concat(' ', @class, ' '), ' byline ')]")[:1]),
    ):
        name = _BYLINE.sub("", clean_line(name))
        if name and len(name) <= 120 and "://" not in name and not name.isdigit():
            return name
    return ""


def _canonical(tree: HtmlElement, url: str) -> str:
    """Return the address in link rel=canonical (else og:url) if it is a page of the same owner."""
    own = urlsplit(url)
    links = tree.xpath(
        "//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href | //meta[@property='og:url']/@content"
    )
    for link in links[:4]:
        try:
            target = urlsplit(urljoin(url, str(link).strip()))
        except ValueError:
            continue
        if target.scheme not in ("http", "https") or not target.hostname:
            continue
        if own.hostname and registrable(target.hostname) != registrable(own.hostname):
            continue
        if target.path.strip("/") or not own.path.strip("/") or not own.hostname:
            return target._replace(fragment="").geturl()
    return ""


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = clean_line(meta.get("content") or "")
        for key in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if key and content:
                metas.setdefault(key.strip().lower(), content)
    return metas


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    """Yield every JSON-LD object of the page, those of a graph included."""
    for script in tree.iter("script"):
        text = (script.text or "").strip()
        if "ld+json" not in (script.get("type") or "").lower() or not text or len(text) > 1_000_000:
            continue
        text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$", "", text)
        try:
            yield from _objects(json.loads(text, strict=False), 0)
        except (ValueError, RecursionError):
            continue


def _objects(value: Json, depth: int) -> Iterator[Node]:
    if isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity", "hasPart", "itemListElement", "mainEntityOfPage"):
            if depth < 4:
                yield from _objects(value.get(key), depth + 1)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value[:200]:
            yield from _objects(item, depth)


def _article(nodes: list[Node], url: str) -> Node:
    """Return the node that describes this page's article: one that names this address, else the fullest."""
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _strings(node.get("@type")))]
    path = urlsplit(url).path.rstrip("/")

    def merit(node: Node) -> tuple[bool, int]:
        addresses = [*_strings(node.get("url")), *_strings(node.get("@id")), *_strings(node.get("mainEntityOfPage"))]
        named = any(_path(address) == path for address in addresses if path and "://" in address)
        return named, sum(key in node for key in ("headline", "datePublished", "articleBody", "author"))

    return max(articles, key=merit, default={})


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""


def _strings(value: Json) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return _strings(value.get("@id"))
    if isinstance(value, Sequence):
        return [item for item in value if isinstance(item, str)]
    return []


def _string(value: Json) -> str:
    return unescape(value) if isinstance(value, str) else ""


def _name(value: Json) -> str:
    if isinstance(value, Mapping):
        return clean_line(_string(value.get("name")))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _name(value[0]) if value else ""
    return clean_line(_string(value))


def _names(value: Json) -> str:
    many = isinstance(value, Sequence) and not isinstance(value, str)
    return ", ".join(filter(None, map(_name, value if many else [value])))  # type: ignore[arg-type]


def _first(*values: str | None) -> str:
    return next((clean_line(value) for value in values if value), "")

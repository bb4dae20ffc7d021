"""Article pages by address, and list pages whose links are the candidates."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

from agent.errors import SourceError
from agent.fetching.fetch import Fetcher
from agent.model import Candidate, Fetched, Gap
from agent.sources import Offer, PagesSource, SourceLimits
from agent.sources.feed import clean_title, web_address
from agent.sources.gaps import gap_of

_FRAME = ("nav", "header", "footer")
_NOT_A_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|xml|rss|json|zip|mp[34]|woff2?)$", re.IGNORECASE)


async def read_pages(source: PagesSource, *, fetcher: Fetcher, limits: SourceLimits) -> Offer:
    """Return the addresses themselves, or what the list pages link to; a list page that fails is a gap."""
    if not source.links:
        urls = dict.fromkeys(source.urls)
        return Offer(tuple(Candidate(url=url, source=source.label) for url in urls), (), len(urls))
    candidates: dict[str, Candidate] = {}
    gaps: list[Gap] = []
    for found in await asyncio.gather(*(_links_of(url, fetcher, limits) for url in dict.fromkeys(source.urls))):
        if isinstance(found, Gap):
            gaps.append(found)
            continue
        for url, title in found:
            candidates.setdefault(url, Candidate(url=url, source=source.label, title=title))
    return Offer(tuple(candidates.values()), tuple(gaps), len(candidates))


async def _links_of(url: str, fetcher: Fetcher, limits: SourceLimits) -> tuple[tuple[str, str], ...] | Gap:
    try:
        page = await fetcher.get(url, limit_bytes=limits.page_bytes)
        links = list_links(page, limits.page_links)
    except SourceError as error:
        return gap_of(error, url)
    if not links:
        return Gap(stage="research", subject=url, reason="empty_source", detail="no links to its own host")
    return links


def list_links(page: Fetched, most: int) -> tuple[tuple[str, str], ...]:
    """Return (address, anchor text) of up to `most` links to the page's own host, in page order, each address once.

    Links in navigation, header and footer are left out, as are pictures, scripts and the page itself. Raises
    SourceError (parser_failed) when the page is not HTML.
    """
    from lxml import etree, html

    try:
        charset = re.search(r"charset=[\"']?([\w-]+)", page.content_type)
        parser = html.HTMLParser(encoding=charset[1] if charset else None)
        tree = html.document_fromstring(page.body, parser=parser)
    except (etree.ParserError, ValueError, LookupError) as error:
        raise SourceError("parser_failed", page.url, str(error)) from None
    base = web_address(page.final_url, str(tree.xpath("string(//base/@href)") or page.final_url)) or page.final_url
    host = _host(page.final_url)
    own = {web_address(page.final_url, page.url), web_address(page.final_url, page.final_url)}
    found: dict[str, str] = {}
    for anchor in tree.iter("a"):
        url = web_address(base, anchor.get("href") or "")
        if url is None or url in own or _host(url) != host or _NOT_A_PAGE.search(urlsplit(url).path):
            continue
        if next(anchor.iterancestors(*_FRAME), None) is not None:
            continue
        found[url] = found.get(url) or clean_title(str(anchor.xpath("string()")))
        if len(found) > most:
            found.popitem()
            break
    return tuple(found.items())


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")

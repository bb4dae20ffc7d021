"""The picture that belongs to an article, if it has one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

_NO_PICTURE = re.compile(
    r"(?:^|[/_.\-])(?:logos?|icons?|favicon|sprites?|placeholder|default|avatars?|pixel|spacer|blank|no[-_]?image|dummy|"
    r"ogp?[-_]?(?:default|image|common)|share[-_]?(?:default|image)|apple-touch|site[-_]?image|noimg|beacon|1x1)(?=[/_.\-\d?]|$)"
    r"|\.(?:svg|ico|gif)(?:$|\?)",
    re.I,
)
_TRACKERS = re.compile(
    r"(?:^|\.)(?:doubleclick\.net|scorecardresearch\.com|google-analytics\.com|googletagmanager\.com|quantserve\.com|"
    r"facebook\.com|gravatar\.com|adnxs\.com|chartbeat\.net|omtrdc\.net)$",
    re.I,
)
_LEAST = 200


def picture(metas: Mapping[str, str], offered: tuple[str, ...], url: str) -> str:
    """Return the https or http address of the article's picture, empty when it is a logo, an icon or a tracker.

    `metas` are the page's meta values by name in lower case; `offered` are further addresses (JSON-LD), `url` is
    the page's. Pictures declared 200 pixels or less in either direction do not count.
    """
    sizes = [metas.get(f"og:image:{side}", "") for side in ("width", "height")]
    small = any(size.isdigit() and int(size) <= _LEAST for size in sizes)
    first = metas.get("og:image:secure_url") or metas.get("og:image") or metas.get("og:image:url") or ""
    others = (metas.get("twitter:image", ""), metas.get("twitter:image:src", ""), *offered)
    candidates = ([] if small else [first]) + [address for address in others if not (small and address == first)]
    return next((found for address in candidates if address and (found := _resolved(address, url))), "")


def _resolved(address: str, url: str) -> str:
    try:
        full = urljoin(url, address.strip())
        parts = urlsplit(full)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or len(full) > 2048 or " " in full:
        return ""
    if _NO_PICTURE.search(parts.path) or _TRACKERS.search(host):
        return ""
    width = re.search(r"(?:^|&)(?:w|width|h|height)=(\d+)(?:&|$)", parts.query)
    return "" if width and int(width[1]) <= _LEAST else full

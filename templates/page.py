"""The report as one HTML page: for the screen with its style and pictures inside, or for paper."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping

from agent.report import Report
from templates.edition import Edition
from templates.theme import Theme
from templates.typeset import filter_rules, stylesheet

INK = {"text": "#15171c", "soft": "#5a5f69", "rule": "#c9ccd2", "track": "#e9ebee", "paper": "#ffffff"}
_PICTURE_TYPES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def media_type(body: bytes) -> str:
    """Return the media type of a picture, an empty string for all that is neither JPEG nor PNG."""
    return next((name for head, name in _PICTURE_TYPES if body.startswith(head)), "")


def screen_page(issue: Edition, pictures: Mapping[str, bytes], theme: Theme) -> str:
    """Return the self-contained page: it asks for nothing, and needs no script."""
    sources = {
        key: f"data:{media_type(body)};base64,{base64.b64encode(body).decode()}" for key, body in pictures.items()
    }
    return page(issue, sources, theme, paged=False, css=theme.css("report.css") + theme.css("screen.css"))


def page(issue: Edition, pictures: Mapping[str, str], theme: Theme, *, paged: bool, css: str) -> str:
    """Return the page with `pictures` (addresses by article id); `paged` leaves out what only a screen can use."""
    report = issue.report
    categories = {category.name: i for i, category in enumerate(report.categories, 1)}
    countries = _countries(issue)
    pairs = {(categories.get(a.category, 0), countries[issue.country(a)][0]) for a in report.articles}
    rules = filter_rules(len(categories), len(countries), pairs)
    return theme.fill(
        "report.html.j2",
        ed=issue,
        r=report,
        w=issue.words,
        ink={**INK, "accent": issue.accent[0]},
        css=stylesheet(css + rules, issue.accent),
        paged=paged,
        pictures=pictures,
        categories=categories,
        countries=countries,
        kinds=_kinds(report),
    )


def _countries(issue: Edition) -> dict[str, tuple[int, int]]:
    """Number the countries, the most frequent first: name to number (from 1) and count of articles."""
    counts = Counter(issue.country(article) for article in issue.report.articles)
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return {name: (i, count) for i, (name, count) in enumerate(ranked, 1)}


def _kinds(report: Report) -> list[tuple[str, int]]:
    return [(str(kind), count) for kind, count in Counter(a.outlet_class for a in report.articles).most_common()]

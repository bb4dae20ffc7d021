"""What is printed about an article is held against its address and against the other articles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from agent.checks.article_facts import CHECKS
from agent.checks.model import ArticleText, ReportText

ARTICLES = tuple(
    ArticleText(
        n,
        title=f"Plant {n} opens",
        url=f"https://harbour-times.example/{n}",
        outlet="Harbour Times",
        country="Japan",
        outlet_class="newsroom",
        image=f"https://harbour-times.example/{n}.jpg",
    )
    for n in (1, 2)
)


def second(**changes: Any) -> list[tuple[str, str]]:
    """Return which checks find what in a report whose second article is changed, but for date and window."""
    report = ReportText("json", "en", articles=(ARTICLES[0], replace(ARTICLES[1], **changes)))
    found = [(f.where, f.message) for check in CHECKS for f in check.findings(report)]
    return [(where, message) for where, message in found if "is printed without date" not in message]


def test_sound_facts_pass() -> None:
    assert second() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"image": ARTICLES[0].image},
            [("#01", "the picture stands with 2 articles"), ("#02", "the picture stands with 2 articles")],
        ),
        (
            {"image": "https://harbour-times.example/img/logo.png"},
            [("#02", "the picture's address is that of a logo")],
        ),
        ({"strays": ("HARBOUR TIMES",)}, [("#02", "the picture shows the outlet's name: a logo")]),
        (
            {"strays": ("Port of",)},
            [("#02", "a heading that belongs to no part: words off a picture, or a broken line")],
        ),
        ({"url": "https://harbour-times.example/2026/04/…/plant"}, [("#02", "the address is cut")]),
        ({"url": "https://harbour-times.example/2026..."}, [("#02", "the address is cut")]),
        ({"url": "harbour-times.example/2"}, [("#02", "the address is cut")]),
        ({"outlet": "Harbour Times via Press Port"}, [("#02", "the outlet is named through another site")]),
        ({"outlet": "Mountain Post"}, [("#02", "the outlet does not go with the address's host")]),
        ({"country": "Germany"}, [("#01, #02", "has 2 countries: Japan, Germany")]),
    ],
)
def test_a_wrong_fact_is_found_and_nothing_else(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert second(**changes) == expected


@pytest.mark.parametrize(
    ("outlet", "host", "belongs"),
    [
        ("Harbour Times", "harbour-times.example", True),
        ("The Harbour", "harbour-times.example", True),
        # An abbreviation that the host spells out, from its first letter on.
        ("HTs", "harbour-times.example", True),
        ("ATs", "harbour-times.example", False),
        ("Harrbrtmess", "harbour-times.example", False),
        # Another script than the host's cannot be judged.
        ("港湾新聞", "harbour-times.example", True),
    ],
)
def test_outlet_and_host(outlet: str, host: str, belongs: bool) -> None:
    report = ReportText("json", "en", articles=(ArticleText(1, outlet=outlet, url=f"https://{host}/1"),))
    messages = [f.message for check in CHECKS for f in check.findings(report)]
    assert ("the outlet does not go with the address's host" in messages) == (not belongs)

"""Articles, a brief and stand-in readers for the tests of the model engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from agent.engine import Brief, Digested
from agent.model import Article, Bound, Detail, Digest, Figure, Precision, Span
from agent.model_engine.readers import Readers
from agent.week import Week

CATEGORIES = ("モデル", "規制")
TEXT = (
    "Northern Chips said revenue rose 35% to $1.2 billion in the first quarter.\n"
    "The company will open a plant in Chitose in August 2026, it said.\n"
    "Analysts had expected less."
)


def brief(language: str = "ja", categories: tuple[str, ...] = CATEGORIES) -> Brief:
    return Brief("AI・機械学習", "", language, Week(2026, 15, "Asia/Tokyo"), categories, glossary={"Chitose": "千歳"})


def article(number: int = 1, text: str = TEXT, title: str = "Northern Chips reports record quarter") -> Article:
    return Article(
        id=f"id{number}",
        url=f"https://news.example/{number}",
        title=title,
        text=text,
        language="en",
        published_at=datetime(2026, 4, 9, 3, tzinfo=UTC),
        outlet="Example News",
        outlet_class="newsroom",
        country="GB",
        source="feed https://news.example/ai.xml",
        fetched_at=datetime(2026, 4, 11, tzinfo=UTC),
    )


def digested(number: int, figures: int = 0) -> Digested:
    made = Figure(
        value=Decimal(35), unit="%", label="増収率", holder="", evidence=Span(text=TEXT[:74], start=0, end=74)
    )
    digest = Digest(
        article_id=f"id{number}",
        engine="model",
        language="ja",
        title=f"記事{number}の見出し",
        summary=f"記事{number}の要約である。続きの文である。",
        detail=Detail(background="", main="主な内容です。", impact=""),
        figures=(made,) * figures,
    )
    return Digested(article(number), digest)


@dataclass(frozen=True)
class Number:
    """A quantity as the stand-in reader sees it."""

    value: Decimal
    upper: Decimal | None
    unit: str
    bound: Bound
    start: int
    end: int


@dataclass(frozen=True)
class Moment:
    """A date as the stand-in reader sees it."""

    date: date
    precision: Precision


def read_quantities(text: str, language: str) -> Sequence[Number]:
    found = []
    for match in re.finditer(r"(more than )?(\$?)(\d+(?:\.\d+)?)(%| billion)?", text):
        scale = 10**9 if match[4] == " billion" else 1
        unit = "USD" if match[2] else "%" if match[4] == "%" else ""
        bound: Bound = "more_than" if match[1] else "exact"
        found.append(Number(Decimal(match[3]) * scale, None, unit, bound, match.start(), match.end()))
    return found


def read_moments(text: str, language: str, reference: date) -> Sequence[Moment]:
    moments: list[Moment] = [Moment(date(int(m[1]), 8, 1), "month") for m in re.finditer(r"August (20\d\d)", text)]
    moments += [Moment(date(int(m[2]), 8, int(m[1])), "day") for m in re.finditer(r"(\d+) August (20\d\d)", text)]
    return moments


def missing_numbers(text: str, language: str, articles: Sequence[Article], names: Sequence[str]) -> Sequence[str]:
    sources = " ".join(f"{a.title} {a.text}" for a in articles)
    return [number for number in re.findall(r"\d+(?:\.\d+)?", text) if number not in sources]


READERS = Readers(read_quantities, read_moments, lambda figure, _: f"{figure.value}{figure.unit}", missing_numbers)

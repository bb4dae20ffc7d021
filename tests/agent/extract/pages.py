"""Pages as servers send them, made for these tests."""

from __future__ import annotations

from datetime import UTC, datetime

from agent.model import Fetched

SENTENCES = {
    "en": ("The company said on Friday that it had begun volume production of its new inference chip, number {n}. "),
    "ja": (
        "同社は金曜日、新しい推論チップの量産を始めたと発表した。これは第{n}の段落であり、消費電力は半分になるという。"
    ),
    "ko": (
        "회사는 금요일에 새로운 추론 칩의 양산을 시작했다고 밝혔다. "
        "이것은 {n}번째 문단이며 전력 소비는 절반이 된다고 한다. "
    ),
    "zh-Hant": (
        "該公司週五表示，已開始量產新的推論晶片。這是第{n}段，據說耗電量將減少一半，並將於今年供應三座資料中心。"
    ),
    "zh-Hans": (
        "该公司周五表示，已开始量产新的推理芯片。这是第{n}段，据说耗电量将减少一半，并将于今年供应三座数据中心。"
    ),
    "de": (
        "Das Unternehmen teilte am Freitag mit, dass die Serienfertigung des neuen Chips begonnen hat, für Werk {n}. "
    ),
}


def paragraphs(language: str = "en", count: int = 6) -> list[str]:
    """Return `count` different paragraphs."""
    return [(SENTENCES[language].format(n=n) * 2).strip() for n in range(1, count + 1)]


def article(
    body: list[str] | None = None, *, head: str = "", title: str = "Chip production begins", before: str = "",
    language: str = "en",
) -> str:  # fmt: skip
    """Return a page with navigation, an article and a sidebar."""
    text = "".join(f"<p>{line}</p>" for line in (paragraphs(language) if body is None else body))
    return (
        f"<!doctype html><html lang='{language}'><head><title>{title}</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world/'>World</a></li></ul></nav>"
        f"<article><h1>{title}</h1>{before}{text}</article>"
        "<aside><h2>Related</h2><ul><li><a href='/p/2.html'>Another story</a> 2026-01-02</li></ul></aside>"
        "<footer>Copyright 2026 Example News</footer></body></html>"
    )


def fetched(
    body: str | bytes, *, url: str = "https://news.example/p/1.html", content_type: str = "text/html"
) -> Fetched:
    """Return a page as the fetcher hands it over, fetched on 2026-04-13."""
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        content_type=content_type,
        body=body if isinstance(body, bytes) else body.encode(),
        fetched_at=datetime(2026, 4, 13, tzinfo=UTC),
    )

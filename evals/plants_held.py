"""Plants that the checks' author wrote before tuning and did not look at while tuning: the half that counts."""

# ruff: noqa: E501 - a plant a line
from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from agent.report import Report, ReportArticle, ReportCategory
from evals.planting import (
    Plant,
    appended,
    cut_at,
    inserted,
    japanese,
    replaced,
    some_article,
    some_detail,
    some_of,
    some_sentence,
    some_summary,
    text,
    with_article,
)


def _doubled_place(report: Report, random: Random) -> Report:
    """Put an article into a second category as well."""
    source, target = random.sample(range(len(report.categories)), 2)
    extra = random.choice(report.categories[source].articles)
    categories = list(report.categories)
    numbers = (*categories[target].articles, extra)
    categories[target] = categories[target].model_copy(update={"articles": numbers, "count": len(numbers)})
    return report.model_copy(update={"categories": tuple(categories)})


def _topic_without_home(report: Report, random: Random) -> Report:
    """Drop all articles of a topic from the categories, counts mended."""
    topic = set(random.choice(report.topics).articles)
    categories = []
    for category in report.categories:
        left = tuple(n for n in category.articles if n not in topic)
        categories.append(category.model_copy(update={"articles": left, "count": len(left)}))
    return report.model_copy(update={"categories": tuple(categories)})


def _speaks_of_another(report: Report, random: Random) -> Report:
    """Let a digest's sentence cite an article of another category."""
    i, j = random.sample(range(len(report.categories)), 2)
    categories = list(report.categories)
    sentences = list(categories[i].sentences)
    sentences[0] = sentences[0].model_copy(update={"articles": (random.choice(categories[j].articles),)})
    categories[i] = categories[i].model_copy(update={"sentences": tuple(sentences)})
    return report.model_copy(update={"categories": tuple(categories)})


def _same_picture(report: Report, random: Random) -> Report:
    i, j = random.sample(range(len(report.articles)), 2)
    image = "https://cdn.example/2026/04/share.jpg"
    return with_article(with_article(report, i, image=image), j, image=image)


def _outlets_swapped(report: Report, random: Random) -> Report:
    able = [i for i, a in enumerate(report.articles) if a.outlet.isascii()]
    i, j = random.sample(able, 2)
    first, second = report.articles[i].outlet, report.articles[j].outlet
    return with_article(with_article(report, i, outlet=second), j, outlet=first)


def _two_countries(report: Report, random: Random) -> Report:
    i, j = random.sample(range(len(report.articles)), 2)
    a = report.articles[i]
    other = next(b.country_name for b in report.articles if b.country_name != a.country_name)
    return with_article(report, j, outlet=a.outlet, url=a.url + "/2", country_name=other)


def _all_end_alike(report: Report, random: Random) -> Report:
    for i in random.sample(japanese(report), int(len(japanese(report)) * 0.7)):
        detail = report.articles[i].detail
        ending = random.choice(("今後の動きが重要です。", "普及が進むでしょう。", "影響は大きいと考えられます。"))
        report = with_article(report, i, detail=detail.model_copy(update={"impact": detail.impact + ending}))
    return report


def _summary_is_detail(article: ReportArticle, random: Random) -> Mapping[str, Any]:
    return {"summary": random.choice((article.detail.main, article.detail.background)) + article.detail.impact}


def _name_misspelt(report: Report, random: Random) -> Report:
    name, wrong = random.choice((("Google", "Gooogle"), ("TrendForce", "TrendForse"), ("Rapidus", "Rapydus")))
    at = [i for i in japanese(report) if name in report.articles[i].summary]
    others = [i for i in japanese(report) if name in report.articles[i].detail.main + report.articles[i].title]
    if not at or not others:
        name, wrong, at = "Google", "Googel", [i for i in japanese(report) if "Google" in report.articles[i].summary]
    i = random.choice(at)
    return with_article(report, i, summary=report.articles[i].summary.replace(name, wrong, 1))


def _later_name(report: Report, random: Random) -> Report:
    i, j = random.sample(japanese(report), 2)
    first, second = random.choice((("Palantir", "Palentir"), ("Supermicro", "Supermirco"), ("Qualcomm", "Qualcom")))
    report = with_article(report, i, summary=report.articles[i].summary + f"{first}が参加した。")
    return with_article(report, j, title=report.articles[j].title + f" {second}も")


def _count_off(category: ReportCategory, random: Random) -> Mapping[str, Any]:
    return {"count": category.count + random.choice((-2, 3, 5))}


_FIGURES = ("## 主要数値", "## カテゴリー別動向")

HELD = (
    Plant("category counts", "count far off", change=some_of("categories", _count_off)),
    Plant("category counts", "header", edit=replaced(r"\| \d+件 \\?\|", "| 31件 |")),
    Plant("partition", "in two categories", change=_doubled_place, also=("category counts",)),
    Plant("topics and categories", "dropped", change=_topic_without_home, also=("category counts", "partition", "filed elsewhere")),
    Plant("countries", "world", change=some_article(lambda a, r: {"country_name": r.choice(("グローバル", "世界", "海外"))})),
    Plant("countries", "header", edit=replaced(r"(\d+)カ国・地域$", "12カ国・地域")),
    Plant("empty section", "outlook", change=lambda r, _: r.model_copy(update={"outlook": ()})),
    Plant("empty section", "digest", change=some_of("categories", lambda c, r: {"sentences": ()})),
    Plant("figure without source", "one", edit=replaced(r"( \[\\?#\d+\]\(#a\d+\))+$", "", 1, *_FIGURES)),
    Plant("cut list", "open end", edit=replaced(r"^((?:\[\\?#\d+\]\(#a\d+\) ?)+)$", r"\1 #", start="## カテゴリー別動向")),
    Plant("unknown numbers", "topic", change=some_of("topics", lambda t, r: {"articles": (*t.articles, 88)})),
    Plant("unknown numbers", "outlook", change=some_sentence("outlook", lambda s, r: {"articles": (64,)})),
    Plant("numbering", "dropped", change=lambda r, x: r.model_copy(update={"articles": r.articles[:3] + r.articles[4:]}),
          also=("category counts", "unknown numbers", "partition", "filed elsewhere")),
    Plant("duplicate article", "address", change=lambda r, x: with_article(r, 2, url=r.articles[x.randrange(3, 9)].url),
          also=("outlet and host", "country")),
    Plant("same title", "title", change=lambda r, x: with_article(r, 1, title=r.articles[x.randrange(2, 9)].title)),
    Plant("uncited statement", "outlook", edit=replaced(r"^(- .+?)( \[\\?#\d+\]\(#a\d+\))+$", r"\1", start="## 今後の展望", end="## 報道の分布")),
    Plant("filed elsewhere", "cites", change=_speaks_of_another),
    Plant("spelling of names", "letter", change=_name_misspelt),
    Plant("spelling of names", "vowel", change=some_summary(appended("サーバの増設とサーバーの更新が続く。"))),
    # Written after the first run of this half, when the check had learnt what it missed there; not looked at since.
    Plant("spelling of names", "later: letter", change=_later_name),
    Plant("spelling of names", "later: vowel", change=some_detail(appended("メモリの価格が上がり、メモリーの在庫は減りました。"))),
    Plant("names of a document", "four names", change=some_summary(appended("この手引きはガイダンスとも指針とも呼ばれる。"))),
    Plant("article facts", "no line", edit=replaced(r"^公開日 .+$", "")),
    Plant("article facts", "no title", change=some_article(lambda a, r: {"title": ""})),
    Plant("picture", "shared", change=_same_picture),
    Plant("picture", "favicon", change=some_article(lambda a, r: {"image": "https://site.example/img/favicon-192.png"})),
    Plant("address", "cut path", change=some_article(lambda a, r: {"url": a.url[: r.randrange(2, 10)]})),
    Plant("address", "dots", change=some_article(lambda a, r: {"url": a.url[:30] + "…"})),
    Plant("address", "gone", edit=replaced(r"^- 元記事：.+\n", "")),
    Plant("outlet and host", "swapped", change=_outlets_swapped, also=("country",)),
    Plant("outlet and host", "through", change=some_article(lambda a, r: {"outlet": f"{a.outlet} (via Newsbridge.com)"})),
    Plant("country", "two", change=_two_countries, also=("countries", "outlet and host")),
    Plant("weak source", "note", change=some_article(lambda a, r: {
        "outlet_class": "newsroom", "outlet": "note", "url": "https://note.com/someone/n/n1234"}),
        also=("countries", "country")),
    Plant("weak source", "blog", change=some_article(lambda a, r: {
        "outlet_class": "newsroom", "url": a.url.replace(".example/", ".example/blog/")})),
    Plant("outside the window", "late", change=some_article(lambda a, r: {"published_at": a.published_at + timedelta(days=r.randrange(8, 40))})),
    Plant("no date window", "dropped", edit=replaced(r"^\*\*調査レポート\*\*.+$", "**調査レポート**")),
    Plant("cross-links", "dropped", edit=replaced(r"^- 引用箇所：.+\n", "", count=0)),
    Plant("names of parts", "background", edit=replaced(r"^#### 背景$", "#### 背景と経緯", count=5)),
    Plant("heading levels", "raised", edit=replaced(r"^#### 影響と展望$", "### 影響と展望", count=4)),
    Plant("filler", "unclear", change=some_detail(appended("詳細は明らかにされていないものの、今後の成長が見込まれます。"))),
    Plant("promotion", "best", change=some_article(lambda a, r: {"title": a.title + r.choice(("、業界最高の性能", "、革命的な一歩"))})),
    Plant("stock endings", "mixed", change=_all_end_alike),
    Plant("repetition", "copied", change=some_article(_summary_is_detail)),
    Plant("whole sentences", "detail", change=some_detail(cut_at(30, 45, 60))),
    Plant("whole sentences", "digest", change=some_sentence("categories", text(cut_at(18, 25)))),
    Plant("whole sentences", "topic", change=some_sentence("topics", text(cut_at(20, 22)))),
    Plant("foreign script", "simplified", change=some_detail(inserted("们应该", "这种", "进一步发展"))),
    Plant("foreign script", "title", change=some_article(lambda a, r: {"title": a.title + "하는"})),
    Plant("foreign script", "thai", change=some_sentence("trends", text(inserted("ที่", "для")))),
    Plant("misspelt word", "doubled", change=some_summary(inserted("をを", "がが", "ンン"))),
    Plant("misspelt word", "acronym", change=some_detail(appended("AIEモデルとAIモデルとAIモデルを比べました。"))),
    Plant("split over lines", "inside", edit=replaced(r"(?<=[ぁ-ん一-龠]{20})(?=[ぁ-ん一-龠]{12})", "\n\n", start="## 記事", end="## 作成方法")),
    Plant("marks and markup", "tags", change=some_detail(inserted("<b>強い</b>", "&amp;", "[続き](https://x.example/)"))),
    Plant("marks and markup", "one side", change=some_summary(inserted("**"))),
    Plant("notation", "percent", change=some_summary(appended("比率は12％で、昨年は11%だった。"))),
    Plant("notation", "dollar", change=some_detail(appended("金額は45億米ドルで、前年は40億ドルでした。"))),
    Plant("no glyph", "lost", change=some_detail(inserted("\ufffd", "\ue123"))),
    Plant("lost bound", "figure", change=lambda r, x: r.model_copy(update={"key_figures": tuple(
        f.model_copy(update={"display": f.display.rstrip("超")}) if "億" in f.display else f for f in r.key_figures)})),
    Plant("sum of many", "two of five", change=some_article(lambda a, r: {
        "title": "インテル、エヌビディアに45億ユーロの課徴金", "detail": a.detail.model_copy(update={
            "main": a.detail.main + "エヌビディアやインテルなど5社に科された課徴金は、合わせて45億ユーロです。"})}),
        also=("spelling of names",)),
    Plant("strong word", "plunge", change=some_detail(appended("出荷台数は前年比2.4%の減少となり、急減しました。"))),
)  # fmt: skip

"""Plants that the checks were tuned on."""

# ruff: noqa: E501 - a plant a line
from __future__ import annotations

from datetime import timedelta
from random import Random

from agent.report import Report
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


def _out_of_category(report: Report, random: Random) -> Report:
    """Drop an article from its category, the count mended."""
    i = random.randrange(len(report.categories))
    categories = list(report.categories)
    left = categories[i].articles[:-1]
    categories[i] = categories[i].model_copy(update={"articles": left, "count": len(left)})
    return report.model_copy(update={"categories": tuple(categories)})


def _without_topic(report: Report, random: Random) -> Report:
    """Cut the topics and the sentences of the categories to one: most articles are used nowhere."""
    return report.model_copy(update={"topics": report.topics[:1], "trends": report.trends[:1]})


def _foreign_term(report: Report, random: Random) -> Report:
    """Let a digest name a product that only another category's article knows."""
    categories = list(report.categories)
    i = random.randrange(len(categories))
    number = next(n for n in range(1, 99) if n not in categories[i].articles)
    j = next(k for k in japanese(report) if report.articles[k].number >= number
             and report.articles[k].number not in categories[i].articles)  # fmt: skip
    report = with_article(report, j, summary=report.articles[j].summary + "製品名はZephyrnova。")
    sentences = list(categories[i].sentences)
    able = next(k for k, s in enumerate(sentences) if s.language == report.language)
    sentences[able] = sentences[able].model_copy(update={"text": "Zephyrnovaも注目された。"})
    categories[i] = categories[i].model_copy(update={"sentences": tuple(sentences)})
    return report.model_copy(update={"categories": tuple(categories)})


def _names_apart(report: Report, random: Random) -> Report:
    i, j = random.sample(japanese(report), 2)
    first, second = random.choice((("Rebellion", "Revelion"), ("Apptronik", "Apptironik"), ("Anthropic", "Antropic")))
    report = with_article(report, i, summary=report.articles[i].summary + f"{first}も加わった。")
    return with_article(report, j, summary=report.articles[j].summary + f"{second}も加わった。")


def _all_expected(report: Report, random: Random) -> Report:
    for i in japanese(report):
        detail = report.articles[i].detail
        impact = detail.impact + "さらなる普及が期待されます。"
        report = with_article(report, i, detail=detail.model_copy(update={"impact": impact}))
    return report


def _all_repeat(report: Report, random: Random) -> Report:
    for i in japanese(report):
        detail = report.articles[i].detail
        report = with_article(report, i, summary=detail.main + detail.background[:20] + "。")
    return report


def _one_figure_only(report: Report, random: Random) -> Report:
    """Let every article state its summary again in its details, but for one figure."""
    for i in japanese(report):
        article = report.articles[i]
        detail = article.detail.model_copy(update={"main": article.detail.main + article.summary})
        report = with_article(report, i, detail=detail)
    i = random.choice(japanese(report))
    return with_article(report, i, summary=report.articles[i].summary + "売上高は48億ドルだった。")


def _bound_dropped(report: Report, random: Random) -> Report:
    """Let a sentence of the trends state a bounded figure as if it were exact."""
    able = [f for f in report.key_figures if f.bound == "more_than" and "億" in f.display]
    figure = random.choice(able)
    plain = f"総額は{figure.display.rstrip('超')}となる。"
    first = report.trends[0].model_copy(update={"text": plain, "articles": figure.articles})
    return report.model_copy(update={"trends": (first, *report.trends[1:])})


def _cut_scheme(url: str) -> str:
    return url.split("://", 1)[1][3:]


_FIGURES = ("## 主要数値", "## カテゴリー別動向")

TUNED = (
    Plant("category counts", "one more", change=some_of("categories", lambda c, r: {"count": c.count + 1})),
    Plant("category counts", "one less", change=some_of("categories", lambda c, r: {"count": c.count - 1})),
    Plant("partition", "dropped", change=_out_of_category, also=("category counts", "topics and categories", "filed elsewhere")),
    Plant("topics and categories", "dropped", change=lambda r, x: r.model_copy(update={"categories": tuple(
        c.model_copy(update={"articles": tuple(n for n in c.articles if n not in r.topics[0].articles)})
        for c in r.categories)}), also=("category counts", "partition", "filed elsewhere")),
    Plant("countries", "international", change=some_article(lambda a, r: {"country_name": "国際"}), also=("country",)),
    Plant("empty section", "trends", change=lambda r, _: r.model_copy(update={"trends": ()})),
    Plant("empty section", "topic", change=some_of("topics", lambda t, r: {"sentences": ()})),
    Plant("empty section", "summary", change=some_article(lambda a, r: {"summary": ""})),
    Plant("figure without source", "all", edit=replaced(r"( \[\\?#\d+\]\(#a\d+\))+$", "", 0, *_FIGURES)),
    Plant("cut list", "comma", edit=replaced(r"^(### .+\[\\?#\d+\]\(#a\d+\))$", r"\1,", start="## 注目トピック", end="## 主要数値")),
    Plant("unused articles", "few topics", change=_without_topic),
    Plant("unknown numbers", "trend", change=some_sentence("trends", lambda s, r: {"articles": (99,)})),
    Plant("numbering", "gap", change=lambda r, x: with_article(r, 5, number=40),
          also=("partition", "unknown numbers", "filed elsewhere")),
    Plant("duplicate article", "address", change=lambda r, x: with_article(r, 0, url=r.articles[1].url),
          also=("outlet and host", "country")),
    Plant("same title", "title", change=lambda r, x: with_article(r, 0, title=r.articles[3].title), also=("spelling of names",)),
    Plant("uncited statement", "trends", edit=replaced(r"^(- .+?)( \[\\?#\d+\]\(#a\d+\))+$", r"\1", start="## 今週の動向", end="## 注目トピック")),
    Plant("filed elsewhere", "term", change=_foreign_term),
    Plant("spelling of names", "two letters", change=_names_apart),
    Plant("names of a document", "three names", change=some_summary(appended("手引きは指針であり、ガイドラインでもある。"))),
    Plant("article facts", "no heading", edit=replaced(r"^### \\?#(?!01)\d\d .+\n\n公開日.+$", "", start="## 記事", end="## 作成方法"),
          also=("foreign script", "countries")),
    Plant("article facts", "no outlet", change=some_article(lambda a, r: {"outlet": ""})),
    Plant("picture", "logo", change=some_article(lambda a, r: {"image": "https://x.example/assets/logo.png"})),
    Plant("picture", "words", edit=replaced(r"^#### 概要$", "# PR TIMES\n\n#### 概要")),
    Plant("address", "scheme", change=some_article(lambda a, r: {"url": _cut_scheme(a.url)}),
          also=("outlet and host", "country")),
    Plant("address", "empty", change=some_article(lambda a, r: {"url": ""})),
    Plant("outlet and host", "agency", change=some_article(lambda a, r: {"outlet": "YONHAP"})),
    Plant("country", "story's", change=some_article(lambda a, r: {
        "url": "https://www.channelnewsasia.com/business/x-1", "outlet": "CNA", "country_name": "台湾"}),
        also=("countries", "weak source")),
    Plant("weak source", "release", change=some_article(lambda a, r: {
        "outlet_class": "newsroom", "outlet": "PR TIMES", "url": "https://prtimes.jp/main/html/rd/p/1.html"}),
        also=("countries", "country")),
    Plant("outside the window", "early", change=some_article(lambda a, r: {"published_at": a.published_at - timedelta(days=10)})),
    Plant("no date window", "dropped", edit=replaced(r" · \d{4}年\d+月\d+日（.）.+$", "")),
    Plant("cross-links", "dropped", edit=replaced(r"^- 引用箇所：.+\n", "", count=0)),
    Plant("names of parts", "impact", edit=replaced(r"^#### 影響と展望$", "#### 影響と将来展望", count=4)),
    Plant("heading levels", "summary", edit=replaced(r"^#### 概要$", "## 概要", count=3)),
    Plant("filler", "little known", change=some_summary(appended("詳細な情報は少ないものの、堅実な性能が期待される。"))),
    Plant("promotion", "surpassing", change=some_article(lambda a, r: {"title": a.title + "：競合を凌駕する性能"})),
    Plant("stock endings", "expected", change=_all_expected),
    Plant("repetition", "all", change=_all_repeat, also=("filed elsewhere", "spelling of names")),
    Plant("whole sentences", "trend", change=some_sentence("trends", text(cut_at(20, 25, 30)))),
    Plant("whole sentences", "summary", change=some_summary(cut_at(50, 100))),
    Plant("foreign script", "hangul", change=some_summary(inserted("대응", "하기"))),
    Plant("misspelt word", "long vowel", change=some_summary(inserted("AIEージェント"))),
    Plant("misspelt word", "surfaced", change=some_detail(appended("新たな課題として浮上りました。"))),
    Plant("split over lines", "inside", edit=replaced(r"(?<=[ぁ-ん]{2}、[ぁ-ん一-龠]{4})(?=[ぁ-ん一-龠]{2})", "\n\n", start="## 記事", end="## 作成方法")),
    Plant("marks and markup", "open", change=some_detail(inserted("**重要"))),
    Plant("notation", "comma", change=some_summary(appended("費用は7,300億円で、当初も7300億円だった。"))),
    Plant("no glyph", "geta", change=some_summary(inserted("〓", "(cid:1234)"))),
    Plant("lost bound", "sentence", change=_bound_dropped),
    Plant("strong word", "surge", change=some_summary(appended("需要は前年比1.2%増と急増した。"))),
    Plant("sum of many", "three of eight", change=some_article(lambda a, r: {
        "title": "Google・AWS・Meta、8300億ドル規模の投資へ",
        "summary": a.summary + "Google、AWS、Metaを含む上位8社の設備投資は8300億ドルを超える見通しだ。"}),
        also=("only in the summary", "spelling of names")),
    Plant("only in the summary", "figure", change=_one_figure_only, also=("repetition", "spelling of names")),
)  # fmt: skip

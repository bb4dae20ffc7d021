"""A printed report of another system, small, with one defect of each kind that only text can show."""

import pytest

from agent.checks.from_text import text_of_markdown, text_of_pages
from agent.checks.lint import lint
from agent.checks.model import ReportText

PRINTED = """# AI・機械学習 Weekly Report

2026年04月11日 | 4件 | 3カ国

## ■ 今週の動向

AIの投資が広がりました。同時に、電力需要が新たな課題として浮上りました。

## ■ 注目トピック

### 投資競争 #01, #02,

クラウド大手が投資を増やし、日本と韓国の国

## ■ カテゴリー別動向

### ハードウェア (2件)

#01, #02

半導体の開発が進む。

### 規制 (1件)

#03

EUの法律が施行される。

## ■ 今後のロードマップ

## ■ 今後の展望

投資は続く見込みである。[#01]

7,100億ドル

主要CSPの設備投資予測

## #01 クラウド大手、投資を拡大

公開日 2026年04月10日 | Sample Daily | 国際

### 概要

設備投資は7100億ドルを超える見込みだ。Rebellionの新型を使う。

### 詳細

#### 背景：投資の拡大

投資は7100億ドルを超える予測です。需要は4兆

2440億kWhになります。

#### 影響と展望：続く競争

競争が続くと期待されます。

元記事: <https://sample-daily.example/a/1>

## #02 韓国の半導体

公開日 2026年04月09日 | YONHAP | 韓国

### 概要

このような状況に 대응べく、Revelionが動いた。

### 詳細

#### 背景：競争

- **提携：**
各社が組みました。

## 影響と展望：市場

市場が広がると期待されます。

元記事: daily.joins.example/news/2

## #03 EUのAI法

公開日 2026年04月08日 | Sample Daily | 日本

### 概要

AI法が始まる。**重要**な義務である。

### 詳細

#### 背景：規制

規制が進みました。

元記事: <https://sample-daily.example/a/3>

### 概要

見出しのない記事である。

### 詳細

#### 背景：不明

経緯は不明です。
"""
FOUND = {
    1: ("header", "2 + 1 = 3, the header says 4"),
    2: ("#04", "is in no category"),
    4: ("#01", "is no country"),
    5: ("■ 今後のロードマップ", "is an empty section"),
    6: ("key figures", "names no article"),
    7: ("投資競争", "is cut off"),
    11: ("#04", "without title, date, outlet"),
    13: ("#02", "stands above its parent's"),
    14: ("投資競争", "middle of a sentence"),
    15: ("#02 summary", "foreign script"),
    16: ("■ 今週の動向", "浮上り"),
    17: ("#01 背景：投資の拡大", "a number is split"),
    19: ("#03 summary", "emphasis"),
    20: ("notation", "with and without a comma"),
    21: ("#02", "the address is cut"),
    22: ("#02", "does not go with"),
    23: ("#01, #03", "has 2 countries"),
    26: ("header", "no date window"),
    29: ("#01, #02", "two spellings"),
    33: ("key figures", "a bound is lost"),
    43: ("■ 今週の動向", "cites no article"),
}


@pytest.fixture(scope="module")
def printed() -> ReportText:
    return text_of_markdown(PRINTED, "txt")


@pytest.mark.parametrize("row", FOUND)
def test_a_defect_of_a_printed_report_is_found_in_its_place(printed: ReportText, row: int) -> None:
    where, says = FOUND[row]
    found = [f for f in lint(printed) if f.row == row]
    assert any(f.where == where and says in f.message for f in found), found


def test_what_is_printed_is_read(printed: ReportText) -> None:
    assert (printed.total, printed.countries, printed.language, printed.window) == (4, 3, "ja", None)
    assert [a.number for a in printed.articles] == [1, 2, 3, 4]
    assert [(g.title, g.count, g.articles) for g in (*printed.topics, *printed.categories)] == [
        ("投資競争", None, (1, 2)),
        ("ハードウェア", 2, (1, 2)),
        ("規制", 1, (3,)),
    ]
    assert [s.cites for s in printed.sections[-1].statements] == [(1,)]
    first = printed.articles[0]
    assert (first.title, str(first.day), first.outlet) == ("クラウド大手、投資を拡大", "2026-04-10", "Sample Daily")
    assert first.url == "https://sample-daily.example/a/1"


def test_the_text_of_a_pdf_is_read_without_its_running_titles() -> None:
    pages = [
        f"AI週報 {n}\n2026年 第15週\n#0{n} 記事その{n}\n2026年4月{n}日\nSample Daily\n日本\n概要\n"
        f"これは{n}番目の記事の概要であり、行の途中で折り返\nされる。\n詳細\n背景\nこれは背景である。\nAI週報 記事 {n}"
        for n in range(1, 7)
    ]
    outline = {f"#0{n} 記事その{n}": 3 for n in range(1, 7)}
    report = text_of_pages(pages, outline)
    assert [(a.number, a.outlet, a.summary) for a in report.articles] == [
        (n, "Sample Daily", f"これは{n}番目の記事の概要であり、行の途中で折り返される。") for n in range(1, 7)
    ]

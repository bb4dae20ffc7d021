"""Reports in other languages than Japanese and English: words, dates, line ends, and titles from right to left."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from agent.report import Report, ReportSentence
from templates.fonts import missing_glyphs, with_geta
from templates.render import render
from tests.templates.reports import sample_report

SENTENCES = {
    "de": ("Die Rechenzentrumsbetreiber wollen 2,3 Milliarden Euro investieren.", "Als größte Hürde gilt der Strom."),
    "ko": (
        "국내 클라우드 업계는 올해 인공지능 반도체에 대한 투자를 지난해보다 두 배 이상으로 늘릴 계획이라고 밝혔다.",
        "과학기술정보통신부는 관련 법안을 다음 달 국회에 제출할 예정이라고 설명했고, 업계는 전력 공급을 지적했다.",
        "산업통상자원부는 데이터센터의 전력 사용 기준을 고치는 개편안을 공개하고 전문가들의 의견을 듣기로 했다.",
    ),
    "zh-Hans": ("国内云计算企业今年的投资将增加一倍以上。", "专家认为应推动数据中心的区域分布。"),
    "zh-Hant": ("國內雲端業者今年的投資將增加一倍以上。", "專家認為應推動資料中心的區域分布。"),
}
HEADINGS = {
    "de": "KI – Wochenbericht | Die Woche | Themen im Fokus | Ausblick | Kalenderwoche 15/2026 | Montag, 6. April",
    "ko": "KI 주간 리포트 | 이번 주 동향 | 주목할 주제 | 전망 | 2026년 15주차 | 4월 6일(월)",
    "zh-Hans": "KI周报 | 本周动态 | 重点话题 | 前景展望 | 2026年第15周 | 4月6日（周一）",
    "zh-Hant": "KI週報 | 本週動向 | 焦點議題 | 前景展望 | 2026年第15週 | 4月6日（週一）",
}
ARABIC = "شركة ناشئة تجمع 12 مليون دولار"


def issue(language: str) -> Report:
    told = tuple(
        ReportSentence(text=text, articles=(1,), language=language, kind="reported") for text in SENTENCES[language]
    )
    return sample_report(1, language=language, title="KI", trends=told, outlook=told[:1])


@pytest.mark.parametrize("language", SENTENCES)
def test_a_report_is_in_the_words_of_its_language(language: str) -> None:
    report = issue(language)
    files = render(report, ("html", "md"))
    page, text = files["report.html"].decode(), files["report.md"].decode()
    plain = re.sub(r"<[^>]+>", "", page)
    assert [word for word in HEADINGS[language].split(" | ") if word not in plain] == []
    assert [s for s in ("The week", "Topics to watch", "Outlook", "今週の動向") if s in page or s in text] == []
    assert f'<html lang="{language}">' in page
    assert "\u2060" not in page + text


def test_no_line_of_the_pdf_ends_inside_a_korean_word() -> None:
    pdf = PdfReader(BytesIO(render(issue("ko"), ("pdf",))["report.pdf"]))
    found = "\n".join(page.extract_text() for page in pdf.pages)
    words = {word for sentence in SENTENCES["ko"] for word in sentence.split()}
    lines = found.splitlines()
    assert words - set(found.split()) == set()
    assert "\u2060" not in found
    assert "".join(SENTENCES["ko"][0].split()) in "".join(found.split())
    # The sentences do run over several lines.
    assert not any(SENTENCES["ko"][0] in line for line in lines)


def test_an_arabic_title_has_its_direction_and_no_missing_glyph_fails_the_page() -> None:
    report = sample_report(1)
    article = report.articles[0].model_copy(update={"original_title": ARABIC, "language": "ar"})
    report = report.model_copy(update={"articles": (article,)})
    files = render(with_geta(report)[0], ("html", "pdf"))
    assert 'lang="ar" dir="rtl">' in files["report.html"].decode()
    found = "".join(page.extract_text() for page in PdfReader(BytesIO(files["report.pdf"])).pages)
    assert ("〓" in found) is bool(missing_glyphs(ARABIC))


def test_symbols_never_come_from_a_font_of_the_machine() -> None:
    assert missing_glyphs("週報 🤖") == {"🤖"}
    assert missing_glyphs("\U0010fffd") == {"\U0010fffd"}

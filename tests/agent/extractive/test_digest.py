import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import pairwise

import numpy as np
import pytest

from agent.engine import Brief
from agent.extractive.digest import extract_digest
from agent.language.sentences import split
from agent.model import Article
from agent.storage.embed import Vectors
from agent.week import parse_week

BRIEF = Brief(title="AI", description="", language="ja", week=parse_week("2026-W15", "Asia/Tokyo"))


class HashingEncoder:
    """Hashes character pairs: texts that share words come out alike."""

    name = "hashing-64"

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for a, b in pairwise(text):
                row[zlib.crc32((a + b).encode()) % 64] += 1
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        scaled: Vectors = (rows / np.where(norms == 0, 1, norms)).astype(np.float32)
        return scaled


def article(text: str, language: str = "ja", title: str = "欧州のAI規制、8月に全面適用") -> Article:
    moment = datetime(2026, 4, 10, tzinfo=UTC)
    return Article(
        id="a1",
        url="https://news.example/1",
        title=title,
        text=text,
        language=language,
        published_at=moment,
        outlet="新報",
        outlet_class="newsroom",
        country="JP",
        source="feed",
        fetched_at=moment,
    )


LONG = """欧州連合のAI規制は2026年8月に全面適用となり、企業は義務への対応を迫られる。
対象は採用や融資の審査に使うAIで、欧州に製品を出す日本企業も含まれる。
調査会社のまとめでは、75カ国以上が独自のAI規制の法案を検討している。
米国は規制より技術革新を優先する姿勢を保ってきた。
規制の背景
これまで各国は事業者の自主的な取り組みに任せてきた経緯がある。
背景には学習データの偏りが生む差別への懸念がある。
しかし、足並みはそろわない。
違反した企業には最大3500万ユーロの制裁金が科される。
監査にかかる費用は1社あたり約2億円に達すると業界団体は説明する。
対応の第一歩は社内で使うAIの棚卸しだと専門家は指摘する。
取引先から証明を求められる場面が今後増える見通しだ。
日本政府は2027年にも指針の改訂を予定している。
対応の遅れは欧州市場での競争力に影響する可能性がある。
続きを読むには会員登録が必要です。"""


def test_a_digest_is_made_of_whole_sentences_that_occur_once() -> None:
    source = article(LONG)
    digest = extract_digest(source, BRIEF, HashingEncoder())
    parts = [digest.summary, digest.detail.background, digest.detail.main, digest.detail.impact]
    printed = [span.text for part in parts for span in split(part, "ja")]
    own = [span.text for span in split(LONG, "ja")]
    assert all(parts)
    assert set(printed) <= set(own)
    assert len(printed) == len(set(printed))
    assert 2 <= len(split(digest.summary, "ja")) <= 4
    assert len(digest.summary) <= 320
    assert not {"規制の背景", "続きを読むには会員登録が必要です。", "しかし、足並みはそろわない。"} & set(printed)
    assert (digest.engine, digest.language, digest.title, digest.entities) == ("extractive", "ja", source.title, ())


def test_the_parts_of_the_detail_hold_what_they_are_for() -> None:
    detail = extract_digest(article(LONG), BRIEF, HashingEncoder()).detail
    assert "経緯がある" in detail.background or "背景には" in detail.background
    assert "可能性がある" in detail.impact or "予定している" in detail.impact


def test_figures_are_stated_by_their_evidence() -> None:
    digest = extract_digest(article(LONG), BRIEF, HashingEncoder())
    found = {(int(f.value), f.unit, f.bound): f for f in digest.figures}
    assert set(found) == {
        (35_000_000, "EUR", "at_most"),
        (200_000_000, "JPY", "about"),
        (75, "count:countries", "at_least"),
    }
    for figure in digest.figures:
        assert LONG[figure.evidence.start : figure.evidence.end] == figure.evidence.text == figure.label
        assert figure.holder == ""


def test_events_lie_ahead_and_carry_their_precision() -> None:
    digest = extract_digest(article(LONG), BRIEF, HashingEncoder())
    assert [(e.date, e.precision, e.what[:6]) for e in digest.events] == [
        (date(2026, 8, 1), "month", "欧州連合のA"),
        (date(2027, 1, 1), "year", "日本政府は2"),
    ]


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("欧州のAI規制が8月に全面適用となる見通しになった。", "欧州のAI規制が8月に全面適用となる見通しになった。"),
        ("見出しだけ", ""),
        ("", ""),
    ],
)
def test_a_short_article_leaves_parts_empty_rather_than_repeating(text: str, summary: str) -> None:
    digest = extract_digest(article(text), BRIEF, HashingEncoder())
    assert (digest.summary, digest.detail.background, digest.detail.main, digest.detail.impact) == (summary, "", "", "")


def test_latin_sentences_are_joined_by_a_space() -> None:
    text = (
        "The agency announced new rules for artificial intelligence today. "
        "Companies have four months to comply with the rules."
    )
    digest = extract_digest(article(text, "en", "New rules for artificial intelligence"), BRIEF, HashingEncoder())
    assert digest.summary == text

"""What is fuzzed: each target makes one damaged input from a seed, feeds it in, and checks what must always hold.

Nothing but the errors that the function promises may be raised, and whatever comes out must be valid Unicode.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel

from agent.calls.answers import parse_answer
from agent.errors import AnswerInvalid, SettingError, SourceError, TopicError
from agent.extract.dates import parse_moment
from agent.extract.documents import extract_document
from agent.grounding.unsupported import page_of, unsupported
from agent.language.detect import detect
from agent.language.sentences import split
from agent.model import Fetched
from agent.model_engine.evidence import SourceText
from agent.model_engine.facts import entities_of, events_of, figures_of
from agent.model_engine.readers import grounded_readers
from agent.model_engine.schemas import CategoryAnswer, DigestAnswer, EditAnswer
from agent.moments import parse_moments
from agent.quantities import display, parse_quantities
from agent.selection.dedupe import address_key, shingles
from agent.sources.dates import read_date
from agent.sources.feed import offer_items, parse_feed
from agent.topic import read_topic
from shuho.checking import check_file
from shuho.rendering import RenderOptions, render_file
from tests.builders import WEEK, article
from tests.fuzz.mutate import CHARSETS, ODD, bytes_of, json_of, text_of
from tests.templates.reports import sample_report

SAMPLE = Path(__file__).parents[2] / "examples" / "ai"
LANGUAGES = ("ja", "en", "ko", "zh-Hant", "zh-Hans", "de", "fr", "es")
_AT = datetime(2026, 4, 13, tzinfo=UTC)
_DAY = date(2026, 4, 9)


@cache
def _files(suffixes: tuple[str, ...]) -> list[Path]:
    return sorted(path for path in (SAMPLE / "web").rglob("*") if path.suffix in suffixes)


def _page(path: Path, body: bytes, content_type: str) -> Fetched:
    url = f"https://{path.relative_to(SAMPLE / 'web').as_posix()}"
    return Fetched(url=url, final_url=url, status=200, content_type=content_type, body=body, fetched_at=_AT)


def is_unicode(value: object) -> None:
    """Raise when a value, or a text anywhere in it, is no valid Unicode."""
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, BaseModel):
        value.model_dump_json()
    elif isinstance(value, list | tuple):
        for item in value:
            is_unicode(item)


def page(draw: random.Random) -> None:
    """A page: damaged, in a wrong charset, or wrapped too deeply."""
    path = draw.choice(_files((".html",)))
    body = bytes_of(path.read_bytes(), draw)
    kind = draw.random()
    if kind < 0.1:
        depth = draw.choice((100, 300, 3000))
        body = body.replace(b"<p>", b"<div>" * depth + b"<p>", 1)
    elif kind < 0.2:
        body = body.decode("utf-8", "replace").encode(
            draw.choice(("utf-8", "utf-16", "shift_jis")), "xmlcharrefreplace"
        )
    charset = f"; charset={draw.choice(CHARSETS)}" if draw.random() < 0.5 else ""
    kinds = ("text/html", "application/xhtml+xml", "text/plain", "", "message/rfc822", "text/markdown")
    is_unicode(extract_document(_page(path, body, draw.choice(kinds) + charset), "Asia/Tokyo"))


def feed(draw: random.Random) -> None:
    """A feed of XML or JSON, read and offered."""
    path = draw.choice(_files((".xml", ".json")))
    body = bytes_of(path.read_bytes(), draw)
    if draw.random() < 0.2:
        items = [{"id": "1", "url": "https://a.example/1", "title": "t", "date_published": "2026-04-09T00:00:00Z"}] * 3
        damaged = json_of({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items}, draw)
        body = json.dumps(damaged).encode()
    charset = f"; charset={draw.choice(CHARSETS)}" if draw.random() < 0.3 else ""
    try:
        items_read = parse_feed(_page(path, body, "application/xml" + charset), 200)
        offer = offer_items(items_read, "feed x", "https://a.example/", WEEK)
    except SourceError:
        return
    is_unicode([*offer.candidates, *offer.gaps])


@cache
def _topic_text() -> str:
    return (SAMPLE / "topic.toml").read_text(encoding="utf-8")


def topic(draw: random.Random) -> None:
    """A topic file; what is wrong is said with words that can be printed."""
    body = _topic_text().encode()
    for _ in range(draw.randint(1, 3)):
        body = bytes_of(body, draw) if draw.random() < 0.5 else text_of(body.decode("utf-8", "replace"), draw).encode(
            "utf-8", "surrogatepass"
        )  # fmt: skip
    with TemporaryDirectory() as folder:
        path = Path(folder) / "topic.toml"
        path.write_bytes(body)
        try:
            is_unicode(read_topic(path))
        except (TopicError, SettingError) as error:
            is_unicode(str(error))


_ANSWER = {
    "title": "北橋半導体が熊本で第2工場を稼働", "summary": "北橋半導体は8日、第2工場の稼働を始めた。",
    "background": "需要が増えています。", "main": "年140万個を生産します。", "impact": "1,700人の雇用が生まれます。",
    "figures": [
        {"value": "25億ドル", "bound": "=", "label": "投資額", "holder": "北橋半導体", "evidence": "投資額は25億ドル"}
    ],
    "events": [{"date": "2026-10", "what": "フル生産", "evidence": "2026年10月にフル生産"}],
    "entities": ["Northbridge=北橋半導体"],
}  # fmt: skip
_EDIT = {
    "trends": [{"text": "投資が増えました。", "ids": ["a1", "a2"], "kind": "reported"}],
    "topics": [{"title": "工場", "statements": [{"text": "稼働しました。", "ids": ["a1"], "kind": "reported"}]}],
    "categories": [{"name": "産業", "statements": [{"text": "伝えました。", "ids": ["a1"], "kind": "reported"}]}],
    "figures": ["f1"], "outlook": [{"text": "続きます。", "ids": ["a1"], "kind": "inference"}],
}  # fmt: skip
_PLACED = {"category": "産業"}
_TEXT = (
    "北橋半導体は8日、熊本県で第2工場の稼働を始めた。投資額は25億ドルで、年140万個を生産する。"
    "同社は2026年10月にフル生産に移る計画だ。地元では約1,700人の雇用が生まれる。"
)


def answer(draw: random.Random) -> None:
    """A model's answer: damaged JSON or values, then the facts in it, then what the article does not say."""
    value, schema = draw.choice(((_ANSWER, DigestAnswer), (_EDIT, EditAnswer), (_PLACED, CategoryAnswer)))
    text = json.dumps(json_of(value, draw) if draw.random() < 0.8 else value, ensure_ascii=draw.random() < 0.5)
    text = text_of(text, draw) if draw.random() < 0.3 else text
    text = f"Here:\n```json\n{text}\n```" if draw.random() < 0.1 else text
    try:
        read = parse_answer(text, schema)
    except AnswerInvalid as error:
        is_unicode(str(error))
        return
    is_unicode(read)
    if isinstance(read, DigestAnswer):
        told, readers, source = article(text=_TEXT, language="ja"), grounded_readers(), SourceText(_TEXT)
        is_unicode(figures_of(read.figures, told, source, readers))
        is_unicode(events_of(read.events, told, source, readers))
        is_unicode(entities_of(read.entities, told))
        is_unicode(unsupported(f"{read.title}\n{read.summary}\n{read.main}", "ja", [page_of(told)]))


_STATED = (
    "2,210億ドル（約35兆円）", "$221 billion", "2210억 달러", "前年比35％増", "up 35%", "um 35 Prozent",
    "35 pour cent", "2026年4月7日", "April 7, 2026", "7 avril 2026", "7. April 2026", "2026년 4월 7일",
    "民國115年4月", "令和8年4月10日", "第3四半期", "Q3 2026", "上半期", "next Tuesday", "昨日", "来年度",
    "3〜5 nm", "1.4 million", "三分の一", "twice", "約1,700人", "no fewer than 12", "10억3000만 원", "兩成",
    "ein Drittel", "2026-04-09T10:00:00+09:00", "Thu, 09 Apr 2026 10:00:00 JST", "1.234.567,89 €",
    "１２３億４５６７万", "5万3千", "十二億三千", "百分の五", "FY2027", "12/31/2026", "午後3時", "10% to 15%",
)  # fmt: skip


def figures(draw: random.Random) -> None:
    """Numbers and dates in eight languages, out of odd pieces: parsed, printed, held against themselves."""
    pieces = draw.choices(_STATED + ODD, k=draw.randint(1, 7))
    text = text_of(draw.choice((" ", "", "、", "\n")).join(pieces), draw)
    language = draw.choice(LANGUAGES)
    for quantity in parse_quantities(text, language):
        assert 0 <= quantity.start < quantity.end <= len(text)
        display(quantity.value, quantity.upper, quantity.unit, quantity.bound, draw.choice(("ja", "en"))).encode()
    for moment in parse_moments(text, language, _DAY):
        assert 0 <= moment.start < moment.end <= len(text)
        assert 1 <= moment.date.year <= 9999
    parse_moment(text, "Asia/Tokyo")
    read_date(text, "Asia/Tokyo")
    detect(text)
    shingles(text)
    address_key(f"https://{text}")
    assert all(text[span.start : span.end] == span.text for span in split(text, language))
    unsupported(text, language, [page_of(article(text=_TEXT, language="ja"))])


@cache
def _report() -> object:
    return json.loads(sample_report(5).model_dump_json())


def report(draw: random.Random) -> None:
    """A report.json, rendered as text, Markdown and HTML and checked."""
    body = json.dumps(json_of(_report(), draw), ensure_ascii=draw.random() < 0.5).encode("utf-8", "surrogatepass")
    body = bytes_of(body, draw) if draw.random() < 0.1 else body
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        path.write_bytes(body)
        try:
            is_unicode(check_file(path))
            render_file(RenderOptions(path, ("html", "md", "txt")))
        except SettingError as error:
            is_unicode(str(error))


Target = Callable[[random.Random], None]
TARGETS: Mapping[str, Target] = {
    "pages": page, "feeds": feed, "topics": topic, "answers": answer, "figures": figures, "reports": report
}  # fmt: skip

"""Looks into pages and into what is stored, for the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from agent.errors import SettingError
from agent.model import Fetched
from agent.outlets import OutletInfo, outlet_of
from agent.settings import harden_environment
from agent.storage.record import Filed, Record
from agent.topic import Limits, Topic, read_topic
from shuho.parts import data_folder


async def extract_page(target: str, topic_file: Path | None, private: bool) -> dict[str, Any]:
    """Return what the researcher sees on a page or in a file. Raises SourceError when it cannot be had."""
    from agent.extract import Extractor

    topic = read_topic(topic_file) if topic_file else None
    reader = Extractor()
    try:
        page = await _page(target, topic, private)
        found = await reader.extract(page, timezone=topic.timezone if topic else "UTC")
    finally:
        await reader.aclose()
    outlet = _outlet(found.canonical_url or page.final_url, found.sitename, found.language, topic)
    shown = found.model_dump(mode="json", exclude={"url", "links", "sitename", "suspicions", "canonical_url"})
    return {
        "url": page.final_url,
        "canonical_url": found.canonical_url,
        **shown,
        "outlet": outlet.name,
        "outlet_class": outlet.outlet_class,
        "country": outlet.country,
        "suspicions": list(found.suspicions),
    }


async def _page(target: str, topic: Topic | None, private: bool) -> Fetched:
    from agent.fetching.fetch import FetchLimits, HttpFetcher, MemoryCache
    from agent.fetching.mirror import MirrorFetcher, content_type

    if urlsplit(target).scheme in {"http", "https"}:
        limits = topic.limits if topic else Limits()
        allowed = private or limits.allow_private_addresses
        web = HttpFetcher(FetchLimits(allow_private_addresses=allowed, host_interval=0.0), MemoryCache())
        try:
            fetcher = MirrorFetcher(topic.path.parent / topic.mirror, web) if topic and topic.mirror else web
            return await fetcher.get(target)
        finally:
            await web.aclose()
    path = Path(target)
    if not path.is_file():
        raise SettingError(f"{target}: neither an http(s) address nor a file")
    url = f"file:{path.name}"
    body, now = path.read_bytes(), datetime.now(UTC)
    kind = content_type(path.name)
    return Fetched(url=url, final_url=url, status=200, content_type=kind, body=body, fetched_at=now)


def _outlet(url: str, sitename: str, language: str, topic: Topic | None) -> OutletInfo:
    table = {
        host: OutletInfo(row.name, row.country, row.kind) for host, row in (topic.outlets if topic else {}).items()
    }
    return outlet_of(urlsplit(url).hostname or "", sitename, table, language)


def open_record(out: Path) -> Record:
    """Return the record of an output folder. Raises SettingError when there is none."""
    path = data_folder(out) / "record.sqlite"
    if not path.is_file():
        raise SettingError(f"{out}: holds no record yet; `shuho run TOPIC.toml --out {out}` makes one")
    return Record(path)


def filed_articles(out: Path, topic: str, week: str) -> list[dict[str, Any]]:
    """Return what the reports hold, newest week first. Raises SettingError when there is no record."""
    record = open_record(out)
    try:
        return [_row(filed) for filed in record.filed(topic, week)]
    finally:
        record.close()


def search_articles(out: Path, words: str, limit: int) -> list[dict[str, Any]]:
    """Return the stored articles nearest in meaning, nearest first."""
    from shuho.parts import open_store

    harden_environment()
    record = open_record(out)
    try:
        with open_store(out, record) as store:
            hits = store.near(words, limit)
        return [
            {"similarity": round(hit.similarity, 4), **_article(record, hit.article_id)}
            for hit in hits
            if record.has_article(hit.article_id)
        ]
    finally:
        record.close()


def rebuild_store(out: Path) -> tuple[int, int]:
    """Rebuild the vector store from the record; return how many articles and passages it holds."""
    from agent.storage.embed import SentenceEncoder
    from agent.storage.refill import refill
    from agent.storage.store import ArticleStore

    harden_environment()
    record = open_record(out)
    try:
        with ArticleStore(data_folder(out) / "chroma", SentenceEncoder()) as store:
            store.clear()
            refill(store, record)
            return store.count()
    finally:
        record.close()


def _article(record: Record, article_id: str) -> dict[str, Any]:
    article = record.article(article_id)
    return article.model_dump(
        mode="json", include={"id", "url", "title", "language", "outlet", "country", "published_at"}
    )


def _row(filed: Filed) -> dict[str, Any]:
    kept = {"id", "url", "title", "language", "outlet", "country", "published_at"}
    return {
        "topic": filed.topic,
        "week": filed.week,
        "number": filed.number,
        "category": filed.category,
        "event_id": filed.event_id,
        **filed.article.model_dump(mode="json", include=kept),
    }


def timings_of(report: Path, page: Path | None) -> str:
    """Return a run's timings as a table; with `page`, write them there as HTML and say so. Raises SettingError."""
    from agent.observability.run_page import read_run_page
    from templates.timings import timings_page, timings_text

    run = read_run_page(report)
    if page is None:
        return timings_text(run)
    try:
        page.write_text(timings_page(run), encoding="utf-8")
    except OSError as error:
        raise SettingError(f"{page}: cannot be written ({error.strerror})") from None
    return f"{page}: written"

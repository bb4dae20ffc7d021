"""Looks into pages and into what is stored, for the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from agent.errors import SettingError
from agent.record import Filed, Record
from agent.topic import Limits, read_topic
from shuho.parts import data_folder


async def extract_page(target: str, topic_file: Path | None, private: bool) -> dict[str, Any]:
    """Return what the researcher sees on a page or in a file. Raises SourceError when it cannot be had."""
    from agent.extract import Extractor
    from agent.fetch import FetchLimits, HttpFetcher, MemoryCache
    from agent.mirror import MirrorFetcher, content_type
    from agent.model import Fetched
    from agent.outlets import OutletInfo, outlet_of

    topic = read_topic(topic_file) if topic_file else None
    limits = topic.limits if topic else Limits()
    web = HttpFetcher(
        FetchLimits(allow_private_addresses=private or limits.allow_private_addresses, host_interval=0.0), MemoryCache()
    )
    reader = Extractor()
    try:
        if urlsplit(target).scheme in {"http", "https"}:
            fetcher = MirrorFetcher(topic.path.parent / topic.mirror, web) if topic and topic.mirror else web
            page = await fetcher.get(target)
        else:
            path = Path(target)
            if not path.is_file():
                raise SettingError(f"{target}: neither an http(s) address nor a file")
            page = Fetched(
                url=f"file:{path.name}",
                final_url=f"file:{path.name}",
                status=200,
                content_type=content_type(path.name),
                body=path.read_bytes(),
                fetched_at=datetime.now(UTC),
            )
        found = await reader.extract(page, timezone=topic.timezone if topic else "UTC")
    finally:
        await reader.aclose()
        await web.aclose()
    table = {
        host: OutletInfo(row.name, row.country, row.kind) for host, row in (topic.outlets if topic else {}).items()
    }
    outlet = outlet_of(
        urlsplit(found.canonical_url or page.final_url).hostname or "", found.sitename, table, found.language
    )
    return {
        "url": page.final_url,
        "canonical_url": found.canonical_url,
        "title": found.title,
        "text": found.text,
        "published": found.published.isoformat() if found.published else None,
        "published_precision": found.published_precision,
        "language": found.language,
        "outlet": outlet.name,
        "outlet_class": outlet.outlet_class,
        "country": outlet.country,
        "author": found.author,
        "image": found.image,
        "problem": found.problem,
        "suspicions": list(found.suspicions),
    }


def _record(out: Path) -> Record:
    path = data_folder(out) / "record.sqlite"
    if not path.is_file():
        raise SettingError(f"{out}: holds no record yet; `shuho run TOPIC.toml --out {out}` makes one")
    return Record(path)


def filed_articles(out: Path, topic: str, week: str) -> list[dict[str, Any]]:
    """Return what the reports hold, newest week first. Raises SettingError when there is no record."""
    record = _record(out)
    try:
        return [_row(filed) for filed in record.filed(topic, week)]
    finally:
        record.close()


def search_articles(out: Path, words: str, limit: int) -> list[dict[str, Any]]:
    """Return the stored articles nearest in meaning, nearest first."""
    from agent.embed import SentenceEncoder
    from agent.store import ArticleStore

    record = _record(out)
    try:
        with ArticleStore(data_folder(out) / "chroma", SentenceEncoder()) as store:
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
    from agent.embed import SentenceEncoder
    from agent.store import ArticleStore, Filing

    record = _record(out)
    try:
        filed = {row.article.id: row for row in record.filed()}
        articles = record.articles()
        filing = {
            a.id: Filing(f.topic, f.week, f.category, f.number or 0) if (f := filed.get(a.id)) else Filing("", "")
            for a in articles
        }
        with ArticleStore(data_folder(out) / "chroma", SentenceEncoder()) as store:
            store.clear()
            store.put(articles, filing)
            store.put_passages([a for a in articles if filing[a.id].number], filing)
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

"""What a finished issue needs when it is revised: its sources, its formats, its place in record and store."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import RenderError, SettingError, SourceError
from agent.issue import REPORT, IssueFolder
from agent.report import Report
from agent.selection.dedupe import article_id
from agent.storage.record import Record
from agent.week import parse_week
from shuho.parts import data_folder

if TYPE_CHECKING:
    from agent.model import Fetched
    from agent.revision.edits import Sources
    from agent.revision.versions import Versions
    from agent.storage.store import ArticleStore


@dataclass(frozen=True)
class IssuePlace:
    """Where an issue lies: `out/<topic>/<week>/`."""

    out: Path
    folder: IssueFolder


def place_of(path: Path) -> IssuePlace:
    """Find an issue by its `report.json` or its folder. Raises SettingError when it is neither."""
    folder = (path.parent if path.is_file() else path).resolve()
    if not (folder / REPORT).is_file():
        raise SettingError(f"{path}: is no report; give its folder or its {REPORT}")
    report = Report.model_validate_json((folder / REPORT).read_bytes())
    week = parse_week(report.week.iso, report.week.timezone)
    out = folder.parent.parent
    if folder != out / report.topic / week.iso:
        raise SettingError(f"{folder}: a report can be revised where it was written, in OUT/{report.topic}/{week.iso}")
    return IssuePlace(out, IssueFolder(out, report.topic, week))


def transcript_path(place: IssuePlace) -> Path:
    """Return where the talk about an issue is kept."""
    week = place.folder.path
    return data_folder(place.out) / "talks" / week.parent.name / f"{week.name}.jsonl"


def sources_of(report: Report, record: Record, versions: Versions, glossary: Mapping[str, str]) -> Sources:
    """Return what edits of a report are held against. Raises SettingError when the record lacks an article."""
    from agent.revision.edits import Sources

    try:
        articles = {a.id: record.article(a.id) for a in report.articles}
    except KeyError as missing:
        raise SettingError(f"{record.path}: holds no article {missing}; revise where the report was written") from None
    runs = [row.run for row in record.runs(report.topic, report.week.iso) if row.finished]
    digests = [d for run in runs[-1:] for a in report.articles if (d := record.digest(run, a.id))]
    aliases = [(e.name, e.source_form) for digest in digests for e in digest.entities]
    earlier = tuple(versions.earlier())
    # An article that was dropped may come back.
    gone = {a.id for one in earlier for a in one.articles} - articles.keys()
    articles |= {i: record.article(i) for i in gone if record.has_article(i)}
    return Sources(articles, earlier, (*aliases, *glossary.items()))


def render_formats(report: Report, record: Record) -> Mapping[str, bytes]:
    """Return every format, with the pictures that the record holds; a PDF that cannot be made is left out."""
    from templates.fonts import with_geta
    from templates.press import write_pdf_apart
    from templates.render import render

    pictures = asyncio.run(_pictures(report, record))
    files = dict(render(report, formats=("html", "md"), images=pictures))
    try:
        printable, _ = with_geta(report)
        return {**files, **render(printable, formats=("pdf",), images=pictures, printer=write_pdf_apart)}
    except RenderError:
        return files


async def _pictures(report: Report, record: Record) -> Mapping[str, bytes]:
    from agent.fetching.pictures import load_pictures

    stored = [record.article(a.id) for a in report.articles]
    return await load_pictures(stored, _StoredPages(record))


class _StoredPages:
    """A fetcher that knows what was fetched before, and nothing else."""

    def __init__(self, record: Record) -> None:
        self._record = record

    async def get(self, url: str, *, limit_bytes: int | None = None) -> Fetched:
        page = self._record.page(url)
        if page is None:
            raise SourceError("unreachable", url, "not stored")
        return page


def refile(report: Report, record: Record, store: ArticleStore) -> None:
    """Note in record and store which articles the report holds, under which numbers and categories."""
    from agent.storage.store import Filing

    rows: list[tuple[str, int | None, str, str]] = []
    for article in report.articles:
        rows.append((article.id, article.number, article.category, article.event_id))
        others = [article_id(other.url) for other in article.other_sources]
        rows += [(i, None, article.category, article.event_id) for i in others if record.has_article(i)]
    unique = {row[0]: row for row in reversed(rows)}
    before = {f.article.id: f for f in record.filed(report.topic, report.week.iso)}
    record.file_articles(report.topic, report.week.iso, unique.values())
    changed = [row for row in unique.values() if row[0] not in before or before[row[0]].category != row[2]]
    if changed:
        filing = {i: Filing(report.topic, report.week.iso, category, n or 0) for i, n, category, _ in changed}
        store.refile([record.article(row[0]) for row in changed], filing)

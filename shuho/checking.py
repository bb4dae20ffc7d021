"""`shuho check`: reading a report file in any form, with its stored sources where they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from agent.checks.from_report import text_of_report
from agent.checks.from_text import text_of_markdown, text_of_pages
from agent.checks.lint import lint
from agent.checks.model import Finding, ReportText
from agent.checks.round_trip import lost_text
from agent.errors import SettingError
from agent.issue import report_file
from agent.model import Article
from agent.report import Report

_RECORD = Path(".shuho") / "record.sqlite"


def check_file(path: Path, out: Path | None = None) -> list[Finding]:
    """Return what the checks find in a report: report.json of ours or its folder, or any system's .md, .txt or .pdf.

    The articles' stored texts come from the record in `out`, or else from the one that our own report lies beneath;
    without a record, what only the sources decide is not looked at. Raises SettingError for what cannot be read.
    """
    path = report_file(path)
    if not path.is_file():
        raise SettingError(f"{path}: no such file")
    beside = path.with_name("report.json")
    if path.suffix.lower() == ".pdf" and path.stem == "report" and beside.is_file():
        return [*check_file(beside, out), *lost_text(_read(beside), _pages_of(path)[0])]
    report = _read(path)
    if not report.articles and not report.sections:
        raise SettingError(f"{path}: holds no report: neither articles (#01 …) nor a section that is known")
    return lint(report, _sources(path, out, report))


def _read(path: Path) -> ReportText:
    kind = path.suffix.lower()
    if kind == ".json":
        return text_of_report(_report(path))
    if kind == ".pdf":
        return text_of_pages(*_pages_of(path))
    if kind in (".md", ".txt", ".markdown"):
        try:
            return text_of_markdown(path.read_text("utf-8-sig"), "txt" if kind == ".txt" else "md")
        except UnicodeDecodeError:
            raise SettingError(f"{path}: is not UTF-8 text") from None
    raise SettingError(f"{path}: reports are .json, .md, .txt or .pdf")


def _report(path: Path) -> Report:
    try:
        return Report.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SettingError(f"{path}: is no report.json of shuho: {place or 'the file'}: {first['msg']}") from None


def _pages_of(path: Path) -> tuple[list[str], dict[str, int]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        return [page.extract_text() for page in reader.pages], _levels(reader.outline, 1)
    except (PyPdfError, ValueError, KeyError) as error:
        raise SettingError(f"{path}: cannot be read as PDF: {error}") from None


def _levels(outline: object, level: int) -> dict[str, int]:
    """Return the level of each bookmark by its title."""
    found: dict[str, int] = {}
    for entry in outline if isinstance(outline, list) else []:
        if isinstance(entry, list):
            found.update(_levels(entry, level + 1))
        else:
            found[str(entry.title)] = level
    return found


def _sources(path: Path, out: Path | None, report: ReportText) -> Mapping[int, Article]:
    beneath = [parent / _RECORD for parent in path.resolve().parents[:3]]
    record = next((p for p in ([out / _RECORD] if out else beneath) if p.is_file()), None)
    if record is None:
        if out:
            raise SettingError(f"{out}: holds no record")
        return {}
    from agent.storage.record import Record

    stored = Record(record)
    try:
        by_url = {url: a for a in stored.articles() for url in (*a.other_urls, a.url)}
    finally:
        stored.close()
    return {a.number: by_url[a.url] for a in report.articles if a.url in by_url}

"""Any version of a report in any format again: no model, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from agent.errors import RenderError, SettingError
from agent.report import SCHEMA_VERSION, Report

if TYPE_CHECKING:
    from templates.render import Format, PdfVariant, Printer

_MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class RenderOptions:
    """What is to be made of `path`, a report or its folder; `output` is its own folder when it is None."""

    path: Path
    formats: tuple[Format, ...]
    theme: Path | None = None
    pdf_variant: PdfVariant = "ua"
    output: Path | None = None


@dataclass(frozen=True)
class Rendered:
    """The files written; `notes` say what is not as it should be: a format that failed, characters without a glyph."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def render_file(options: RenderOptions, printer: Printer | None = None) -> Rendered:
    """Write a stored report in the formats asked for, named after it: 0002.json gives 0002.pdf.

    A PDF is printed in a process apart, unless `printer` is given. Raises SettingError when the file is no report, a
    theme is bad, or a file would overwrite the report itself, and RenderError when no format could be written.
    """
    from agent.issue import report_file, write_whole
    from templates.render import PartlyRendered

    options = replace(options, path=report_file(options.path))
    report = read_report(options.path)
    folder = options.output or options.path.parent
    targets = {f"report.{name}": folder / f"{options.path.stem}.{name}" for name in options.formats}
    if options.path.resolve() in {target.resolve() for target in targets.values()}:
        raise SettingError(f"{options.path}: is what would be written; choose another folder with --output")
    notes: list[str] = []
    try:
        files = _render(report, options, pictures_beside(options.path, report), notes, printer)
    except PartlyRendered as error:
        if not error.files:
            raise RenderError(str(error)) from error
        notes.append(str(error))
        files = error.files
    for name, body in files.items():
        write_whole(targets[name], body)
    return Rendered(tuple(targets[name] for name in files), tuple(notes))


def named_formats(names: str) -> tuple[Format, ...]:
    """Return the formats in a list with commas. Raises SettingError for one that there is not, and for none."""
    from templates.render import ALL_FORMATS

    asked = [name.strip().lower() for name in names.split(",") if name.strip()]
    unknown = [name for name in asked if name not in ALL_FORMATS]
    if unknown or not asked:
        raise SettingError(f"--format {unknown[0] if unknown else names!r}: choose from {', '.join(ALL_FORMATS)}")
    return tuple(name for name in ALL_FORMATS if name in asked)


def read_report(path: Path) -> Report:
    """Return the report in a file. Raises SettingError when there is none, or none that this program can read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SettingError(f"{path}: larger than {_MOST_BYTES // 1_000_000} MB, which no report is")
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SettingError(f"{path}: cannot be read ({error.strerror})") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SettingError(
            f"{path}: no report of schema {SCHEMA_VERSION}: {place + ': ' if place else ''}{first['msg']}"
        ) from None


def pictures_beside(path: Path, report: Report) -> Mapping[str, bytes]:
    """Return the report's pictures from the record of the folder that it lies in; none when there is no record."""
    from agent.fetching.pictures import stored_pictures
    from agent.storage.record import Record
    from shuho.parts import data_folder

    images = {article.id: article.image for article in report.articles if article.image}
    where = next((up for up in path.resolve().parents[:4] if (data_folder(up) / "record.sqlite").is_file()), None)
    if where is None or not images:
        return {}
    record = Record(data_folder(where) / "record.sqlite")
    try:
        return stored_pictures(images, record.page)
    finally:
        record.close()


def _render(
    report: Report, options: RenderOptions, pictures: Mapping[str, bytes], notes: list[str], printer: Printer | None
) -> Mapping[str, bytes]:
    """Render; only the PDF has 〓 for what its font lacks, since readers of the rest bring fonts of their own."""
    from templates.fonts import named, with_geta
    from templates.press import write_pdf_apart
    from templates.render import render

    def made(of: Report, formats: Sequence[Format]) -> Mapping[str, bytes]:
        variant, press = options.pdf_variant, printer or write_pdf_apart
        return render(of, formats, pictures, theme=options.theme, pdf_variant=variant, printer=press)

    printed, missing = with_geta(report) if "pdf" in options.formats else (report, ())
    if not missing:
        return made(report, options.formats)
    notes.append(f"report.pdf: characters without a glyph in the font, printed as 〓: {named(missing)}")
    others = [name for name in options.formats if name != "pdf"]
    return {**made(report, others), **made(printed, ("pdf",))}

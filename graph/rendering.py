"""A report's checks and its files. Printing is begun before the checks have ended, which would take turns otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from agent.checks import check_report, if_lint_is_clean
from agent.errors import RenderError
from agent.model import Article, Gap, GapReason
from agent.report import Checks, Report
from templates.fonts import with_geta
from templates.press import write_pdf_apart
from templates.render import PartlyRendered, render

Files = Mapping[str, bytes]


async def check_and_render(
    report: Report, sources: Mapping[str, Article], pictures: Mapping[str, bytes]
) -> tuple[Report, Files]:
    """Return the report with its checks and with what went wrong in rendering noted in it, and its files by name.

    The PDF, which another process prints, says how the checks came out. It is begun as if the longest of them had found
    nothing, and printed again where they did.
    """
    guessed = await asyncio.to_thread(if_lint_is_clean, report, sources)
    # Characters that cannot be printed are noted first: the files that are not printed say so too.
    noted, printable = await asyncio.to_thread(_printable, _with(report, guessed))
    async with asyncio.TaskGroup() as group:
        printing = group.create_task(asyncio.to_thread(_print, printable, pictures))
        checks = await asyncio.to_thread(check_report, report, sources)
        noted = _with(noted, checks)
        others = await asyncio.to_thread(_others, noted, pictures)
    pdf, fault = printing.result()
    if checks != guessed:
        _, printable = await asyncio.to_thread(_printable, noted)
        pdf, fault = await asyncio.to_thread(_print, printable, pictures)
    if fault:
        noted = _noting(noted, "render_failed", fault)
        others = await asyncio.to_thread(_others, noted, pictures)
    return noted, {**others, **pdf}


def _with(report: Report, checks: Checks) -> Report:
    return report.model_copy(update={"checks": checks})


def _print(printable: Report, pictures: Mapping[str, bytes]) -> tuple[Files, str]:
    """Return the PDF, or why there is none."""
    try:
        return render(printable, formats=("pdf",), images=pictures, printer=write_pdf_apart), ""
    except PartlyRendered as error:
        return {}, str(error)


def _others(report: Report, pictures: Mapping[str, bytes]) -> Files:
    return render(report, formats=("html", "md", "json"), images=pictures)


def _printable(report: Report) -> tuple[Report, Report]:
    """Return the report, with the characters that the PDF's font lacks noted in it, and what of it can be printed."""
    try:
        printable, missing = with_geta(report)
        if not missing:
            return report, printable
        named = " ".join(f"{char} U+{ord(char):04X}" for char in missing[:20])
        report = _noting(report, "no_glyph", named)
        return report, with_geta(report)[0]
    except RenderError:
        # Without a font there is no PDF at all, and its own rendering says so.
        return report, report


def _noting(report: Report, reason: GapReason, detail: str) -> Report:
    gap = Gap(stage="publish", subject="report.pdf", reason=reason, detail=detail)
    return report.model_copy(update={"gaps": (*report.gaps, gap)})

"""A report's checks and its files. Printing is begun before the checks have ended, which would take turns otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from agent.checks import check_report, if_lint_is_clean
from agent.errors import RenderError
from agent.model import Article, Gap, GapReason
from agent.report import Checks, Report
from templates.fonts import named, with_geta
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
    noted = await asyncio.to_thread(_noting_unprintable, _with(report, guessed))

    def check() -> tuple[Report, Files]:
        checked = _with(noted, check_report(report, sources))
        return checked, _others(checked, pictures)

    # Not a task group: whoever calls this knows an error by its own type.
    printing = asyncio.to_thread(_print, noted, pictures)
    (pdf, fault), (checked, others) = await asyncio.gather(printing, asyncio.to_thread(check))
    if checked.checks != guessed:
        pdf, fault = await asyncio.to_thread(_print, checked, pictures)
    if fault:
        checked = _noting(checked, "render_failed", fault)
        others = await asyncio.to_thread(_others, checked, pictures)
    return checked, {**others, **pdf}


def _with(report: Report, checks: Checks) -> Report:
    return report.model_copy(update={"checks": checks})


def _print(report: Report, pictures: Mapping[str, bytes]) -> tuple[Files, str]:
    """Return the PDF, or why there is none."""
    try:
        return render(_printable(report)[0], formats=("pdf",), images=pictures, printer=write_pdf_apart), ""
    except PartlyRendered as error:
        return {}, str(error)


def _others(report: Report, pictures: Mapping[str, bytes]) -> Files:
    return render(report, formats=("html", "md", "json"), images=pictures)


def _noting_unprintable(report: Report) -> Report:
    _, missing = _printable(report)
    return _noting(report, "no_glyph", named(missing)) if missing else report


def _printable(report: Report) -> tuple[Report, tuple[str, ...]]:
    """Return what of the report the PDF's font can show, and the characters that it cannot."""
    try:
        return with_geta(report)
    except RenderError:
        # Without a font there is no PDF at all, and its own rendering says so.
        return report, ()


def _noting(report: Report, reason: GapReason, detail: str) -> Report:
    gap = Gap(stage="publish", subject="report.pdf", reason=reason, detail=detail)
    return report.model_copy(update={"gaps": (*report.gaps, gap)})

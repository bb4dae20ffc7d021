"""Loads what the PDF needs ahead of time, while the run waits for something else."""

from __future__ import annotations

from contextlib import suppress

from agent.errors import RenderError

_SHORTEST = '<html lang="en"><head><title>shuho</title></head><body><p>週報</p></body></html>'


def warm_up() -> None:
    """Load WeasyPrint, Pango and the fonts. When they are missing, the report's own rendering says so."""
    from templates.pdf import write_pdf

    with suppress(RenderError):
        write_pdf(_SHORTEST, "", {})

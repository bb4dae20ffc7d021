"""Loads what the PDF needs ahead of time, while the run waits for something else."""

from __future__ import annotations

from contextlib import suppress

from agent.errors import RenderError


def warm_up() -> None:
    """Start the printing process and load the font's table; when something is missing, rendering itself says so."""
    from templates.fonts import missing_glyphs
    from templates.press import start

    start()
    with suppress(RenderError):
        missing_glyphs("週")

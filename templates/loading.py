"""Loads what the PDF needs ahead of time, while the run waits for something else."""

from __future__ import annotations

from contextlib import suppress

from agent.errors import RenderError


def warm_up(language: str) -> None:
    """Start the printing process, load the font's table, the templates and what cuts headings in `language`.

    When something is missing, rendering itself says so.
    """
    from templates.fonts import missing_glyphs
    from templates.press import start
    from templates.theme import Theme

    start()
    with suppress(RenderError):
        missing_glyphs("週")
    Theme().load(language)

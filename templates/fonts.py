"""The two weights of Noto Sans CJK that the PDF is set in; they arrive as Python packages."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from agent.errors import RenderError
from agent.report import Report
from templates.system_fonts import may_fall_back, on_system

FAMILY = "Noto Sans CJK JP"
_PACKAGES = {
    400: ("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf"),
    700: ("noto_cjk_sans_jp_bold", "NotoSansCJKjp-Bold.otf"),
}


@lru_cache(maxsize=2)
def font(weight: int) -> bytes:
    """Return the OpenType file for weight 400 or 700. Raises RenderError with the remedy when it is not installed."""
    package, name = _PACKAGES[weight]
    try:
        return files(package).joinpath(name).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        raise RenderError(
            f"PDF: the font {name} is missing; install it with `pip install {package.replace('_', '-')}`"
        ) from None


def font_faces() -> str:
    """Return the @font-face rules, with addresses of the form `asset:font-400.otf`."""
    return "\n".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:url("asset:font-{weight}.otf")}}'
        for weight in _PACKAGES
    )


def font_assets() -> dict[str, tuple[bytes, str]]:
    """Return the fonts by the addresses of `font_faces`, each with its media type."""
    return {f"asset:font-{weight}.otf": (font(weight), "font/otf") for weight in _PACKAGES}


def missing_glyphs(text: str) -> set[str]:
    """Return the characters of `text` that the PDF cannot show; spaces and invisible characters never count.

    Letters that the two packaged weights lack may come from a font of the machine, which Pango finds by itself.
    """
    known = _code_points()
    lacking = {char for char in set(text) if ord(char) not in known and not _invisible(char)}
    return {char for char in lacking if not (may_fall_back(char) and on_system(char))}


def with_geta(report: Report) -> tuple[Report, tuple[str, ...]]:
    """Return the report with 〓, the typesetter's mark, for every character without a glyph, and those characters.

    Raises RenderError when the font is not installed.
    """
    text = report.model_dump_json()
    missing = tuple(sorted(missing_glyphs(text)))
    if not missing:
        return report, ()
    return Report.model_validate_json(text.translate({ord(char): "〓" for char in missing})), missing


def named(characters: Sequence[str]) -> str:
    """Return characters with their code points, twenty at most: `🤖 U+1F916`."""
    return " ".join(f"{char} U+{ord(char):04X}" for char in characters[:20])


def _invisible(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp")
        or 0xFE00 <= ord(char) <= 0xFE0F
        or 0xE0100 <= ord(char) <= 0xE01EF
    )


@lru_cache(maxsize=1)
def _code_points() -> frozenset[int]:
    from io import BytesIO

    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(font(400)), lazy=True) as face:
        return frozenset(face.getBestCmap())

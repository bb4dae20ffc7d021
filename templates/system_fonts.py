"""Whether a font of this machine has the letters that the PDF's own font lacks: Arabic, Hebrew, Thai, Devanagari."""

from __future__ import annotations

import ctypes
import ctypes.util
import unicodedata
from functools import lru_cache

_LIBRARIES = ("libfontconfig.so.1", "libfontconfig.1.dylib")


def may_fall_back(char: str) -> bool:
    """Tell whether a system font may stand in for a character: letters, marks, digits and punctuation, no symbols.

    Signs such as emoji look different, or are coloured pictures, in every machine's font.
    """
    return unicodedata.category(char)[0] in "LMNP"


@lru_cache(maxsize=4096)
def on_system(char: str) -> bool:
    """Tell whether fontconfig, which Pango asks too, knows a scalable font with a glyph for `char`."""
    library = _library()
    if library is None:
        return False
    charset = ctypes.c_void_p(library.FcCharSetCreate())
    pattern = ctypes.c_void_p(library.FcPatternCreate())
    found = ctypes.c_void_p()
    try:
        library.FcCharSetAddChar(charset, ctypes.c_uint32(ord(char)))
        library.FcPatternAddCharSet(pattern, b"charset", charset)
        library.FcPatternAddBool(pattern, b"scalable", 1)
        library.FcConfigSubstitute(None, pattern, 0)
        library.FcDefaultSubstitute(pattern)
        result = ctypes.c_int()
        found = ctypes.c_void_p(library.FcFontMatch(None, pattern, ctypes.byref(result)))
        held = ctypes.c_void_p()
        if not found or library.FcPatternGetCharSet(found, b"charset", 0, ctypes.byref(held)):
            return False
        return bool(library.FcCharSetHasChar(held, ctypes.c_uint32(ord(char))))
    finally:
        if found:
            library.FcPatternDestroy(found)
        library.FcPatternDestroy(pattern)
        library.FcCharSetDestroy(charset)


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    for name in (*_LIBRARIES, ctypes.util.find_library("fontconfig") or ""):
        try:
            library = ctypes.CDLL(name) if name else None
        except OSError:
            continue
        if library is not None:
            for function in ("FcCharSetCreate", "FcPatternCreate", "FcFontMatch"):
                getattr(library, function).restype = ctypes.c_void_p
            return library
    return None

"""Which rules a language tag follows."""

from __future__ import annotations

import re
from typing import Literal

Rules = Literal["ja", "ko", "zh-Hant", "zh-Hans", "en", "de", "fr", "es"]
_KNOWN: dict[str, Rules] = {"ja": "ja", "ko": "ko", "en": "en", "de": "de", "fr": "fr", "es": "es"}
_TAG = re.compile(r"[a-z]{2}(-[A-Za-z]{2,8})?")
_TRADITIONAL = ("hant", "tw", "hk", "mo")


def rules_of(language: str) -> Rules:
    """Return the rules that a BCP 47 tag follows; a language without rules of its own follows English."""
    parts = language.lower().replace("_", "-").split("-")
    if parts[0] == "zh":
        return "zh-Hant" if any(part in _TRADITIONAL for part in parts[1:]) else "zh-Hans"
    return _KNOWN.get(parts[0], "en")


def between_names(language: str) -> str:
    """Return what stands between names that are listed: ・ in Japanese, a comma and a space in English."""
    return {"ja": "・", "ko": "·", "zh": "、"}.get(rules_of(language).split("-")[0], ", ")


def report_language(tag: str) -> str:
    """Return the BCP 47 tag of a report's language, that of Japanese, Korean or Chinese in its shortest form.

    Raises ValueError for a tag of no language that CLDR knows, as `jp` or `Japanese` are.
    """
    # Everything that needs no topic starts without Babel.
    from babel import localedata

    if not _TAG.fullmatch(tag) or not localedata.exists(tag.split("-")[0]):
        raise ValueError("is no code of a language")
    return rules_of(tag) if is_cjk(tag) else tag


def has_rules(language: str) -> bool:
    """Tell whether the language has rules and printed words of its own."""
    primary = language.lower().replace("_", "-").split("-")[0]
    return primary == "zh" or primary in _KNOWN


def is_cjk(language: str) -> bool:
    """Tell whether the language is written in Chinese, Japanese or Korean script."""
    return language.lower()[:2] in ("ja", "ko", "zh")


# One character for one character, so that offsets stay those of the original text.
_FULL_COMMA = 0xFF0C
_FOLD = {
    **{0xFF01 + i: 0x21 + i for i in range(94) if 0xFF01 + i != _FULL_COMMA},
    **dict.fromkeys((0xA0, 0x202F, 0x2007, 0x2009, 0x3000), 0x20),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), 0x2D),
    0x301C: 0x7E,
    0xFFE5: 0xA5,
    0xFFE6: 0x20A9,
    0x2019: 0x27,
}


# A full-width comma is punctuation in Chinese, and groups digits only between full-width ones.
_GROUPED = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def fold(text: str) -> str:
    """Return the text with full-width forms, odd spaces and dashes in their plain form, of the same length."""
    return _GROUPED.sub(",", text).translate(_FOLD)

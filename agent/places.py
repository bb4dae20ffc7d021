"""Names of countries and languages in the report's language, from CLDR."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

# CLDR's long forms are not what a newspaper prints.
_SHORT = {
    ("ja", "HK"): "香港", ("ja", "MO"): "マカオ", ("ja", "US"): "米国", ("ja", "GB"): "英国",
    ("en", "HK"): "Hong Kong", ("en", "MO"): "Macao", ("en", "GB"): "UK", ("en", "US"): "US",
}  # fmt: skip


@lru_cache(maxsize=8)
def _locale(language: str) -> Any:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def country_name(code: str, language: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2), empty for an empty code, the code for an unknown one."""
    if not code:
        return ""
    short = _SHORT.get((language[:2], code))
    return short or str(_locale(language).territories.get(code, code))


def language_name(tag: str, language: str) -> str:
    """Return the name of a language (BCP 47 tag), the tag itself for an unknown one."""
    names = _locale(language).languages
    return str(names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0]) or tag)

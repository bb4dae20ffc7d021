"""Names of countries and languages in the report's language, from CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from agent.language.scripts import Rules, has_rules, rules_of

# CLDR's long forms are not what a newspaper prints.
_SHORT: Mapping[Rules, Mapping[str, str]] = {
    "ja": {"HK": "香港", "MO": "マカオ", "US": "米国", "GB": "英国"},
    "en": {"HK": "Hong Kong", "MO": "Macao", "US": "US", "GB": "UK"},
    "de": {"HK": "Hongkong", "MO": "Macau", "US": "USA", "GB": "Großbritannien"},
    "fr": {"HK": "Hong Kong", "MO": "Macao"},
    "es": {"HK": "Hong Kong", "MO": "Macao"},
    "ko": {"HK": "홍콩", "MO": "마카오", "KR": "한국"},
    "zh-Hans": {"HK": "香港", "MO": "澳门", "AE": "阿联酋"},
    "zh-Hant": {"HK": "香港", "MO": "澳門", "AE": "阿聯"},
}


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
    short = _SHORT[rules_of(language)].get(code) if has_rules(language) else None
    return short or str(_locale(language).territories.get(code, code))


def language_name(tag: str, language: str) -> str:
    """Return the name of a language (BCP 47 tag), the tag itself for an unknown one."""
    names = _locale(language).languages
    return str(names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0]) or tag)

"""Printing a date or period with the precision that its source has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from agent.language.scripts import Rules, rules_of
from agent.model import Precision

if TYPE_CHECKING:
    from babel import Locale

# CLDR's patterns for days and months; its quarters (제 3/4분기) and halves (none) are not what a newspaper prints.
_DAYS: Mapping[Rules, tuple[str, str]] = {
    "ja": ("y年M月d日", "y年M月"),
    "en": ("MMMM d, y", "MMMM y"),
    "de": ("d. MMMM y", "MMMM y"),
    "fr": ("d MMMM y", "MMMM y"),
    "es": ("d 'de' MMMM 'de' y", "MMMM 'de' y"),
    "ko": ("y년 M월 d일", "y년 M월"),
    "zh-Hans": ("y年M月d日", "y年M月"),
    "zh-Hant": ("y年M月d日", "y年M月"),
}
_QUARTERS: Mapping[Rules, tuple[str, str, str, str]] = {
    "ja": ("{}年第1四半期", "{}年第2四半期", "{}年第3四半期", "{}年第4四半期"),
    "en": ("Q1 {}", "Q2 {}", "Q3 {}", "Q4 {}"),
    "de": ("1. Quartal {}", "2. Quartal {}", "3. Quartal {}", "4. Quartal {}"),
    "fr": ("premier trimestre {}", "deuxième trimestre {}", "troisième trimestre {}", "quatrième trimestre {}"),
    "es": (
        "primer trimestre de {}", "segundo trimestre de {}", "tercer trimestre de {}", "cuarto trimestre de {}",
    ),
    "ko": ("{}년 1분기", "{}년 2분기", "{}년 3분기", "{}년 4분기"),
    "zh-Hans": ("{}年第一季度", "{}年第二季度", "{}年第三季度", "{}年第四季度"),
    "zh-Hant": ("{}年第一季", "{}年第二季", "{}年第三季", "{}年第四季"),
}  # fmt: skip
_HALVES: Mapping[Rules, tuple[str, str]] = {
    "ja": ("{}年上半期", "{}年下半期"),
    "en": ("first half of {}", "second half of {}"),
    "de": ("1. Halbjahr {}", "2. Halbjahr {}"),
    "fr": ("premier semestre {}", "deuxième semestre {}"),
    "es": ("primer semestre de {}", "segundo semestre de {}"),
    "ko": ("{}년 상반기", "{}년 하반기"),
    "zh-Hans": ("{}年上半年", "{}年下半年"),
    "zh-Hant": ("{}年上半年", "{}年下半年"),
}
_YEARS: Mapping[Rules, str] = {"ja": "{}年", "ko": "{}년", "zh-Hans": "{}年", "zh-Hant": "{}年"}


def display_moment(moment: date, precision: Precision, language: str) -> str:
    """Print a date: 2026年8月, August 2026, 3. Quartal 2026, 2026년 상반기; in English for a language without rules."""
    rules = rules_of(language)
    if precision in ("day", "month"):
        return written_day(moment, _DAYS[rules][precision == "month"], rules)
    if precision == "quarter":
        return _QUARTERS[rules][(moment.month - 1) // 3].format(moment.year)
    if precision == "half":
        return _HALVES[rules][moment.month > 6].format(moment.year)
    return _YEARS.get(rules, "{}").format(moment.year)


def written_day(day: date, pattern: str, language: str) -> str:
    """Return `day` by a CLDR pattern (`d. MMMM y`) with the month's and weekday's names of a BCP 47 language."""
    from babel.dates import format_date

    if language == "fr" and day.day == 1:
        pattern = pattern.replace("d ", "d'er' ")
    return format_date(day, pattern, locale=_locale(language))


def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language, sep="-")

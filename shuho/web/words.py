"""Chooses the language of the page itself: Japanese or English."""

from __future__ import annotations

from shuho.web.page_words import Language, PageWords
from shuho.web.words_en import ENGLISH
from shuho.web.words_ja import JAPANESE


def page_words(language: Language) -> PageWords:
    """Return the words of a language."""
    return JAPANESE if language == "ja" else ENGLISH


def chosen_language(cookie: str, accept: str) -> Language:
    """Return the page's language: what was switched to, else what Accept-Language prefers, else English."""
    if cookie in ("ja", "en"):
        return "ja" if cookie == "ja" else "en"
    weighed = []
    for place, item in enumerate(accept.split(",")):
        tag, _, rest = item.strip().partition(";")
        primary = tag.split("-")[0].lower()
        if primary in ("ja", "en"):
            weighed.append((-_weight(rest), place, primary))
    return "ja" if weighed and min(weighed)[2] == "ja" else "en"


def _weight(rest: str) -> float:
    name, _, number = rest.strip().partition("=")
    try:
        return float(number) if name == "q" else 1.0
    except ValueError:
        return 0.0

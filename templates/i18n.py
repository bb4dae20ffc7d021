"""Which words a report in a language is printed with."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from agent.language.places import language_name
from agent.language.scripts import Rules, has_rules, rules_of
from templates.words import Words
from templates.words_en import NO_OWN_WORDS

_MODULES: Mapping[Rules, str] = {
    "ja": "words_ja",
    "en": "words_en",
    "de": "words_de",
    "ko": "words_ko",
    "zh-Hans": "words_zh_hans",
    "zh-Hant": "words_zh_hant",
    "fr": "words_fr",
    "es": "words_es",
}
"""One file a language; `Words` has no defaults, so that a word that one of them lacks is an error of types."""


def words(language: str) -> Words:
    """Return the words for a BCP 47 report language; a language without words of its own gets the English ones."""
    found: Words = import_module(f"templates.{_MODULES[rules_of(language)]}").WORDS
    return found


def without_own_words(language: str) -> str:
    """Return what a report in a language without words of its own says about that; nothing for every other."""
    if has_rules(language):
        return ""
    return NO_OWN_WORDS.format(name=language_name(language, "en"))

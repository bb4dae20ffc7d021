"""The program's words in every language of `agent.language.scripts.Rules`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import get_args

import pytest

from agent.contradictions.wording import measure_name
from agent.language.places import country_name
from agent.language.scripts import Rules
from agent.model import Bound, EngineName, GapReason, OutletClass, Precision, Stage
from agent.moments import display_moment
from templates.i18n import without_own_words, words
from templates.words import Counted, Words

LANGUAGES: tuple[Rules, ...] = get_args(Rules)
KEYS = {
    "engines": EngineName, "notice": EngineName, "precisions": Precision, "bounds": Bound, "kinds": OutletClass,
    "reasons": GapReason, "stages": Stage,
}  # fmt: skip


def printed(terms: Words) -> Iterator[tuple[str, str]]:
    """Yield every word of a language with its place."""
    for field in dataclasses.fields(terms):
        value = getattr(terms, field.name)
        if isinstance(value, str):
            yield field.name, value
        elif isinstance(value, Mapping):
            yield from ((f"{field.name}.{key}", word) for key, word in value.items())
        elif isinstance(value, Counted):
            yield from ((f"{field.name}.{form}", getattr(value, form)) for form in ("one", "many"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_word_for_everything(language: Rules) -> None:
    terms = words(language)
    assert terms.locale == language
    assert {name: set(getattr(terms, name)) for name in KEYS} == {n: set(get_args(k)) for n, k in KEYS.items()}
    assert [place for place, word in printed(terms) if not word] == ["bounds.exact"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_fills_the_places_that_the_others_fill(language: Rules) -> None:
    def places(terms: Words) -> dict[str, list[str]]:
        return {place: sorted(re.findall(r"\{\w+\}", word)) for place, word in printed(terms)}

    assert places(words(language)) == places(words("ja"))


@pytest.mark.parametrize(
    ("language", "own"),
    [("ko", "[가-힣]|^[.:,]| "), ("zh-Hans", "[\u4e00-\u9fff、：]"), ("zh-Hant", "[\u4e00-\u9fff、：]")],
)
def test_east_asian_words_are_in_their_script(language: Rules, own: str) -> None:
    others = {"locale", "headline", "bounds.exact", "separator", "label_colon"}
    assert [p for p, word in printed(words(language)) if p not in others and not re.search(own, word)] == []


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_western_words_are_not_left_in_english(language: Rules) -> None:
    english = dict(printed(words("en")))
    same = {place for place, word in printed(words(language)) if word == english[place] and len(word) > 6}
    # "original, {name}" and the like are spelled alike.
    assert same <= {"original", "article_count.one", "article_count.many", "articles_unit.one", "articles_unit.many",
                    "articles", "article_url", "precision", "prompts", "sources_asked", "versions", "count",
                    "kinds.aggregator", "verified_by"}  # fmt: skip


def test_no_simplified_word_in_a_traditional_report_nor_the_other_way_round() -> None:
    for language, encoding in (("zh-Hans", "gb2312"), ("zh-Hant", "big5")):
        text = "".join(word for _, word in printed(words(language))).replace("〓", "")
        assert [c for c in text if "\u4e00" <= c <= "\u9fff" and not c.encode(encoding, "ignore")] == []


@pytest.mark.parametrize(
    ("language", "dates"),
    [
        ("de", "1. März 2026 | August 2026 | 3. Quartal 2026 | 2. Halbjahr 2026 | 2026"),
        ("fr", "1er mars 2026 | août 2026 | troisième trimestre 2026 | deuxième semestre 2026 | 2026"),
        ("es", "1 de marzo de 2026 | agosto de 2026 | tercer trimestre de 2026 | segundo semestre de 2026 | 2026"),
        ("ko", "2026년 3월 1일 | 2026년 8월 | 2026년 3분기 | 2026년 하반기 | 2026년"),
        ("zh-CN", "2026年3月1日 | 2026年8月 | 2026年第三季度 | 2026年下半年 | 2026年"),
        ("zh-TW", "2026年3月1日 | 2026年8月 | 2026年第三季 | 2026年下半年 | 2026年"),
        ("it", "March 1, 2026 | August 2026 | Q3 2026 | second half of 2026 | 2026"),
    ],
)
def test_a_date_is_printed_with_its_precision(language: str, dates: str) -> None:
    days: tuple[tuple[date, Precision], ...] = (
        (date(2026, 3, 1), "day"), (date(2026, 8, 1), "month"), (date(2026, 7, 1), "quarter"),
        (date(2026, 7, 1), "half"), (date(2026, 1, 1), "year"),
    )  # fmt: skip
    assert " | ".join(display_moment(day, precision, language) for day, precision in days) == dates


def test_names_of_places_measures_and_parts() -> None:
    found = [
        (country_name("HK", tag), measure_name(("revenue",), "USD", tag), measure_name((), "EUR", tag),
         words(tag).part("category: KI"), words(tag).part("key figures"), words(tag).part("https://a.example/"))
        for tag in ("de", "ko", "zh-TW")
    ]  # fmt: skip
    assert found == [
        ("Hongkong", "Umsatz", "Betrag", "Rubrik: KI", "Zahlen der Woche", "https://a.example/"),
        ("홍콩", "매출", "금액", "분야: KI", "주요 수치", "https://a.example/"),
        ("香港", "營收", "金額", "類別：KI", "關鍵數據", "https://a.example/"),
    ]


@pytest.mark.parametrize(("language", "told"), [("ja", ""), ("zh-TW", ""), ("de-AT", ""), ("it", "Italian")])
def test_a_report_says_that_its_language_has_no_words(language: str, told: str) -> None:
    assert (told in without_own_words(language)) is (bool(told) or not without_own_words(language))
    assert bool(without_own_words(language)) is bool(told)

"""What clean reports of real news were once accused of."""

from __future__ import annotations

import pytest

from agent.checks import against_sources, names, prose
from agent.checks.from_text import text_of_markdown
from agent.checks.lint import lint
from agent.checks.model import ArticleText, Part, ReportText, Statement
from templates.i18n import words
from tests.builders import article


def report(text: str, language: str = "ja") -> ReportText:
    """Return a report of one article."""
    told = ArticleText(number=1, title="title", summary=text, parts=(Part("main", 4, text),))
    return ReportText(form="json", language=language, articles=(told,), raw=text)


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("顔ににきびができた。", []),
        ("町ににぎわいが戻る。", []),
        ("工場にに行った。", ["にに"]),
        ("工場にに、行った。", ["にに"]),
    ],
)
def test_a_doubled_particle_is_none_before_a_word_that_begins_so(text: str, slips: list[str]) -> None:
    found = {message.rpartition(" ")[2] for _, _, message in prose._slips(report(text))}
    assert found == set(slips)


@pytest.mark.parametrize(
    ("language", "text", "pairs"),
    [
        ("de", "Die Probleme der Firma sind nicht die Problems der Stadt.", []),
        ("de", "Die Kosten der Konten stiegen.", []),
        ("en", "The Koreans met the Korean president and both Koreas agreed.", []),
        ("en", "Then Francois met Francis in Paris.", []),
        ("en", "The firm Apptironik raised funds. In May Apptronik said so.", ["Apptironik / Apptronik"]),
        ("ja", "RebellionとRevelionが提携した。", ["Rebellion / Revelion"]),
    ],
)
def test_two_forms_of_a_word_are_not_two_spellings(language: str, text: str, pairs: list[str]) -> None:
    assert [quote for _, quote, _ in names._spellings(report(text, language))] == pairs


def test_a_number_sign_in_a_sources_own_sentence_is_no_invention() -> None:
    own = "Warning #2 was issued by the office."
    source = article(text=f"{own} The storm has passed.", language="en")

    def found(text: str) -> list[str]:
        told = report(text, "en")
        return [f.quote for f in against_sources.check_against_sources(told, {1: source})]

    assert found(own) == []
    assert found("Warning #3 was issued by the office.") == ["#3", "#3"]


@pytest.mark.parametrize("language", ["ja", "en", "de", "fr", "es", "ko", "zh-Hans", "zh-Hant"])
def test_what_says_that_a_part_is_empty_is_no_uncited_sentence(language: str) -> None:
    w = words(language)
    read = text_of_markdown(f"# Report\n\n## {w.trends}\n\n_{w.nothing}_\n\n## {w.articles}\n", "md")
    assert [(s.kind, s.statements) for s in read.sections] == [("trends", ())]
    assert {f.check for f in lint(read) if f.where == w.trends} == {"empty section"}


def test_a_statement_is_still_wanted_to_cite() -> None:
    read = text_of_markdown("# Report\n\n## The week\n\nChips were sold.\n", "md")
    assert read.sections[0].statements == (Statement("Chips were sold.", ()),)

"""A whole issue with one spelling an entity: what is rewritten, what is left, and what first mentions say."""

from __future__ import annotations

from typing import Any

import pytest

from agent.engine import Digested
from agent.model import Detail, Entity, FigureRef, Synthesis, TopicDraft
from agent.spelling import unify
from tests.builders import article, digest, figure, statement

KOREAN = "리벨리온은 8일 신형 반도체를 공개했다. 앱트로닉도 참여한다. 투자액은 2210억 달러다."
ENGLISH = "Rebellions showed a new chip on Wednesday. Apptronik joins. It costs $2.5 billion."


def item(
    number: int, text: str, source: str, told: str, *names: tuple[str, str], lang: str = "ja", **more: Any
) -> Digested:
    """Return a model's digest of an article: `told` is its summary, and so are the title and the details."""
    of = article(f"https://n{number}.example/1", text=text, language=source, title=f"Title {number}")
    entities = tuple(Entity(name=name, source_form=form) for name, form in names)
    detail = Detail(background=told, main="", impact="")
    fields = {"engine": "model", "language": lang, "title": told.rstrip("。."), "summary": told, "detail": detail}
    return Digested(of, digest(of, **fields, entities=entities, **more))


def unified(items: list[Digested], synthesis: Synthesis | None = None, lang: str = "ja", **glossary: str) -> Any:
    return unify(items, synthesis or Synthesis(), [i.article.id for i in items], glossary, lang)


def summaries(found: Any) -> list[str]:
    return [i.digest.summary for i in found.items]


def test_two_articles_print_one_name() -> None:
    items = [
        item(1, KOREAN, "ko", "Revelionが半導体を公開した。", ("Revelion", "리벨리온")),
        item(2, ENGLISH, "en", "Rebellionsが半導体を公開した。", ("Rebellions", "Rebellions")),
    ]
    first, second = (i.article.id for i in items)
    said = statement("RevelionとRebellionsが発表した。", first, second, language="ja")
    found = unified(
        items, Synthesis(trends=(said,), topics=(TopicDraft(title="Revelion", language="ja", statements=(said,)),))
    )
    assert summaries(found) == ["Rebellionsが半導体を公開した。", "Rebellionsが半導体を公開した。"]
    assert [i.digest.title for i in found.items] == ["Rebellionsが半導体を公開した"] * 2
    assert found.synthesis.trends[0].text == "RebellionsとRebellionsが発表した。"
    assert found.synthesis.topics[0].title == "Rebellions"
    assert [(c.form, c.variants) for c in found.changed] == [("Rebellions", ("Revelion",))]


@pytest.mark.parametrize(
    ("lang", "one", "other", "wanted"),
    [
        ("ja", "アプトロニックも加わる。", "アプトロニクも加わる。", "アプトロニック（Apptronik）も加わる。"),
        ("en", "Apptironik joins.", "Apptronik joins.", "Apptronik joins."),
        ("de", "Auch Apptironik nimmt teil.", "Auch Apptronik nimmt teil.", "Auch Apptronik nimmt teil."),
        ("zh-Hant", "阿普特也加入。", "阿普特羅也加入。", "阿普特（Apptronik）也加入。"),
        ("ko", "앱트로닉도 참여한다.", "앱트로니크도 참여한다.", "앱트로닉(Apptronik)도 참여한다."),
    ],
)
def test_reports_in_other_languages(lang: str, one: str, other: str, wanted: str) -> None:
    name = {
        "ja": ("アプトロニック", "アプトロニク"),
        "zh-Hant": ("阿普特", "阿普特羅"),
        "ko": ("앱트로닉", "앱트로니크"),
    }.get(lang, ("Apptironik", "Apptronik"))
    items = [
        item(1, ENGLISH, "en", one, (name[0], "Apptronik"), lang=lang),
        item(2, ENGLISH.replace("chip", "robot"), "en", other, (name[1], "Apptronik"), lang=lang),
    ]
    found = unified(items, lang=lang)
    assert summaries(found)[0] == wanted
    assert summaries(found)[1] == wanted.replace("（Apptronik）", "").replace("(Apptronik)", "")


def test_the_glossary_comes_first() -> None:
    items = [
        item(1, KOREAN, "ko", "リベリオンが公開した。", ("リベリオン", "리벨리온")),
        item(2, ENGLISH, "en", "Rebellionsが公開した。", ("Rebellions", "Rebellions")),
        item(3, ENGLISH, "en", "Rebellionsが示した。", ("Rebellions", "Rebellions")),
    ]
    assert summaries(unified(items, Rebellions="リベリオン")) == [
        "リベリオン（리벨리온）が公開した。",
        "リベリオンが公開した。",
        "リベリオンが示した。",
    ]
    assert summaries(unified(items)) == ["Rebellionsが公開した。", "Rebellionsが公開した。", "Rebellionsが示した。"]


def test_the_name_that_the_source_itself_gives_in_brackets_wins() -> None:
    text = "국내 반도체 기업 퓨리오사AI(FuriosaAI)가 8일 신제품을 공개했다."
    found = unified([item(1, text, "ko", "Puriosa AIが新製品を公開した。", ("Puriosa AI", "퓨리오사AI"))])
    assert summaries(found) == ["FuriosaAIが新製品を公開した。"]


def test_a_name_that_the_digest_prints_without_listing_it() -> None:
    told = "リベリオンが公開した。リベリオンズは新しい企業だ。アプトロニックも加わる。"
    found = unified([item(1, KOREAN, "ko", told, ("リベリオン", "리벨리온"))])
    assert summaries(found) == ["リベリオン（리벨리온）が公開した。リベリオンは新しい企業だ。アプトロニックも加わる。"]


def test_figures_events_and_evidence() -> None:
    of = article("https://n1.example/1", text=KOREAN, language="ko", title="Title 1")
    told = figure("221000000000", "USD", "2210억 달러", of, label="Revelionの投資額", holder="Revelion")
    items = [
        item(1, KOREAN, "ko", "Revelionが公開した。", ("Revelion", "리벨리온"), figures=(told,)),
        item(2, ENGLISH, "en", "Rebellionsが公開した。", ("Rebellions", "Rebellions")),
    ]
    found = unified(items, Synthesis(key_figures=(FigureRef(article_id=of.id, index=0),)))
    (figured,) = found.items[0].digest.figures
    assert (figured.label, figured.holder, figured.evidence) == ("Rebellionsの投資額", "Rebellions", told.evidence)
    assert found.items[0].article == items[0].article


def test_two_entities_stay_two() -> None:
    text = "Grok and Groq differ. Gemini 2 and Gemini 3, too. Samsung Display is part of Samsung."
    told = "GrokとGroq、Gemini 2とGemini 3、Samsung DisplayとSamsungは別だ。"
    names = [(name, name) for name in ("Grok", "Groq", "Gemini 2", "Gemini 3", "Samsung Display", "Samsung")]
    found = unified([item(1, text, "en", told, *names), item(2, text, "en", told, *reversed(names))])
    assert (summaries(found), found.changed) == ([told, told], ())


def test_two_names_that_one_source_tells_apart_stay_two() -> None:
    text = "Rebellions and its namesake Rebellion are two firms."
    told = "RebellionsとRebellionは別の企業だ。"
    found = unified([item(1, text, "en", told, ("Rebellions", "Rebellions"), ("Rebellion", "Rebellion"))])
    assert (summaries(found), found.changed) == ([told], ())


def test_sentences_of_the_sources_are_left_as_they_are() -> None:
    other = item(2, ENGLISH, "en", "Rebellions showed a chip.", ("Rebellion", "Rebellions"), lang="en")
    other = Digested(other.article, other.digest.model_copy(update={"engine": "extractive"}))
    items = [item(1, KOREAN, "ko", "Revelionが公開した。", ("Revelion", "리벨리온")), other]
    assert summaries(unified(items)) == ["Revelion（리벨리온）が公開した。", other.digest.summary]
    assert unified(items).items[1] == other

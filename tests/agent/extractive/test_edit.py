from collections import Counter
from datetime import date

import pytest

from agent.editor import verified
from agent.engine import Digested
from agent.extractive.categorize import categorize
from agent.extractive.edit import edit
from agent.model import Article, CategoryDraft, Detail, Gap, Statement, Synthesis
from tests.builders import HashingEncoder, article, brief, dated, digest, figure

COMPANIES = [
    "Northbridge",
    "Minamida",
    "Lakehill",
    "Fujimori",
    "Eastgate",
    "Hanseong",
    "Rheinwerk",
    "Taiyuan",
    "Oslofab",
    "Courtec",
]


def story(number: int, language: str = "en", impact: str | None = None) -> Digested:
    name = COMPANIES[number % len(COMPANIES)]
    summary = f"{name} opened plant {number + 20} on Wednesday."
    main = f"{name} will make {number + 30} thousand chips a year."
    background = f"{name} paid ${number + 40} million for the site."
    impact = impact if impact is not None else f"{name} plans to hire {number + 50} people by October 2026."
    text = "\n".join([summary, main, background, impact])
    of = article(f"https://news.example/{number}", title=f"{name} opens a plant", text=text, language=language)
    figures = (figure(str((number + 40) * 10**6), "USD", f"${number + 40} million", of),)
    events = (dated(date(2026, 10, 1), impact, "October 2026", of, "month"),) if "October 2026" in impact else ()
    detail = Detail(background=background, main=main, impact=impact)
    return Digested(of, digest(of, summary=summary, detail=detail, figures=figures, events=events))


def sentences(synthesis: Synthesis) -> list[Statement]:
    topics = [s for t in synthesis.topics for s in t.statements]
    return [
        *synthesis.trends,
        *topics,
        *synthesis.outlook,
        *(s for d in synthesis.category_digests.values() for s in d),
    ]


def edited(items: list[Digested], language: str = "en") -> tuple[Synthesis, tuple[CategoryDraft, ...]]:
    encoder = HashingEncoder()
    drafts = categorize(items, brief(language=language), encoder)
    return edit(items, drafts, brief(language=language), encoder), drafts


@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_every_sentence_stands_in_the_article_it_cites(count: int) -> None:
    items = [story(n) for n in range(count)]
    by_id: dict[str, Article] = {i.article.id: i.article for i in items}
    synthesis, drafts = edited(items)
    written = sentences(synthesis)
    assert written
    for statement in written:
        (cited,) = statement.article_ids
        assert statement.text in by_id[cited].text
        assert (statement.kind, statement.language) == ("reported", "en")
    assert set(synthesis.category_digests) == {d.name for d in drafts}


def test_no_sentence_is_printed_twice() -> None:
    wire = "Lakehill plans to close every plant by October 2026."
    synthesis, _ = edited([story(n, impact=wire) for n in range(10)])
    counts = Counter(s.text for s in sentences(synthesis))
    assert {text: n for text, n in counts.items() if n > 1} == {}


def test_the_editor_keeps_all_of_it() -> None:
    items = [story(n) for n in range(10)]
    synthesis, _ = edited(items)
    assert verified(synthesis, items) == synthesis


def test_a_full_week_fills_every_part() -> None:
    synthesis, _ = edited([story(n) for n in range(10)])
    assert (len(synthesis.trends), len(synthesis.outlook), len(synthesis.key_figures)) == (6, 5, 6)
    assert 1 <= len(synthesis.topics) <= 5
    assert len({(f.article_id, f.index) for f in synthesis.key_figures}) == 6


def test_a_part_that_no_source_fills_is_a_gap() -> None:
    bare = story(0)
    empty = Digested(
        bare.article,
        bare.digest.model_copy(
            update={"summary": "", "detail": Detail(background="", main="", impact=""), "figures": (), "events": ()}
        ),
    )
    drafts = (CategoryDraft(name="all", article_ids=(bare.article.id,)),)
    synthesis = edit([empty], drafts, brief(), HashingEncoder())
    assert synthesis == Synthesis(
        category_digests={"all": ()},
        gaps=tuple(
            Gap(stage="edit", subject=s, reason="not_written") for s in ("trends", "topics", "outlook", "category: all")
        ),
    )


def test_nothing_to_edit() -> None:
    synthesis = edit([], (), brief(), HashingEncoder())
    assert [g.subject for g in synthesis.gaps] == ["trends", "topics", "outlook"]


def test_what_the_reader_reads_comes_first() -> None:
    items = [story(n, "de") for n in range(6)] + [story(n + 6) for n in range(4)]
    synthesis, _ = edited(items)
    assert Counter(s.language for s in synthesis.trends) == {"en": 4, "de": 2}
    language_of = {i.article.id: i.digest.language for i in items}
    assert [language_of[f.article_id] for f in synthesis.key_figures] == ["en"] * 4 + ["de"] * 2

from pathlib import Path

import pytest

from agent.editor import edit
from agent.errors import AnswerInvalid, ModelRefused, QuotaReached, RateLimited
from agent.model import CategoryDraft, FigureRef, Gap, Synthesis, TopicDraft
from agent.storage.store import ArticleStore, Filing
from tests.builders import HashingEncoder, ScriptedEngine, brief, issue_items, item, statement

ITEMS = issue_items(2)
FIRST, SECOND = (i.article.id for i in ITEMS)
CATEGORIES = (CategoryDraft(name="Chips", article_ids=(FIRST, SECOND)),)
TRUE = statement("工場の投資額は25億ドルだ。", FIRST, language="ja")
FALSE = statement("工場の投資額は77億ドルだ。", FIRST, language="ja")
STRANGE = statement("工場が稼働した。", "made-up", language="ja")
HALF_STRANGE = statement("工場が稼働した。", FIRST, "made-up", language="ja")
SOUND = Synthesis(
    trends=(TRUE,),
    topics=(TopicDraft(title="工場", language="ja", statements=(TRUE,)),),
    category_digests={"Chips": (TRUE,)},
    key_figures=(FigureRef(article_id=FIRST, index=1),),
    outlook=(TRUE,),
)
FALLBACK = SOUND.model_copy(update={"trends": (), "gaps": (Gap(stage="edit", subject="trends", reason="not_written"),)})


async def edited(given: object) -> Synthesis:
    fallback = ScriptedEngine("extractive", edit=FALLBACK)
    return await edit(ITEMS, CATEGORIES, brief(language="ja"), ScriptedEngine(edit=given), fallback)


async def test_what_the_articles_bear_out_stays() -> None:
    assert await edited(SOUND) == SOUND


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (FALSE, "its articles do not bear it out"),
        (STRANGE, "it cites an article that there is not"),
        (HALF_STRANGE, "it cites an article that there is not"),
    ],
)
@pytest.mark.parametrize("part", ["trends", "outlook"])
async def test_what_they_do_not_bear_out_goes_with_a_gap(bad: object, why: str, part: str) -> None:
    result = await edited(SOUND.model_copy(update={part: (bad, TRUE)}))
    assert result.model_copy(update={"gaps": ()}) == SOUND
    assert [(g.stage, g.subject, g.reason) for g in result.gaps] == [("edit", part, "unsupported")]
    assert result.gaps[0].detail == f"sentence 1: {why}"


async def test_topics_without_a_sentence_left_go() -> None:
    topics = (
        TopicDraft(title="工場", language="ja", statements=(FALSE, TRUE)),
        TopicDraft(title="噂", language="ja", statements=(STRANGE,)),
    )
    result = await edited(SOUND.model_copy(update={"topics": topics, "category_digests": {"Chips": (FALSE, TRUE)}}))
    assert result.model_copy(update={"gaps": ()}) == SOUND
    assert [g.subject for g in result.gaps] == ["topic 1", "topic 2", "category: Chips"]


async def test_a_topic_whose_title_says_too_much_takes_its_article_s_title() -> None:
    topic = TopicDraft(title="投資額77億ドルの工場", language="ja", statements=(TRUE,))
    (result,) = (await edited(SOUND.model_copy(update={"topics": (topic,)}))).topics
    assert result == TopicDraft(title="Plant 1 opens", language="en", statements=(TRUE,))


async def test_key_figures_that_do_not_exist_go_with_a_gap() -> None:
    refs = [FigureRef(article_id=FIRST, index=n) for n in (0, 2)] + [FigureRef(article_id="made-up", index=0)]
    result = await edited(SOUND.model_copy(update={"key_figures": tuple(refs)}))
    assert result.key_figures == (refs[0],)
    assert [(g.subject, g.reason, g.detail) for g in result.gaps] == [
        ("key figures", "unsupported", f"no figure 2 of {FIRST}"),
        ("key figures", "unsupported", "no figure 0 of made-up"),
    ]


@pytest.mark.parametrize(
    ("error", "reason"),
    [(AnswerInvalid("x"), "model_failed"), (RateLimited("x"), "model_failed"), (QuotaReached("x"), "budget")],
)
async def test_where_the_model_fails_the_fallback_writes(error: Exception, reason: str) -> None:
    result = await edited(error)
    gap = Gap(stage="edit", subject="synthesis", reason=reason, detail="x")  # type: ignore[arg-type]
    assert result == FALLBACK.model_copy(update={"gaps": (*FALLBACK.gaps, gap)})


async def test_a_refused_key_ends_the_run() -> None:
    with pytest.raises(ModelRefused):
        await edited(ModelRefused("key"))


async def test_a_number_elsewhere_in_a_long_page_bears_nothing_out(tmp_path: Path) -> None:
    about = (
        "The plant cost $2.5 billion to build. "
        + "To build the plant cost more than planned, and the plant is large. " * 5
    )
    long = item(
        text="\n".join(
            [*[about] * 4, "Weather: mild, dry. A stadium elsewhere: $77 million in 1998. " + "Sun and rain. " * 20]
        )
    )
    of = long.article
    claims = [statement(f"The plant cost {cost} to build.", of.id) for cost in ("$2.5 billion", "$77 million")]
    engines = ScriptedEngine(edit=Synthesis(trends=tuple(claims))), ScriptedEngine("extractive")
    assert (await edit([long], (), brief(), *engines)).trends == tuple(claims)
    with ArticleStore(tmp_path, HashingEncoder()) as store:
        store.put_passages([of], {of.id: Filing("ai", "2026-W15")})
        assert (await edit([long], (), brief(), *engines, store)).trends == (claims[0],)

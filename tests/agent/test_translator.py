from datetime import date

import pytest

from agent.errors import (
    AnswerBlocked,
    AnswerInvalid,
    AnswerTruncated,
    BudgetReached,
    ModelRefused,
    QuotaReached,
    RateLimited,
    ServiceUnavailable,
)
from agent.model import Detail, Digest, Gap, Span
from agent.translator import translate
from tests.builders import ScriptedEngine, article, brief, dated, digest, figure

OF = article()
FALLBACK = digest(OF, title="from the fallback")
DETAIL = Detail(
    background="2番目の工場だ。",
    main="工場は年140万個のAI半導体を生産する。\n投資額は25億ドルだ。",
    impact="2026年10月にフル生産へ移る計画だ。",
)


def written(**changes: object) -> Digest:
    """Return a model's Japanese digest that the article bears out."""
    return digest(
        OF,
        **{
            "engine": "model",
            "language": "ja",
            "title": "第2工場",
            "summary": "熊本の第2工場が稼働した。",
            "detail": DETAIL,
            **changes,
        },
    )


async def translated(given: object) -> tuple[Digest, tuple[Gap, ...], ScriptedEngine]:
    fallback = ScriptedEngine("extractive", digest=FALLBACK)
    result, gaps = await translate(OF, brief(language="ja"), ScriptedEngine(digest=given), fallback)
    return result, gaps, fallback


async def test_a_digest_that_the_article_bears_out_stays_as_it_is() -> None:
    good = written(
        figures=(figure("2500000000", "USD", "$2.5 billion", OF, label="投資額"),),
        events=(dated(date(2026, 10, 1), "フル生産", "October 2026", OF, "month"),),
    )
    assert (await translated(good))[:2] == (good, ())


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (AnswerInvalid("no JSON"), "model_failed"),
        (AnswerTruncated("cut"), "model_failed"),
        (AnswerBlocked("safety"), "model_failed"),
        (RateLimited("slow down", 3.0), "model_failed"),
        (ServiceUnavailable("503"), "model_failed"),
        (QuotaReached("tomorrow"), "budget"),
        (BudgetReached("100 calls"), "budget"),
    ],
)
async def test_where_the_model_fails_the_fallback_writes(error: Exception, reason: str) -> None:
    result, gaps, _ = await translated(error)
    assert result == FALLBACK
    assert gaps == (Gap(stage="translate", subject=OF.title, reason=reason, detail=str(error)),)  # type: ignore[arg-type]


async def test_a_refused_key_ends_the_run() -> None:
    with pytest.raises(ModelRefused):
        await translated(ModelRefused("bad key"))


@pytest.mark.parametrize(
    "invented", ["投資額は26億ドルだ。", "年間990万個を作る。", "2027年3月に完成する。", "MegaCorpも参加する。"]
)
async def test_a_sentence_that_the_article_does_not_bear_out_is_left_out(invented: str) -> None:
    result, gaps, fallback = await translated(written(summary=f"熊本の第2工場が稼働した。{invented}"))
    assert result == written()
    assert [(g.stage, g.subject, g.reason) for g in gaps] == [("translate", OF.title, "unsupported")]
    assert gaps[0].detail == "summary, sentence 2"
    assert fallback.asked == []


async def test_one_part_s_fault_changes_no_other_part() -> None:
    background = DETAIL.model_copy(update={"background": "費用は77億ドルだ。2番目の工場だ。"})
    result, gaps, _ = await translated(written(detail=background))
    assert (result, len(gaps)) == (written(), 1)


async def test_without_a_summary_left_the_fallback_writes_and_everything_is_noted() -> None:
    result, gaps, _ = await translated(written(summary="費用は77億ドルだ。"))
    assert result == FALLBACK
    assert [g.reason for g in gaps] == ["unsupported", "unsupported"]
    assert gaps[-1].detail == "summary"


async def test_figures_and_dates_need_verbatim_evidence() -> None:
    good = figure("2500000000", "USD", "$2.5 billion", OF, label="投資額")
    moved = good.model_copy(update={"evidence": Span(text="$2.5 billion", start=0, end=12), "label": "別の額"})
    event = dated(date(2026, 10, 1), "フル生産", "October 2026", OF, "month")
    made_up = event.model_copy(update={"evidence": Span(text="May 2026", start=0, end=8), "what": "作り話"})
    result, gaps, _ = await translated(written(figures=(moved, good), events=(made_up, event)))
    assert result == written(figures=(good,), events=(event,))
    assert [(g.reason, g.detail) for g in gaps] == [
        ("unsupported", "figure without evidence"),
        ("unsupported", "event without evidence"),
    ]


async def test_names_of_the_digest_are_known() -> None:
    text = "Northbridgeが稼働させた。"
    assert (await translated(written(summary=text)))[:2] == (written(summary=text), ())

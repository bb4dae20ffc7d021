import pytest

from agent.categorizer import categorize, is_partition
from agent.errors import AnswerInvalid, ModelRefused, QuotaReached, ServiceUnavailable
from agent.model import CategoryDraft, Gap
from tests.builders import ScriptedEngine, brief, issue_items

ITEMS = issue_items(3)
A, B, C = (i.article.id for i in ITEMS)


def drafts(*groups: tuple[str, ...]) -> tuple[CategoryDraft, ...]:
    return tuple(CategoryDraft(name=f"c{n}", article_ids=ids) for n, ids in enumerate(groups))


GOOD, FALLBACK = drafts((A, C), (B,)), drafts((A, B, C))


@pytest.mark.parametrize(
    ("groups", "good"),
    [
        (((A, B, C),), True),
        (((C,), (B,), (A,)), True),
        (((A, B),), False),
        (((A, B), (B, C)), False),
        (((A, B, C, C),), False),
        (((A, B, C, "made up"),), False),
        (((A, B, "made up"),), False),
        ((), False),
    ],
)
async def test_only_a_partition_is_taken(groups: tuple[tuple[str, ...], ...], good: bool) -> None:
    given = drafts(*groups)
    assert is_partition(given, ITEMS) is good
    engine, fallback = ScriptedEngine(categorize=given), ScriptedEngine("extractive", categorize=FALLBACK)
    result, gaps = await categorize(ITEMS, brief(), engine, fallback)
    gap = Gap(
        stage="categorize",
        subject="categories",
        reason="model_failed",
        detail="not every article in exactly one category",
    )
    assert (result, gaps) == ((given, ()) if good else (FALLBACK, (gap,)))


@pytest.mark.parametrize(
    ("error", "reason"),
    [(AnswerInvalid("x"), "model_failed"), (ServiceUnavailable("x"), "model_failed"), (QuotaReached("x"), "budget")],
)
async def test_where_the_model_fails_the_fallback_sorts(error: Exception, reason: str) -> None:
    engine, fallback = ScriptedEngine(categorize=error), ScriptedEngine("extractive", categorize=FALLBACK)
    result, gaps = await categorize(ITEMS, brief(), engine, fallback)
    assert result == FALLBACK
    assert gaps == (Gap(stage="categorize", subject="categories", reason=reason, detail="x"),)  # type: ignore[arg-type]


async def test_a_refused_key_ends_the_run() -> None:
    with pytest.raises(ModelRefused):
        await categorize(ITEMS, brief(), ScriptedEngine(categorize=ModelRefused("key")), ScriptedEngine("extractive"))


def test_nothing_is_a_partition_of_nothing() -> None:
    assert is_partition((), ())

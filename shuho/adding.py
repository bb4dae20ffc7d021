"""Adding an article to a finished report by its address: read, checked and digested as in the weekly run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from agent.method import Method
from agent.model import Article, CategoryDraft, Plan, Synthesis
from agent.observability.progress import Progress, Tally
from agent.report import Continuity, Report, ReportArticle, Spent, Version
from agent.revision.edits import RefusedEdit
from agent.revision.versions import Versions
from agent.settings import Settings
from agent.storage.record import Record
from agent.topic import PagesSpec, Topic
from agent.week import parse_week
from shuho.issue_parts import IssuePlace
from shuho.parts import Chosen, put_together
from shuho.writing_parts import limits_left

if TYPE_CHECKING:
    from agent.engine import Brief, Digested
    from agent.storage.store import ArticleStore

_BY_HAND = "added by hand"
_NEIGHBOURHOOD, _NEIGHBOURS = 50, 5
_REMOVED = (
    "取り除かれた記事です（戻すには shuho purge --allow URL）",
    "it was removed by wish (`shuho purge --allow URL` lets it come back)",
)


def topic_of(report: Report, url: str) -> Topic:
    """Return a topic that knows what the report knows, for who has no topic file at hand."""
    return Topic(
        title=report.title,
        description=report.description,
        language=report.language,
        timezone=report.week.timezone,
        sources=(PagesSpec(kind="pages", urls=(url,)),),
    )


def nearest_category(article: Article, report: Report, store: ArticleStore) -> str:
    """Return the category to which the report's articles nearest to an article belong, nearer ones counting more."""
    category_of = {a.id: a.category for a in report.articles}
    weight: dict[str, float] = dict.fromkeys(category_of.values(), 0.0)
    hits = store.near(store.vectors([article]), _NEIGHBOURHOOD, {"topic": report.topic, "week": report.week.iso})
    for hit in [h for h in hits if h.article_id in category_of][:_NEIGHBOURS]:
        weight[category_of[hit.article_id]] += max(hit.similarity, 0.0)
    return max(weight, key=lambda name: weight[name])


@dataclass(frozen=True)
class Adding:
    """What an article is added with; `spent` is what revisions of the report have cost so far."""

    place: IssuePlace
    settings: Settings
    record: Record
    progress: Progress
    engine: Literal["model", "extractive"] = "extractive"
    model: str = ""
    topic: Topic | None = None
    spent: Spent = field(default_factory=Spent)


async def fetch_article(
    url: str, report: Report, adding: Adding, spend: Callable[[Tally], None]
) -> tuple[Article, ReportArticle]:
    """Return the stored article at an address and how it is printed, under a number that was never used.

    `spend` gets what it has cost, also when nothing came of it. Raises RefusedEdit with the reason when it cannot be
    read, lies outside the week or is off the topic, BudgetReached when the topic's limits are used up.
    """
    from agent import categorizer, researcher, translator
    from agent.engine import Digested
    from agent.model import Candidate
    from agent.sources.gather import Gathered
    from agent.storage.store import Filing

    known = adding.topic or topic_of(report, url)
    known = known.model_copy(update={"limits": limits_left(known.limits, adding.spent)})
    place, record, engine = adding.place, adding.record, adding.engine
    week = parse_week(report.week.iso, report.week.timezone)
    async with put_together(
        Chosen(place.out, known, week, engine, adding.model, 1), adding.settings, record, place.folder, adding.progress
    ) as deps:
        if url in deps.tools.purged:
            raise RefusedEdit("not_added", what=_REMOVED)
        gathered = Gathered((Candidate(url=url, source=_BY_HAND),), (), {_BY_HAND: 1})
        plan = await researcher.research(known, week, gathered, deps.tools, "", 1)
        if not plan.events:
            raise RefusedEdit("not_added", what=_why_not(plan, url))
        article = record.article(plan.events[0].article_id)
        deps.store.put_passages([article], {article.id: Filing(report.topic, week.iso)})
        brief = replace(deps.brief, language=report.language, categories=tuple(c.name for c in report.categories))
        try:
            digest, _ = await translator.translate(article, brief, deps.engine, deps.fallback)
            item = Digested(article, digest)
            if engine == "model":
                drafts, _ = await categorizer.categorize([item], brief, deps.engine, deps.fallback)
                category = drafts[0].name
            else:
                category = nearest_category(article, report, deps.store)
        finally:
            spend(deps.model.tally())
        printed = _printed(item, plan, category, brief, record)
    number = Versions(place.folder).next_article_number()
    return article, printed.model_copy(update={"number": number})


def _why_not(plan: Plan, url: str) -> tuple[str, str]:
    """Return in Japanese and English why nothing came of an address."""
    from templates.i18n import words

    ja, en = words("ja").reasons, words("en").reasons
    told = [(f"{ja[g.reason]}（{g.subject} {g.detail}）", f"{g.subject}: {en[g.reason]} {g.detail}") for g in plan.gaps]
    return "、".join(one.replace(" ）", "）") for one, _ in told) or url, "; ".join(o.strip() for _, o in told) or url


def _printed(item: Digested, plan: Plan, category: str, brief: Brief, record: Record) -> ReportArticle:
    """Return an article as a weekly report of it alone would print it."""
    from agent.assemble import Draft, assemble

    draft = Draft(
        topic="",
        brief=brief,
        plan=Plan(events=plan.events, gaps=(), asked=()),
        items=[item],
        categories=[CategoryDraft(name=category, article_ids=(item.article.id,))],
        synthesis=Synthesis(),
        gaps=(),
        engine=item.digest.engine,
        model="",
        collected_at=item.article.fetched_at,
        method=Method(program="", encoder=""),
        version=Version(version=0, at=item.article.fetched_at, section="", instruction="", author=""),
        continuity=Continuity(),
    )
    return assemble(draft, record).articles[0]

"""Adding an article to a finished report by its address: read, checked and digested as in the weekly run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from agent.model import Article, CategoryDraft, Plan, Synthesis
from agent.progress import Progress
from agent.record import Record
from agent.report import Continuity, Method, Report, ReportArticle, Version
from agent.revision.edits import RefusedEdit
from agent.revision.versions import Versions
from agent.settings import Settings
from agent.topic import PagesSpec, Topic
from agent.week import parse_week
from shuho.issue_parts import IssuePlace
from shuho.parts import Chosen, put_together

if TYPE_CHECKING:
    from agent.engine import Brief, Digested
    from agent.store import ArticleStore

_BY_HAND = "added by hand"
_NEIGHBOURHOOD, _NEIGHBOURS = 50, 5


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


async def fetch_article(
    url: str,
    report: Report,
    place: IssuePlace,
    settings: Settings,
    record: Record,
    progress: Progress,
    topic: Topic | None = None,
    engine: Literal["model", "extractive"] = "extractive",
) -> tuple[Article, ReportArticle]:
    """Return the stored article at an address and how it is printed, under a number that was never used.

    Raises RefusedEdit with the reason when it cannot be read, lies outside the week or is off the topic.
    """
    from agent import categorizer, researcher, translator
    from agent.engine import Digested
    from agent.model import Candidate
    from agent.sources.gather import Gathered
    from agent.store import Filing

    known = topic or topic_of(report, url)
    week = parse_week(report.week.iso, report.week.timezone)
    async with put_together(
        Chosen(place.out, known, week, engine, "", 1), settings, record, place.folder, progress
    ) as deps:
        gathered = Gathered((Candidate(url=url, source=_BY_HAND),), (), {_BY_HAND: 1})
        plan = await researcher.research(known, week, gathered, deps.tools, "", 1)
        if not plan.events:
            raise RefusedEdit("; ".join(f"{g.subject}: {g.reason} {g.detail}".strip() for g in plan.gaps) or url)
        article = record.article(plan.events[0].article_id)
        deps.store.put_passages([article], {article.id: Filing(report.topic, week.iso)})
        brief = replace(deps.brief, language=report.language, categories=tuple(c.name for c in report.categories))
        digest, _ = await translator.translate(article, brief, deps.engine, deps.fallback)
        item = Digested(article, digest)
        if engine == "model":
            drafts, _ = await categorizer.categorize([item], brief, deps.engine, deps.fallback)
            category = drafts[0].name
        else:
            category = nearest_category(article, report, deps.store)
        printed = _printed(item, plan, category, brief, record)
    number = Versions(place.folder).next_article_number()
    return article, printed.model_copy(update={"number": number})


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

"""Builds the report from what the agents made. Numbers, counts, dates, names of outlets and addresses come from here
and from the record, never from a writer, so they agree with one another by construction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from agent.engine import Brief, Digested
from agent.language.notation import is_grouped, ungrouped
from agent.language.places import country_name
from agent.method import Method
from agent.model import (
    CategoryDraft,
    DatedEvent,
    EngineName,
    Event,
    Figure,
    Gap,
    Plan,
    Statement,
    Synthesis,
    TopicDraft,
)
from agent.moments import display_moment
from agent.outlets import printed_outlet
from agent.quantities import display
from agent.report import (
    Continuity,
    KeyFigure,
    OtherSource,
    Report,
    ReportArticle,
    ReportCategory,
    ReportContradiction,
    ReportEvent,
    ReportFigure,
    ReportSentence,
    ReportTopic,
    ReportWeek,
    Spelling,
    Version,
)
from agent.roadmap import roadmap
from agent.spelling import Cluster
from agent.storage.record import Record


@dataclass(frozen=True)
class Draft:
    """Everything that a report is made of."""

    topic: str
    brief: Brief
    plan: Plan
    items: Sequence[Digested]
    categories: Sequence[CategoryDraft]
    synthesis: Synthesis
    gaps: Sequence[Gap]
    engine: EngineName
    model: str
    collected_at: datetime
    method: Method
    version: Version
    continuity: Continuity
    contradictions: Mapping[str, tuple[ReportContradiction, ...]] = field(default_factory=dict)
    """Article id -> where the reports of its event differ."""
    spellings: Sequence[Cluster] = ()
    """Entities that were brought to one spelling."""


def number_articles(categories: Sequence[CategoryDraft]) -> dict[str, int]:
    """Number the articles 1 to n in the order of the categories."""
    ids = [article_id for category in categories for article_id in category.article_ids]
    return {article_id: number for number, article_id in enumerate(ids, start=1)}


def assemble(draft: Draft, record: Record) -> Report:
    """Return the report. `draft.categories` must be a partition of `draft.items`."""
    numbers = number_articles(draft.categories)
    by_id = {item.article.id: item for item in draft.items}
    category_of = {i: c.name for c in draft.categories for i in c.article_ids}
    events = {event.article_id: event for event in draft.plan.events}
    articles = tuple(
        _article(by_id[i], number, category_of[i], events[i], draft, record)
        for i, number in sorted(numbers.items(), key=lambda pair: pair[1])
    )
    entries = roadmap(draft.items, numbers, draft.brief.week, draft.brief.language)
    gaps = [*draft.plan.gaps, *draft.gaps, *draft.synthesis.gaps]
    if not entries:
        gaps.append(Gap(stage="edit", subject="roadmap", reason="no_future_date"))
    week = draft.brief.week
    return Report(
        topic=draft.topic,
        title=draft.brief.title,
        description=draft.brief.description,
        language=draft.brief.language,
        week=ReportWeek(iso=week.iso, start=week.first_day, end=week.last_day, timezone=week.timezone),
        collected_at=draft.collected_at,
        engine=draft.engine,
        model=draft.model,
        articles=articles,
        trends=_sentences(draft.synthesis.trends, numbers),
        topics=tuple(_topic(topic, numbers) for topic in draft.synthesis.topics),
        key_figures=_key_figures(draft, by_id, numbers),
        categories=tuple(_category(c, draft.synthesis, numbers) for c in draft.categories),
        roadmap=entries,
        outlook=_sentences(draft.synthesis.outlook, numbers),
        continuity=draft.continuity,
        spellings=tuple(_spelling(cluster, numbers) for cluster in draft.spellings),
        gaps=tuple(gaps),
        method=draft.method,
        versions=(draft.version,),
    )


def _article(item: Digested, number: int, category: str, event: Event, draft: Draft, record: Record) -> ReportArticle:
    article, digest, language = item.article, item.digest, draft.brief.language
    grouped = is_grouped(draft.items, language)
    others = [record.article(other_id) for other_id in event.other_ids]
    return ReportArticle(
        number=number,
        id=article.id,
        url=article.url,
        title=digest.title,
        original_title=article.title,
        language=article.language,
        text_language=digest.language,
        outlet=printed_outlet(article.outlet, article.url, language),
        outlet_class=article.outlet_class,
        country=article.country,
        country_name=country_name(article.country, language),
        published_at=article.published_at,
        published_precision=article.published_precision,
        image=article.image,
        engine=digest.engine,
        summary=digest.summary,
        detail=digest.detail,
        category=category,
        event_id=event.id,
        other_sources=tuple(
            OtherSource(
                url=o.url,
                title=o.title,
                outlet=printed_outlet(o.outlet, o.url, language),
                country=o.country,
                country_name=country_name(o.country, language),
                language=o.language,
            )
            for o in others
        ),
        contradictions=tuple(_differing(found, grouped) for found in draft.contradictions.get(article.id, ())),
        figures=tuple(_figure(figure, language, grouped) for figure in digest.figures),
        events=tuple(_event(dated, language) for dated in digest.events),
    )


def _differing(found: ReportContradiction, grouped: bool) -> ReportContradiction:
    if grouped:
        return found
    sides = (side.model_copy(update={"display": ungrouped(side.display)}) for side in found.sides)
    return found.model_copy(update={"sides": tuple(sides)})


def _figure(figure: Figure, language: str, grouped: bool) -> ReportFigure:
    shown = display(figure.value, figure.upper, figure.unit, figure.bound, language)
    return ReportFigure(
        value=figure.value,
        upper=figure.upper,
        unit=figure.unit,
        bound=figure.bound,
        label=figure.label,
        holder=figure.holder,
        display=shown if grouped else ungrouped(shown),
        evidence=figure.evidence.text,
        start=figure.evidence.start,
        end=figure.evidence.end,
    )


def _event(dated: DatedEvent, language: str) -> ReportEvent:
    return ReportEvent(
        date=dated.date,
        precision=dated.precision,
        what=dated.what,
        display=display_moment(dated.date, dated.precision, language),
        evidence=dated.evidence.text,
        start=dated.evidence.start,
        end=dated.evidence.end,
    )


def _spelling(cluster: Cluster, numbers: Mapping[str, int]) -> Spelling:
    articles = {numbers[m.article_id] for m in cluster.mentions if m.article_id in numbers}
    return Spelling(name=cluster.form, forms=cluster.variants, articles=tuple(sorted(articles)))


def _sentences(statements: Sequence[Statement], numbers: Mapping[str, int]) -> tuple[ReportSentence, ...]:
    return tuple(
        ReportSentence(
            text=s.text,
            articles=tuple(sorted({numbers[i] for i in s.article_ids})),
            kind=s.kind,
            language=s.language,
        )
        for s in statements
    )


def _topic(topic: TopicDraft, numbers: Mapping[str, int]) -> ReportTopic:
    sentences = _sentences(topic.statements, numbers)
    cited = tuple(sorted({number for sentence in sentences for number in sentence.articles}))
    return ReportTopic(title=topic.title, language=topic.language, articles=cited, sentences=sentences)


def _category(category: CategoryDraft, synthesis: Synthesis, numbers: Mapping[str, int]) -> ReportCategory:
    members = tuple(sorted(numbers[i] for i in category.article_ids))
    sentences = _sentences(synthesis.category_digests.get(category.name, ()), numbers)
    return ReportCategory(name=category.name, count=len(members), articles=members, sentences=sentences)


def _key_figures(draft: Draft, by_id: Mapping[str, Digested], numbers: Mapping[str, int]) -> tuple[KeyFigure, ...]:
    figures = []
    grouped = is_grouped(draft.items, draft.brief.language)
    for ref in draft.synthesis.key_figures:
        item = by_id[ref.article_id]
        figure = item.digest.figures[ref.index]
        shown = _figure(figure, draft.brief.language, grouped)
        figures.append(
            KeyFigure(
                **shown.model_dump(exclude={"holder"}),
                language=item.digest.language,
                holder=figure.holder,
                articles=(numbers[ref.article_id],),
            )
        )
    return tuple(figures)

"""The researcher, measured: what it kept and dropped, and how it grouped events, against what a week's pages expect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.model import Article, Plan
from evals.bench import Bench
from evals.expected import ExpectedWeek
from evals.result import Measured
from evals.scores import b_cubed, number, share


@dataclass(frozen=True)
class ResearchScore:
    """Shares from 0 to 1; `mistakes` names every page that was treated otherwise than expected."""

    kept_right: float
    """Of the pages that are articles of the week, the share that the plan holds or left for want of budget."""
    dropped_right: float
    """Of the pages that are none, the share that was dropped for the expected reason."""
    events_covered: float
    """Of the expected events, the share that the plan chose."""
    b_cubed: float
    """F1 of the grouping by event (Bagga and Baldwin 1998), over the pages kept."""
    languages_right: float
    dates_right: float
    """Of the kept pages, the share whose day (or moment, where the page gives one) is right."""
    mistakes: tuple[str, ...]


def score_research(plan: Plan, articles: Mapping[str, Article], expected: ExpectedWeek) -> ResearchScore:
    """Score a plan; `articles` are the record's by id, `plan` is the researcher's for the expected week."""
    group_of = {articles[i].url: event.id for event in plan.events for i in (event.article_id, *event.other_ids)}
    known = {a.url: a for a in articles.values()}
    reasons = {gap.subject.partition("?")[0]: gap.reason for gap in plan.gaps}
    mistakes: list[str] = []
    wanted = [page for page in expected.pages if page.keep]
    unwanted = [page for page in expected.pages if not page.keep]
    kept = [page for page in wanted if page.url in group_of or reasons.get(page.url) == "over_budget"]
    mistakes += [f"lost: {p.url} ({reasons.get(p.url, 'never seen')})" for p in wanted if p not in kept]
    dropped = [p for p in unwanted if p.url not in group_of and reasons.get(p.url, "outside_week") == p.reason]
    mistakes += [
        f"not dropped as {p.reason}: {p.url} ({'kept' if p.url in group_of else reasons.get(p.url, 'never seen')})"
        for p in unwanted
        if p not in dropped
    ]
    gold = {page.url: page.event for page in wanted if page.url in group_of and page.event is not None}
    covered = {gold[url] for url in gold}
    mistakes += [f"event not chosen: {e.event} {e.title}" for e in expected.events if e.event not in covered]
    present = [page for page in wanted if page.url in known]
    tongues = [p for p in present if known[p.url].language == p.language]
    mistakes += [f"language: {p.url} {known[p.url].language}" for p in present if p not in tongues]
    dated = [p for p in present if _same_date(known[p.url], p.published)]
    mistakes += [f"date: {p.url} {known[p.url].published_at.isoformat()}" for p in present if p not in dated]
    return ResearchScore(
        kept_right=_share(kept, wanted),
        dropped_right=_share(dropped, unwanted),
        events_covered=len(covered) / max(len(expected.events), 1),
        b_cubed=b_cubed(gold, group_of),
        languages_right=_share(tongues, present),
        dates_right=_share(dated, present),
        mistakes=tuple(mistakes),
    )


def _share(part: Sequence[object], whole: Sequence[object]) -> float:
    return len(part) / len(whole) if whole else 1.0


def _same_date(article: Article, published: str) -> bool:
    from datetime import datetime

    expected = datetime.fromisoformat(published)
    if article.published_precision == "day":
        return article.published_at.date() == expected.astimezone(article.published_at.tzinfo).date()
    return abs((article.published_at - expected).total_seconds()) < 60


async def measure(bench: Bench) -> Measured:
    """Score the researcher on the sample week."""
    week = await bench.sample()
    score = score_research(week.plan, week.articles, week.expected)
    name = week.dataset.name
    kept = [page for page in week.expected.pages if page.keep]
    wanted, unwanted = len(kept), len(week.expected.pages) - len(kept)

    def counted(share_right: float, of: int) -> list[bool]:
        right = round(share_right * of)
        return [True] * right + [False] * (of - right)

    return Measured(
        metrics=(
            share("articles kept", counted(score.kept_right, wanted), name),
            share("others dropped for the right reason", counted(score.dropped_right, unwanted), name),
            share("events chosen", counted(score.events_covered, len(week.expected.events)), name),
            share("language right", counted(score.languages_right, wanted), name),
            share("date right", counted(score.dates_right, wanted), name),
            number("mistakes", len(score.mistakes), len(week.expected.pages), name, better="lower"),
        ),
        datasets=(week.dataset,),
        mistakes=score.mistakes,
    )

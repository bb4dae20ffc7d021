"""A report cut into what can be clicked: sections to talk about, claims to see the sources of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agent.language.sentences import split
from agent.report import Report, ReportArticle, ReportSentence
from agent.revision.sections import DETAILS
from templates.i18n import words
from templates.words import Words


@dataclass(frozen=True)
class Claim:
    """Something that the report states. `id` is `section:n` (1-based); `lead` is a figure or a date as printed."""

    id: str
    text: str
    language: str
    articles: tuple[int, ...]
    lead: str = ""
    holder: str = ""
    inference: bool = False


@dataclass(frozen=True)
class Block:
    """A section that can be talked about by its id."""

    section: str
    title: str
    language: str
    claims: tuple[Claim, ...]
    articles: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """One heading of the report with its blocks; `kind` is how the page sets them."""

    anchor: str
    title: str
    kind: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class ArticleView:
    """One article: its texts, its figures and its dated events as claims."""

    article: ReportArticle
    summary: Block
    details: tuple[Block, ...]
    facts: tuple[Claim, ...]


def parts_of(report: Report) -> tuple[Part, ...]:
    """Return the synthesis in the order of the printed report."""
    w = words(report.language)
    own = report.language
    topics = tuple(
        Block(f"topics/{i}", t.title, t.language, _sentences(f"topics/{i}", t.sentences), t.articles)
        for i, t in enumerate(report.topics, 1)
    )
    categories = tuple(
        Block(f"categories/{c.name}", c.name, own, _sentences(f"categories/{c.name}", c.sentences), c.articles)
        for c in report.categories
    )
    trends = Block("trends", w.trends, own, _sentences("trends", report.trends))
    outlook = Block("outlook", w.outlook, own, _sentences("outlook", report.outlook))
    return (
        Part("trends", w.trends, "prose", (trends,)),
        Part("topics", w.topics, "entries", topics),
        Part("key_figures", w.key_figures, "figures", (Block("key_figures", w.key_figures, own, _figures(report)),)),
        Part("categories", w.categories, "entries", categories),
        Part("roadmap", w.roadmap, "dates", (Block("roadmap", w.roadmap, own, _roadmap(report)),)),
        Part("outlook", w.outlook, "prose", (outlook,)),
    )


def articles_of(report: Report) -> tuple[ArticleView, ...]:
    """Return the articles in the order of their numbers."""
    w = words(report.language)
    return tuple(_article(a, w) for a in report.articles)


def names_of(report: Report) -> Mapping[str, str]:
    """Return what the sections are called, by id: those of articles begin with the article's number."""
    w = words(report.language)
    plain = ("trends", "key_figures", "roadmap", "outlook", "continuity", "categories")
    names: dict[str, str] = {name: getattr(w, name) for name in plain}
    for i in range(1, len(report.topics) + 1):
        names |= {f"topics/{i}": f"{w.topics} {i}", f"topics/{i}/title": f"{w.topics} {i}"}
    names |= {f"categories/{c.name}": c.name for c in report.categories}
    for a in report.articles:
        names[f"articles/{a.number}"] = names[f"articles/{a.number}/title"] = f"#{a.number:02d} {a.title}"
        fields = ("summary", *DETAILS)
        names |= {f"articles/{a.number}/{field}": f"#{a.number:02d} {getattr(w, field)}" for field in fields}
    return names


def claim_of(report: Report, claim_id: str) -> Claim | None:
    """Return the claim of that id, None when the report has none."""
    for part in parts_of(report):
        for block in part.blocks:
            for claim in block.claims:
                if claim.id == claim_id:
                    return claim
    number = claim_id.split("/")[1] if claim_id.startswith("articles/") else ""
    found = next((a for a in report.articles if str(a.number) == number), None)
    if found is None:
        return None
    view = _article(found, words(report.language))
    held = (*view.summary.claims, *(c for b in view.details for c in b.claims), *view.facts)
    return next((claim for claim in held if claim.id == claim_id), None)


def _sentences(section: str, sentences: tuple[ReportSentence, ...]) -> tuple[Claim, ...]:
    return tuple(
        Claim(f"{section}:{i}", s.text, s.language, s.articles, inference=s.kind == "inference")
        for i, s in enumerate(sentences, 1)
    )


def _figures(report: Report) -> tuple[Claim, ...]:
    return tuple(
        Claim(f"key_figures:{i}", f.label, f.language, f.articles, f.display, f.holder)
        for i, f in enumerate(report.key_figures, 1)
    )


def _roadmap(report: Report) -> tuple[Claim, ...]:
    return tuple(
        Claim(f"roadmap:{i}", e.what, e.language, e.articles, e.display) for i, e in enumerate(report.roadmap, 1)
    )


def _article(a: ReportArticle, w: Words) -> ArticleView:
    names = {"background": w.background, "main": w.main, "impact": w.impact}
    details = (_text(a, name, names[name], getattr(a.detail, name)) for name in DETAILS)
    return ArticleView(
        a,
        _text(a, "summary", w.summary, a.summary),
        tuple(block for block in details if block.claims),
        tuple(_facts(a)),
    )


def _text(a: ReportArticle, field: str, title: str, text: str) -> Block:
    section = f"articles/{a.number}/{field}"
    claims = tuple(
        Claim(f"{section}:{i}", span.text, a.text_language, (a.number,))
        for i, span in enumerate(split(text, a.text_language), 1)
    )
    return Block(section, title, a.text_language, claims, (a.number,))


def _facts(a: ReportArticle) -> Iterator[Claim]:
    for i, figure in enumerate(a.figures, 1):
        place = f"articles/{a.number}/figures:{i}"
        yield Claim(place, figure.label, a.text_language, (a.number,), figure.display, figure.holder)
    for i, event in enumerate(a.events, 1):
        yield Claim(f"articles/{a.number}/events:{i}", event.what, a.text_language, (a.number,), event.display)

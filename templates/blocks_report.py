"""A report as a plain row of blocks: what Markdown, text and Word are made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.report import ReportArticle, ReportFigure, ReportSentence
from templates.blocks import (
    Block,
    Cards,
    Contents,
    Drawn,
    Heading,
    Line,
    Paragraph,
    Picture,
    Points,
    Table,
    Text,
    address,
    cites,
    plain,
)
from templates.blocks_differing import beside, differing_blocks
from templates.blocks_method import gap_blocks, method_blocks
from templates.edition import Edition
from templates.typeset import paragraphs


def blocks(issue: Edition) -> Iterator[Block]:
    """Yield the whole report in reading order; no list is cut. Method and gaps stand in `templates.blocks_method`."""
    yield from _opening(issue)
    yield from _synthesis(issue)
    yield from differing_blocks(issue)
    yield from _ahead(issue)
    yield from _coverage(issue)
    yield from _continuity(issue)
    yield Heading(2, plain(issue.words.articles), "articles")
    for article in issue.report.articles:
        yield from _article(article, issue)
    yield from method_blocks(issue)
    yield from gap_blocks(issue)


def _told(text: str, language: str, issue: Edition) -> Text:
    return Text(text, language=language if issue.foreign(language) else "")


def _marks(issue: Edition, language: str, inference: bool = False) -> Line:
    marks = [issue.words.inference] if inference else []
    marks += [issue.original_mark(language)] if issue.foreign(language) else []
    return (Text(f" ({issue.words.separator.join(marks)})", "quiet"),) if marks else ()


def _sentences(items: Sequence[ReportSentence], issue: Edition) -> Block:
    if not items:
        return Paragraph((Text(issue.words.nothing, "quiet"),))
    return Points(
        tuple(
            (
                _told(s.text, s.language, issue),
                *_marks(issue, s.language, s.kind == "inference"),
                *cites(s.articles, issue),
            )
            for s in items
        )
    )


def _opening(issue: Edition) -> Iterator[Block]:
    r, w = issue.report, issue.words
    yield Heading(1, plain(issue.headline))
    span = issue.span(issue.long_date(r.week.start), issue.long_date(r.week.end))
    yield Paragraph((Text(w.kicker, "strong"), Text(f" · {issue.week_name} · {span}")))
    collected = issue.plain_date(issue.moment(r.collected_at).date())
    yield Paragraph(plain(f"{collected} | {w.articles_unit.of(len(r.articles))} | {issue.country_label}"))
    model = f" · {r.model}" if r.model else ""
    yield Paragraph(plain(f"{w.made_by}{w.label_colon}{r.method.program} · {w.engines[r.engine]}{model}"))
    yield Drawn(("week",))
    yield Paragraph(plain(w.notice[r.engine]), notice=True)
    yield Heading(2, plain(w.contents), "contents")
    yield Contents(tuple((Text(s.title, target=f"#{s.anchor}"),) for s in issue.sections))


def _synthesis(issue: Edition) -> Iterator[Block]:
    r, w = issue.report, issue.words
    yield Heading(2, plain(w.trends), "trends")
    yield _sentences(r.trends, issue)
    yield Heading(2, plain(w.topics), "topics")
    for i, topic in enumerate(r.topics, 1):
        told = (_told(topic.title, topic.language, issue), *_marks(issue, topic.language))
        title = (*told, *cites(topic.articles, issue))
        yield Heading(3, title, f"topic-{i}")
        yield _sentences(topic.sentences, issue)
    if not r.topics:
        yield _sentences((), issue)
    yield Heading(2, plain(w.key_figures), "key-figures")
    figures = tuple(
        (
            *_figure(f.display, f.label, f.holder, f.language, issue),
            *_marks(issue, f.language),
            *((Text(f" ({w.bounds[f.bound]})", "quiet"),) if w.bounds[f.bound] else ()),
            *cites(f.articles, issue),
        )
        for f in r.key_figures
    )
    yield Cards(figures) if figures else _sentences((), issue)
    yield Heading(2, plain(w.categories), "categories")
    for i, category in enumerate(r.categories, 1):
        yield Heading(3, plain(f"{category.name} ({w.articles_unit.of(category.count)})"), f"category-{i}")
        yield Paragraph(cites(category.articles, issue)[1:])
        if category.sentences:
            yield _sentences(category.sentences, issue)


def _figure(display: str, label: str, holder: str, language: str, issue: Edition) -> Line:
    parts = (Text(display, "strong"), Text(" "), _told(label, language, issue))
    return (*parts, Text(f" — {holder}")) if holder else parts


def _ahead(issue: Edition) -> Iterator[Block]:
    w = issue.words
    yield Heading(2, plain(w.roadmap), "roadmap")
    yield Drawn(("timeline",))
    rows = tuple(
        (
            plain(e.display),
            plain(w.precisions[e.precision]),
            (_told(e.what, e.language, issue), *_marks(issue, e.language)),
            cites(e.articles, issue)[1:],
        )
        for e in issue.roadmap
    )
    yield Table((w.when, w.precision, w.what, w.source), rows) if rows else Paragraph(plain(w.no_roadmap))
    yield Heading(2, plain(w.outlook), "outlook")
    yield _sentences(issue.report.outlook, issue)


def _coverage(issue: Edition) -> Iterator[Block]:
    w = issue.words
    yield Heading(2, plain(w.coverage), "coverage")
    yield Drawn(("day", "category"))
    yield Drawn(("language", "country"))
    yield Table((w.by_day, w.count), tuple((plain(c.label), plain(str(c.count))) for c in issue.days.columns))
    for chart in issue.bars:
        yield Table((chart.title, w.count), tuple((plain(b.label), plain(str(b.count))) for b in chart.bars))


def _continuity(issue: Edition) -> Iterator[Block]:
    w, c = issue.words, issue.report.continuity
    yield Heading(2, plain(w.continuity), "continuity")
    if not c.last_week:
        yield Paragraph(plain(w.continuity_first))
        return
    yield Paragraph(plain(w.continuity_against.format(name=c.last_week)))
    for label, entries in ((w.new, c.new), (w.continuing, c.continuing), (w.ended, c.ended)):
        if entries:
            yield Heading(3, plain(f"{label} ({len(entries)})"))
            yield Points(
                tuple(
                    (_told(e.title, e.language, issue), *_marks(issue, e.language), *cites(e.articles, issue))
                    for e in entries
                )
            )


def _article(a: ReportArticle, issue: Edition) -> Iterator[Block]:
    w, tongue = issue.words, a.text_language
    title = (Text(f"{issue.number(a.number)} "), _told(a.title, tongue, issue), *_marks(issue, tongue))
    yield Heading(3, title, f"a{a.number}")
    facts = (issue.plain_date(issue.day(a)), a.outlet, issue.country(a), w.kinds[a.outlet_class], a.category)
    yield Paragraph(plain(f"{w.published} {' · '.join(facts)}"), small=True)
    yield Picture(a.id, a.title, f"{w.picture_credit}{w.label_colon}{a.outlet}")
    d = a.detail
    for name, text in ((w.summary, a.summary), (w.background, d.background), (w.main, d.main), (w.impact, d.impact)):
        if text.strip():
            yield Heading(4, plain(name))
            yield from (Paragraph((_told(p, tongue, issue),)) for p in paragraphs(text))
    if a.figures:
        yield Points(tuple(_stated(f, tongue, issue) for f in a.figures))
    yield from beside(a, issue)
    yield Points(tuple(_origin(a, issue)), small=True)


def _stated(figure: ReportFigure, language: str, issue: Edition) -> Line:
    return _figure(figure.display, figure.label, figure.holder, language, issue)


def _origin(a: ReportArticle, issue: Edition) -> Iterator[Line]:
    w = issue.words
    yield (Text(f"{w.article_url}{w.label_colon}"), address(a.url))
    named = f" ({issue.language_name(a.language)})"
    yield (Text(f"{w.original_title}{w.label_colon}"), _told(a.original_title, a.language, issue), Text(named))
    for o in a.other_sources:
        head = f"{w.other_sources}{w.label_colon}{o.outlet} — "
        yield (Text(head), _told(o.title, o.language, issue), Text(" "), address(o.url))
    if places := issue.places[a.number]:
        links = (Text(p.label, target=f"#{_heading_of(p.anchor)}") for p in places)
        parts = [part for link in links for part in (Text(" · "), link)]
        yield (Text(f"{w.cited_in}{w.label_colon}"), *parts[1:])


def _heading_of(anchor: str) -> str:
    """Return the anchor of the heading that a place on the page stands below: of its topic or category, or its part."""
    part, _, numbers = anchor.partition("-")
    if part in ("topic", "category"):
        return f"{part}-{numbers.split('-')[0]}"
    return "key-figures" if part == "figure" else part

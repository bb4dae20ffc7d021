"""How the report was made and what is missing from it, as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from agent.report import Spelling, Version
from templates.blocks import Block, Heading, Line, Paragraph, Points, Table, Text, cites, plain
from templates.edition import Edition


def method_blocks(issue: Edition) -> Iterator[Block]:
    """Yield the method page: the run in numbers, the sources asked, why candidates were left out."""
    r, w, m = issue.report, issue.words, issue.report.method
    yield Heading(2, plain(w.method), "method")
    if issue.no_own_words:
        yield Paragraph((Text(issue.no_own_words, language="en"),))
    prompts = w.separator.join(f"{p.name}@{p.version} {p.hash}" for p in m.prompts)
    rows = (
        (w.program, m.program),
        (w.engine, w.engines[r.engine]),
        (w.model, r.model or "—"),
        (w.verifier, issue.verifier),
        (w.encoder, m.encoder or "—"),
        (w.candidates, issue.whole(m.candidates)),
        (w.events, issue.whole(m.events)),
        (w.calls, issue.whole(m.model_calls)),
        (w.cached_calls, issue.whole(m.cached_calls)),
        (w.input_tokens, issue.whole(m.input_tokens)),
        (w.output_tokens, issue.whole(m.output_tokens)),
        (w.cost, issue.cost),
        (w.prompts, prompts or w.no_prompts),
    )
    yield Table((w.item, w.effort), tuple((plain(name), plain(value)) for name, value in rows))
    asked = tuple((plain(s.source), plain(str(s.offered)), plain(str(s.kept)), plain(str(s.failed))) for s in m.sources)
    if asked:
        yield Table((w.sources_asked, w.offered, w.kept, w.failed), asked)
    if issue.reasons:
        dropped = tuple((plain(reason), plain(str(count))) for reason, count in issue.reasons)
        yield Table((w.dropped, w.count), dropped)
    if r.spellings:
        yield Paragraph((Text(w.spellings, "strong"),))
        yield Points(tuple(_spelling(spelling, issue) for spelling in r.spellings))
    if len(r.versions) > 1 or any(version.instruction for version in r.versions):
        yield Paragraph((Text(w.versions, "strong"),))
        yield Points(tuple(plain(_version(version, issue)) for version in r.versions))


def _spelling(spelling: Spelling, issue: Edition) -> Line:
    return (Text(f"{issue.words.separator.join(spelling.forms)} → {spelling.name}"), *cites(spelling.articles, issue))


def _version(version: Version, issue: Edition) -> str:
    facts = (f"v{version.version}", f"{issue.moment(version.at):%Y-%m-%d %H:%M}", version.author, version.section)
    told = " · ".join(fact for fact in facts if fact)
    return f"{told} — {version.instruction}" if version.instruction else told


def gap_blocks(issue: Edition) -> Iterator[Block]:
    """Yield what failed a check and what was left out, whole."""
    r, w = issue.report, issue.words
    yield Heading(2, plain(w.gaps), "gaps")
    if r.checks.failed:
        yield Paragraph((Text(w.checks_failed, "strong"),))
        yield Points(tuple(plain(f"{c.check} · {c.where}{w.label_colon}{c.what}") for c in r.checks.failed))
    if r.checks.passed:
        yield Paragraph(plain(w.checks_passed.of(r.checks.passed)))
    rows = tuple(
        (plain(w.stages[g.stage]), plain(w.reasons[g.reason]), plain(f"{w.part(g.subject)} {g.detail}".strip()))
        for g in r.gaps
    )
    yield Table((w.stage, w.reason, w.subject), rows) if rows else Paragraph(plain(w.no_gaps))

"""How the report was made and what is missing from it, as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from templates.blocks import Block, Heading, Paragraph, Points, Table, Text, plain
from templates.edition import Edition


def method_blocks(issue: Edition) -> Iterator[Block]:
    """Yield the method page: the run in numbers, the sources asked, why candidates were left out."""
    r, w, m = issue.report, issue.words, issue.report.method
    yield Heading(2, plain(w.method), "method")
    cost = w.no_price if m.cost is None else f"{m.cost:.4f} {m.currency}"
    prompts = w.separator.join(f"{p.name}@{p.version} {p.hash}" for p in m.prompts)
    rows = (
        (w.program, m.program),
        (w.engine, w.engines[r.engine]),
        (w.model, r.model or "—"),
        (w.verifier, issue.verifier),
        (w.encoder, m.encoder or "—"),
        (w.candidates, f"{m.candidates:,}"),
        (w.events, f"{m.events:,}"),
        (w.calls, f"{m.model_calls:,}"),
        (w.cached_calls, f"{m.cached_calls:,}"),
        (w.input_tokens, f"{m.input_tokens:,}"),
        (w.output_tokens, f"{m.output_tokens:,}"),
        (w.cost, cost),
        (w.prompts, prompts or w.no_prompts),
    )
    yield Table((w.item, w.effort), tuple((plain(name), plain(value)) for name, value in rows))
    asked = tuple((plain(s.source), plain(str(s.offered)), plain(str(s.kept)), plain(str(s.failed))) for s in m.sources)
    if asked:
        yield Table((w.sources_asked, w.offered, w.kept, w.failed), asked)
    if issue.reasons:
        dropped = tuple((plain(reason), plain(str(count))) for reason, count in issue.reasons)
        yield Table((w.dropped, w.count), dropped)


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
        (plain(w.stages[g.stage]), plain(w.reasons[g.reason]), plain(f"{g.subject} {g.detail}".strip())) for g in r.gaps
    )
    yield Table((w.stage, w.reason, w.subject), rows) if rows else Paragraph(plain(w.no_gaps))

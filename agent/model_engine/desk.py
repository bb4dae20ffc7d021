"""The editor's desk: the digests as compact lines, and what the short ids on it stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.engine import Digested
from agent.extract.suspicions import orders, sets_rules_aside
from agent.language.sentences import split
from agent.model import CategoryDraft, DatedEvent, FigureRef
from agent.model_engine.readers import Readers


@dataclass(frozen=True)
class Desk:
    """`articles` maps a1, a2, ... to items; `figures` maps f1, f2, ... to figures; `text` shows both to the model."""

    text: str
    articles: Mapping[str, Digested]
    figures: Mapping[str, FigureRef]


def lay_out(items: Sequence[Digested], categories: Sequence[CategoryDraft], language: str, readers: Readers) -> Desk:
    """Return the desk of an issue: every item once, under its category; the numbers follow the order of `items`."""
    short_of = {item.article.id: f"a{number}" for number, item in enumerate(items, 1)}
    by_id = {item.article.id: item for item in items}
    figures: dict[str, FigureRef] = {}
    lines: list[str] = []
    for category in categories:
        lines.append(f"## {category.name}")
        for article_id in category.article_ids:
            item = by_id[article_id]
            lines.append(f"{short_of[article_id]} {without_orders(item.digest.title, item.digest.language)}")
            lines.append(" ".join(without_orders(item.digest.summary, item.digest.language).split()))
            lines.extend(_figures(item, figures, language, readers))
            lines.extend(
                f"{_date(event)} {without_orders(event.what, item.digest.language)}" for event in item.digest.events
            )
    return Desk("\n".join(lines), {short_of[i]: by_id[i] for i in short_of}, figures)


def without_orders(text: str, language: str) -> str:
    """Return a text without the sentences that read like orders to a model: the issue's editor is one."""
    kept = [s.text for s in split(text, language) if not orders(s.text, hidden=True) and not sets_rules_aside(s.text)]
    return text if len(kept) == len(split(text, language)) else " ".join(kept)


def _figures(item: Digested, figures: dict[str, FigureRef], language: str, readers: Readers) -> Iterator[str]:
    for index, figure in enumerate(item.digest.figures):
        short = f"f{len(figures) + 1}"
        figures[short] = FigureRef(article_id=item.article.id, index=index)
        holder = f"（{figure.holder}）" if figure.holder else ""
        label = without_orders(figure.label, item.digest.language)
        yield f"{short} {readers.display(figure, language)} {label}{holder}"


def _date(event: DatedEvent) -> str:
    year, month = event.date.year, event.date.month
    forms = {
        "day": event.date.isoformat(),
        "month": f"{year}-{month:02d}",
        "quarter": f"{year}-Q{(month + 2) // 3}",
        "half": f"{year}-H{(month + 5) // 6}",
        "year": f"{year}",
    }
    return forms[event.precision]

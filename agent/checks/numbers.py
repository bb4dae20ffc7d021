"""Numbers inside the report: lost bounds, strong words beside small changes, facts only in the summary (33, 34, 37)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from agent.checks.model import ArticleText, ReportText
from agent.checks.registry import Check, Found
from agent.quantities import Quantity, parse_quantities, same_quantity

_BOUNDED = ("at_least", "more_than", "at_most", "less_than")
_STRONG = re.compile(r"急増|急騰|激増|急落|急減|急拡大|急伸|\b(?:surg|soar|skyrocket|plung|plummet)\w*", re.I)
_SMALL_CHANGE = re.compile(
    r"(?<![\d.])([0-4](?:\.\d+)?)\s*[%％]\s*(?:の)?(?:増|減|上昇|下落|拡大|higher|lower|rise|fall|increase)"
)
_LITTLE = Decimal("0.05")
_FEW = 12
_EXCEPTION = 0.4
_RATIOS = ("times", "%", "percentage_point")


@lru_cache(maxsize=2048)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text; remembered, since several checks ask."""
    return tuple(parse_quantities(text, language))


def _sources(report: ReportText, cites: Sequence[int]) -> list[ArticleText]:
    cited = [a for a in report.articles if a.number in cites]
    return [a for a in (cited or report.articles) if not a.foreign]


def _lost_bounds(report: ReportText) -> Iterator[Found]:
    claims = [("key figures", f"{f.display}", f.cites) for f in report.figures]
    claims += [(where, s.text, s.cites) for where, s in report.synthesis() if not s.foreign]
    for where, text, cites in claims:
        for claim in quantities(text, report.language):
            if claim.bound != "exact" or claim.value < 100:
                continue
            told = [
                (a.name, q, body)
                for a in _sources(report, cites)
                for body in (a.title, a.summary, *(p.text for p in a.parts))
                for q in quantities(body, report.language)
                if q.unit == claim.unit and same_quantity(q, claim).equal
            ]
            bounded = [(name, q, body) for name, q, body in told if q.bound in _BOUNDED]
            # 7,100億ドル規模 in a title is no exact statement either: the bodies decide by majority.
            if bounded and len(bounded) * 2 > len(told):
                name, q, body = bounded[0]
                stated = body[q.start : q.end]
                yield where, f"{text[claim.start : claim.end]} / {stated}", f"a bound is lost: {name} says {stated}"


def _strong_words(report: ReportText) -> Iterator[Found]:
    for where, text in report.prose():
        for sentence in re.split(r"(?<=[。!！?？])|(?<=\.)\s", text):
            if (word := _STRONG.search(sentence)) and (small := _SMALL_CHANGE.search(sentence)):
                yield where, sentence, f"{word[0]} beside {small[0]}"
    for article in report.articles:
        if not article.foreign:
            yield from _small_series(article, report.language)


def _small_series(article: ArticleText, language: str) -> Iterator[Found]:
    text = "\n".join((article.title, article.summary, article.details))
    word = _STRONG.search(text)
    for sentence in re.split(r"(?<=。)", article.summary) if word else ():
        series: dict[str, list[Quantity]] = {}
        for q in quantities(sentence, language):
            if q.unit and q.unit not in _RATIOS and not q.unit.startswith("count:") and q.value > 0:
                series.setdefault(q.unit, []).append(q)
        for found in series.values():
            values = [q.value for q in found]
            change = max(values) / min(values) - 1
            if word and len(values) >= 2 and 0 < change < _LITTLE:
                yield article.name, sentence, f"{word[0]}, and the numbers move by {float(change):.1%}"


def _only_in_summary(report: ReportText) -> Iterator[Found]:
    """Where summaries and details tell the same, a figure only in the summary is odd; where they share the facts out,
    it is the rule.
    """
    lacking: list[Found] = []
    total = 0
    for article in report.articles:
        if article.foreign or not article.details:
            continue
        stated = quantities(_unbroken(article.details), report.language)
        summary = _unbroken(article.summary)
        for q in quantities(summary, report.language):
            if not q.unit or (q.unit.startswith("count:") and q.value <= _FEW):
                continue
            total += 1
            if not any(same_quantity(q, other).equal for other in stated):
                quote = summary[q.start : q.end]
                lacking.append((f"{article.name} summary", quote, f"a figure that the details lack: {quote}"))
    if len(lacking) <= _EXCEPTION * total:
        yield from lacking


def _unbroken(text: str) -> str:
    """Return a text whose lines broken by a page are joined again."""
    return re.sub(r"(?<![。.!?！？」）)\n])\n(?!- )", "", text)


CHECKS = (
    Check("lost bound", 33, "warning", _lost_bounds),
    Check("strong word", 34, "warning", _strong_words),
    Check("only in the summary", 37, "note", _only_in_summary),
)

"""Contradictions as the report prints them: what is measured, and each side with its article."""

from __future__ import annotations

from collections.abc import Mapping

from agent.contradictions.find import Contradiction, Side, contradictions
from agent.embed import Encoder
from agent.engine import Digested
from agent.model import Article, Event
from agent.quantities import display
from agent.record import Record
from agent.report import ContradictionSide, ReportContradiction

_NAMES: Mapping[str, tuple[str, str]] = {
    "revenue": ("売上高", "Revenue"), "profit": ("利益", "Profit"), "loss": ("損失", "Loss"),
    "investment": ("投資・調達額", "Investment or funding"), "value": ("評価額", "Valuation"),
    "price": ("価格・費用", "Price or cost"), "fine": ("罰金・賠償", "Fine or damages"), "up": ("増加", "Increase"),
    "down": ("減少", "Decrease"), "dead": ("死者", "Deaths"), "hurt": ("負傷者", "Injured"),
    "missing": ("行方不明者", "Missing"), "moved": ("避難者", "Evacuated"), "arrested": ("逮捕者", "Arrested"),
    "staff": ("従業員・雇用", "Staff or jobs"), "dismissed": ("人員削減", "Job cuts"), "users": ("利用者", "Users"),
    "output": ("生産・出荷", "Output"), "share": ("割合・シェア", "Share"), "votes": ("得票", "Votes"),
    "power": ("電力消費", "Power use"), "debt": ("債務", "Debt"), "wage": ("賃金", "Pay"),
}  # fmt: skip
_BY_UNIT: Mapping[str, tuple[str, str]] = {
    "%": ("割合", "Share or rate"),
    "percentage_point": ("割合の差", "Difference in rate"),
    "count:people": ("人数", "Number of people"),
}
_MONEY, _AMOUNT = ("金額", "Sum"), ("数量", "Quantity")


def printed_contradictions(
    item: Digested, event: Event, record: Record, encoder: Encoder, language: str
) -> tuple[ReportContradiction, ...]:
    """Return where the reports of one event differ, the printed article's side first; most events have none.

    `what` is the label of the printed article's own figure where the digest has it in the report's language, else a
    word for what the sentences say is measured.
    """
    if not event.other_ids:
        return ()
    reports = [item.article, *(record.article(other_id) for other_id in event.other_ids)]
    by_id = {report.id: report for report in reports}
    return tuple(
        ReportContradiction(
            what=_what(found, item, language),
            sides=tuple(_side(side, by_id[side.article_id], language) for side in found.sides),
        )
        for found in contradictions(reports, encoder)
    )


def _what(found: Contradiction, item: Digested, language: str) -> str:
    place = 0 if language[:2] == "ja" else 1
    own = {(side.value, side.unit) for side in found.sides if side.article_id == item.article.id}
    labels = [f.label for f in item.digest.figures if (f.value, f.unit) in own]
    if labels and item.digest.language[:2] == language[:2]:
        return labels[0]
    if names := [_NAMES[measure][place] for measure in found.measures if measure in _NAMES]:
        return ("・" if place == 0 else ", ").join(names)
    unit = found.sides[0].unit
    money = len(unit) == 3 and unit.isupper()
    return _BY_UNIT.get(unit, _MONEY if money else _AMOUNT)[place]


def _side(side: Side, report: Article, language: str) -> ContradictionSide:
    return ContradictionSide(
        value=side.value,
        unit=side.unit,
        bound=side.bound,
        display=display(side.value, None, side.unit, side.bound, language),
        outlet=report.outlet,
        url=report.url,
        title=report.title,
        language=report.language,
        evidence=side.evidence.text,
        start=side.evidence.start,
        end=side.evidence.end,
    )

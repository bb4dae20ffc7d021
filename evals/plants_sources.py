"""Plants that only the stored source can show: a wrong digit, a wrong unit, a name spelt wrongly."""

from __future__ import annotations

import re
from random import Random

from agent.report import Report
from evals.planting import Change, Plant, japanese, with_article


def _in_article(pattern: str, change: str) -> Change:
    """Change a match of a pattern in the summary or the main part of an article that has one."""

    def plant(report: Report, random: Random) -> Report:
        able = [
            (i, part)
            for i in japanese(report)
            for part in ("summary", "main", "impact")
            if re.search(pattern, _text(report, i, part))
        ]
        i, part = random.choice(able)
        body = _text(report, i, part)
        match = random.choice(list(re.finditer(pattern, body)))
        changed = body[: match.start()] + _altered(match, change, random) + body[match.end() :]
        if part == "summary":
            return with_article(report, i, summary=changed)
        detail = report.articles[i].detail.model_copy(update={part: changed})
        return with_article(report, i, detail=detail)

    return plant


def _text(report: Report, index: int, part: str) -> str:
    article = report.articles[index]
    return str(article.summary if part == "summary" else getattr(article.detail, part))


def _altered(match: re.Match[str], change: str, random: Random) -> str:
    word = match[0]
    if change == "digit":
        digit = word[1]
        return word[0] + random.choice([d for d in "123456789" if d != digit]) + word[2:]
    if change == "unit":
        return word[:-1] + {"億": "万", "万": "億", "兆": "億"}[word[-1]]
    if change == "tenfold":
        return word[:-1].replace(",", "") + "0" + word[-1]
    at = random.randrange(2, len(word) - 1)
    return word[:at] + (word[at + 1 :] if change == "drop" else random.choice("aeo") + word[at:])


_AMOUNT = r"(?<![\d.,A-Za-z兆億-])\d{3,4}(?=[億万])"
_SCALED = r"(?<![\d.,兆億])\d[\d,]{1,5}[億万](?=[^\d])"
_PERCENT = r"(?<![\d.])\d\d(?=%)"
_LONG_NAME = r"(?<![A-Za-z])(?:Google|Rapidus|ServiceNow|TrendForce|Amazon|Anthropic|Advantech|Rebellions)(?![A-Za-z])"

SOURCES_TUNED = (
    Plant("number against source", "digit of an amount", change=_in_article(_AMOUNT + "|" + _PERCENT, "digit")),
    Plant("unit of a number", "unit", change=_in_article(_SCALED, "unit")),
    Plant("name against source", "letter added", change=_in_article(_LONG_NAME, "add"), also=("spelling of names",)),
)
SOURCES_HELD = (
    Plant("number against source", "digit of a share", change=_in_article(_PERCENT, "digit")),
    Plant(
        "number against source",
        "digit after a comma",
        change=_in_article(r"(?<![\d.,])\d\d,\d{3}(?!\d)|\d\d億", "digit"),
    ),
    Plant("unit of a number", "tenfold", change=_in_article(_SCALED, "tenfold")),
    Plant("name against source", "letter lost", change=_in_article(_LONG_NAME, "drop"), also=("spelling of names",)),
)

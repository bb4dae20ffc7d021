"""How it is written: names of parts, heading levels, stock endings, repetition, filler (12, 13, 36, 38, 40, 41)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from agent.checks.model import ReportText
from agent.checks.registry import Check, Found

_PART_NAME = re.compile(r"^([^：:（(]{2,12}?)\s*(?:[：:]|$)")
_STOCK = re.compile(
    r"(?:期待されます|期待されている|考えられます|考えられる|でしょう|重要です|重要となります|不可欠です"
    r"|見込まれます|is expected to .{0,60}|remains to be seen|will be crucial)[。.]?$"
)
_FILLER = re.compile(
    r"(?:詳細な?情報は(?:少ない|限られ)|詳細は(?:不明|明らか(?:に|で)))[^。]*(?:ものの|が)[^。]*(?:期待|見込|考えられ)[^。]*。?"
    r"|[Ll]ittle is known[^.]*(?:expected|promis)[^.]*\."
)
_PROMOTION = re.compile(
    r"凌駕|圧倒|驚異|革命的|業界最高|世界最高|究極|唯一無二|game.?chang|revolutionary|unrivall?ed|best.in.class", re.I
)
_ATTRIBUTED = re.compile(r"[「『“\"]|と(?:主張|説明|発表|する|いう)|claims?|says|according", re.I)
_MOSTLY = 0.4


def _part_names(report: ReportText) -> Iterator[Found]:
    names: dict[str, Counter[str]] = {}
    for article in report.articles:
        for part in article.parts:
            if match := _PART_NAME.match(part.heading):
                names.setdefault(match[1][:2], Counter())[match[1].strip()] += 1
    for forms in names.values():
        alike = {name: count for name, count in forms.items() if count > 1}
        if len(alike) > 1:
            told = ", ".join(f"{name} ({count})" for name, count in alike.items())
            yield "articles", " / ".join(alike), f"one part has {len(alike)} names: {told}"


def _levels(report: ReportText) -> Iterator[Found]:
    levels: dict[str, Counter[int]] = {}
    for heading in report.headings:
        if heading.level and (role := _role(heading.text)):
            levels.setdefault(role, Counter())[heading.level] += 1
    for role, found in levels.items():
        if len(found) > 1:
            told = ", ".join(f"{n} at level {level}" for level, n in sorted(found.items()))
            yield "headings", role, f"one kind of heading has {len(found)} levels: {told}"
    by_place: dict[str, dict[str, int]] = {}
    for heading in report.headings:
        if heading.level and heading.where.startswith("#"):
            by_place.setdefault(heading.where, {}).setdefault(_role(heading.text), heading.level)
    for where, roles in by_place.items():
        outer, inner = roles.get("概要", 0), roles.get("影響", 0)
        if outer and inner and inner < outer:
            yield where, "影響", f"a part's heading (level {inner}) stands above its parent's (level {outer})"


def _role(text: str) -> str:
    roles = (
        ("概要", "概要|Summary$"),
        ("詳細", "詳細|Details?$"),
        ("背景", "背景|Background"),
        ("影響", "影響と|Impact"),
    )
    return next((role for role, words in roles if re.match(words, text)), "")


def _last_sentences(report: ReportText) -> list[str]:
    texts = [a.parts[-1].text.rstrip() for a in report.articles if a.parts and not a.foreign]
    return [re.split(r"(?<=[。.])(?=[^。.])", text)[-1] for text in texts if text]


def _stock_endings(report: ReportText) -> Iterator[Found]:
    endings = _last_sentences(report)
    stock = [text for text in endings if _STOCK.search(text)]
    if len(stock) >= 3 and len(stock) > _MOSTLY * len(endings):
        yield "articles", stock[0][-30:], f"{len(stock)} of {len(endings)} articles end in a stock phrase"


def _grams(text: str) -> set[str]:
    plain = re.sub(r"[\s、。,.「」（）()]", "", text)
    return {plain[i : i + 4] for i in range(len(plain) - 3)}


def overlap(summary: str, details: str) -> float:
    """Return the share of the summary's character 4-grams that the details have too, 0 to 1."""
    grams = _grams(summary)
    return len(grams & _grams(details)) / len(grams) if grams else 0.0


def _repetition(report: ReportText) -> Iterator[Found]:
    shares = {a.name: overlap(a.summary, a.details) for a in report.articles if not a.foreign and len(a.summary) > 60}
    if len(shares) >= 5 and sum(shares.values()) / len(shares) > _MOSTLY:
        mean = sum(shares.values()) / len(shares)
        yield "articles", "", f"the summaries repeat the details: on average {mean:.0%} of their 4-grams"
    for name, share in shares.items():
        if share > 0.75:
            yield name, "", f"the summary repeats the details: {share:.0%} of its 4-grams"


def _filler(report: ReportText) -> Iterator[Found]:
    for where, text in report.prose():
        for match in _FILLER.finditer(text):
            yield where, match[0], "nothing is known, and still something is expected: filler sold as a finding"


def _promotion(report: ReportText) -> Iterator[Found]:
    for article in report.articles:
        match = _PROMOTION.search(article.title)
        if match and not article.foreign and not _ATTRIBUTED.search(article.title[match.start() :]):
            yield f"{article.name} title", article.title, f"a promotional claim without who makes it: {match[0]}"


CHECKS = (
    Check("names of parts", 12, "warning", _part_names),
    Check("heading levels", 13, "warning", _levels),
    Check("filler", 36, "warning", _filler),
    Check("promotion", 38, "warning", _promotion),
    Check("stock endings", 40, "warning", _stock_endings),
    Check("repetition", 41, "warning", _repetition),
)

"""Sentences and signs: cut texts, foreign script, slips, broken marks, mixed notation (rows 14 to 17, 19, 20, 44)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from agent.checks.model import ReportText
from agent.checks.registry import Check, Found

_ENDS = re.compile(r"[。．.!?！？…｡」』）)》〉】\]”“\"'’»›]$")
_QUOTED = re.compile(r"[「『（(“\"〈《【][^「『（(“〈《【」』）)”\"〉》】]*[」』）)”\"〉》】]")
"""A quotation or remark that has none in it."""
_OTHER_SCRIPTS = re.compile(r"[가-힣]+|[\u0400-\u04ff]{3,}|[\u0e00-\u0e7f]+|[\u0600-\u06ff]+")
_SLIPS = re.compile(
    r"[A-Za-z]ー|浮上り|[をがに]取めた|成功を取め|をを|がが(?![れっ])|にに(?=[一-龠ァ-ヶ、。])|ンン|、、|。。|でです|ますます。"
    r"|(?:である|だ)です|しししま"
)
_ACRONYM = re.compile(r"(?<![A-Za-z])([A-Z]{2,4})([A-Z])([ァ-ヶー]{2,}|[一-龠]{2,})")
_MARKUP = re.compile(r"</?[a-z][^>]{0,80}>|\]\(https?:|!\[|&(?:amp|lt|gt|nbsp|quot);|\{\{|\}\}|^#{1,6}\s|```", re.M)
_GARBLED = re.compile(
    r"[\ufffd\u25a1〓\ue000-\uf8ff\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\(cid:\d+\)|[\x00-\x08\x0b\x0e-\x1f]"
)


def _whole(text: str) -> bool:
    return not text.strip() or _ENDS.search(text.rstrip()) is not None


def _cut(report: ReportText) -> Iterator[Found]:
    for where, statement in report.synthesis():
        if not _whole(statement.text):
            length = f"; it is exactly {len(statement.text)} long" if len(statement.text) % 50 == 0 else ""
            yield where, statement.text, f"ends in the middle of a sentence{length}"
    for article in report.articles:
        for name, text in (("summary", article.summary), *((p.heading, p.text) for p in article.parts)):
            last = text.rsplit("\n", 1)[-1]
            if not _whole(last) and not last.startswith("- "):
                yield f"{article.name} {name}", last, "ends in the middle of a sentence"


def _broken_over_page(report: ReportText) -> Iterator[Found]:
    if report.form == "json":
        return
    for article in report.articles:
        if article.foreign:
            continue
        for name, text in (("summary", article.summary), *((p.heading, p.text) for p in article.parts)):
            for match in re.finditer(r"([^\n]+)\n(?!- )([^\n]+)", text):
                before, after = match[1], match[2]
                if _whole(before) or before.startswith("- ") or re.search(r"[:：]\**\s*$", before):
                    continue
                split = "a number" if re.search(r"[\d兆億万]$", before) and after[:1].isdigit() else "a sentence"
                yield f"{article.name} {name}", f"{before[-20:]} / {after[:20]}", f"{split} is split between two lines"


def _foreign_script(report: ReportText) -> Iterator[Found]:
    if report.language != "ja":
        return
    for where, text in report.prose():
        plain = _unquoted(text)
        found = list(_OTHER_SCRIPTS.finditer(plain))
        if found and (report.form != "pdf" or len(found) <= 2):
            words = " ".join(match[0] for match in found[:5])
            yield where, _around(plain, found[0]), f"foreign script in Japanese prose: {words}"
        odd = [c for c in plain if _simplified(c)]
        if odd:
            yield where, plain[max(0, plain.index(odd[0]) - 10) :][:40], f"simplified Chinese: {''.join(odd[:8])}"


def _unquoted(text: str) -> str:
    """Return a text without its quotations and bracketed remarks, those within others included."""
    while (shorter := _QUOTED.sub("", text)) != text:
        text = shorter
    return text


def _simplified(char: str) -> bool:
    """Tell whether a character is simplified Chinese only: in GB 2312, in neither CP932 (Japanese) nor Big5."""
    elsewhere = char.encode("cp932", "ignore") or char.encode("big5", "ignore")
    return "\u4e00" <= char <= "\u9fff" and not elsewhere and bool(char.encode("gb2312", "ignore"))


def _around(text: str, match: re.Match[str], reach: int = 12) -> str:
    return text[max(0, match.start() - reach) : match.end() + reach]


def _slips(report: ReportText) -> Iterator[Found]:
    if report.language != "ja":
        return
    texts = list(report.prose())
    whole = "\n".join(text for _, text in texts)
    for where, text in texts:
        found = {match[0]: match for match in _SLIPS.finditer(text)}
        for match in _ACRONYM.finditer(text):
            if whole.count(match[1] + match[3]) >= 2 and whole.count(match[0]) <= whole.count(match[1] + match[3]):
                found.setdefault(match[0], match)
        for match in found.values():
            yield where, _around(text, match), f"a slip of the pen: {match[0]}"
    yield from _dropped_characters(report, whole)


def _dropped_characters(report: ReportText, whole: str) -> Iterator[Found]:
    """Find a compound that lost a character: 資金調高騰, where 資金調 is followed by 達 everywhere else."""
    for group in (g for g in (*report.topics, *report.categories) if not g.foreign):
        for match in re.finditer(r"(?=([一-龠]{3})([一-龠]))", group.title):
            following = Counter(re.findall(f"{match[1]}(.)", whole))
            usual, times = following.most_common(1)[0]
            if usual != match[2] and times >= 4 and following[match[2]] <= 1 and times == following.total() - 1:
                yield group.title, group.title, f"a character is missing: {match[1]}{usual} everywhere else"


def _marks(report: ReportText) -> Iterator[Found]:
    inline: list[Found] = []
    for where, text in report.prose():
        if report.form != "json":
            for line in text.split("\n"):
                if line.count("**") % 2:
                    yield where, line, "a mark of emphasis is not closed or not opened"
                elif re.search(r"[^\s\-*].*\*\*[^*]+\*\*", line.removeprefix("- ")):
                    inline.append((where, line[max(0, line.index("**") - 10) :], "marks of emphasis inside a sentence"))
        elif "**" in text or "__" in text:
            yield where, text[max(0, text.find("**") - 10) :], "marks of emphasis printed as text"
        if match := _MARKUP.search(text):
            yield where, _around(text, match), f"markup printed as text: {match[0]}"
    if len({where.split()[0] for where, *_ in inline}) <= max(1, len(report.articles) // 8):
        yield from inline


_AMOUNT = re.compile(r"(?<![\d,.])(\d{1,3}(?:,\d{3})+|\d{4,})(?=[兆億万])")


def _notation(report: ReportText) -> Iterator[Found]:
    text = "\n".join(text for _, text in report.prose()) + "\n" + "\n".join(f.display for f in report.figures)
    with_comma = {m.replace(",", ""): m for m in _AMOUNT.findall(text) if "," in m}
    without = {m for m in _AMOUNT.findall(text) if "," not in m}
    for number in sorted(with_comma.keys() & without):
        yield "notation", f"{with_comma[number]} / {number}", "one number with and without a comma"
    for pair in (("億米ドル", "億ドル"), ("％", "%"), ("カ国", "ヶ国"), ("カ国", "か国")):
        counts = [len(re.findall(rf"\d{re.escape(form)}", text)) for form in pair]
        if all(counts):
            yield "notation", " / ".join(pair), f"two notations of one thing: {counts[0]} and {counts[1]} times"
    colons = [
        len(re.findall(r"[ぁ-んァ-ヶ一-龠]：", _titles(report))),
        len(re.findall(r" [:：] |[^\d]\s：", _titles(report))),
    ]
    if all(colons):
        yield "notation", "： / “ : ”", f"two kinds of colon in titles: {colons[0]} and {colons[1]} times"


def _titles(report: ReportText) -> str:
    parts = [p.heading for a in report.articles for p in a.parts]
    return "\n".join([*(a.title for a in report.articles if not a.foreign), *parts])


def _garbled(report: ReportText) -> Iterator[Found]:
    for match in list(_GARBLED.finditer(report.raw))[:5]:
        yield (
            "text",
            _around(report.raw, match),
            f"a character that shows as nothing: U+{ord(match[0][0]):04X}",
        )


CHECKS = (
    Check("whole sentences", 14, "error", _cut),
    Check("foreign script", 15, "error", _foreign_script),
    Check("misspelt word", 16, "warning", _slips),
    Check("split over lines", 17, "warning", _broken_over_page),
    Check("marks and markup", 19, "error", _marks),
    Check("notation", 20, "warning", _notation),
    Check("no glyph", 44, "warning", _garbled),
)

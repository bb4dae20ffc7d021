"""The promises of revising, counted over random revisions of a real issue: nothing else changes, undo is exact.

`python -m evals.revision REPORT_FOLDER RECORD.sqlite [COUNT] [SEED]` works on a copy and prints what it counted.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent.issue import IssueFolder
from agent.model import Article
from agent.record import Record
from agent.report import Report, ReportSentence, Version
from agent.revision.apply import apply
from agent.revision.edits import (
    Arrange,
    DropArticle,
    Edit,
    MoveArticle,
    RefusedEdit,
    RenameEntity,
    RestoreArticle,
    Rewrite,
    Sources,
    TakeSentence,
    WriteText,
)
from agent.revision.sections import bodies, section_ids, sentences_of, text_of
from agent.revision.versions import Versions, body_of
from agent.sentences import is_sentence, split
from agent.week import Week

_DETAILS = ("summary", "background", "main", "impact")
_BEGUN = datetime(2026, 4, 13, tzinfo=UTC)


@dataclass
class RevisionScore:
    """What was counted: `stray` are bytes changed outside an edit's target, the others exact restorations."""

    made: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    stray: int = 0
    undone: int = 0
    redone: int = 0
    lost_unnamed: int = 0
    """Citations of synthesis sentences that went without being named."""

    @property
    def count(self) -> int:
        """Revisions made."""
        return self.made.total()


def random_revisions(folder: IssueFolder, articles: Mapping[str, Article], count: int, seed: int) -> RevisionScore:
    """Make `count` random revisions in a folder, each undone and done again, and count what the promises are about."""
    draw = random.Random(seed)  # noqa: S311  (a repeatable walk, no secret)
    versions, score = Versions(folder), RevisionScore()
    while score.count < count:
        before = versions.current()
        body = folder.body()
        sources = Sources(articles, list(versions.earlier()))
        edit = _draw_edit(before, articles, draw)
        try:
            revised = apply(before, edit, sources)
        except RefusedEdit as refusal:
            score.refused[f"{edit.kind}: {refusal.reason[:40]}"] += 1
            if score.refused.total() > 20 * count:
                raise
            continue
        stamp = Version(version=0, at=_BEGUN + timedelta(seconds=score.count), section="x", instruction="", author="")
        versions.commit(revised.report, stamp, before.versions[-1].version)
        after_body = folder.body()
        score.made[edit.kind] += 1
        score.stray += stray_bytes(before, Report.model_validate_json(after_body), edit)
        score.lost_unnamed += _unnamed(
            before, revised.report, [r.name for r in revised.removed if r.what == "citation"]
        )
        versions.undo()
        score.undone += folder.body() == body
        versions.redo()
        score.redone += folder.body() == after_body
        if draw.random() < 0.5:
            versions.undo()
    return score


def stray_bytes(before: Report, after: Report, edit: Edit) -> int:
    """Count the bytes that differ outside what an edit names, found without the reviser's own rules."""
    old, new = bodies(before), bodies(after)
    for parts in (old, new):
        # What a revision always adds to: its own entry and the checks' outcome.
        parts.pop("versions")
        parts.pop("checks")
    if isinstance(edit, Rewrite | Arrange | TakeSentence | WriteText):
        named = {edit.section, edit.section.removesuffix("/title")}
    elif isinstance(edit, RenameEntity):
        named = {name for name, body in old.items() if edit.old in body.decode()} - {"head", "gaps"}
    elif isinstance(edit, MoveArticle):
        own = next(a.category for a in before.articles if a.number == edit.number)
        named = {f"articles/{edit.number}", f"categories/{own}", f"categories/{edit.category}", "categories"}
    else:
        assert isinstance(edit, DropArticle | RestoreArticle)
        named = {n for parts in (old, new) for n, body in parts.items() if _cites(json.loads(body), edit.number)}
        named |= {n for n in old.keys() | new.keys() if n.startswith(f"articles/{edit.number}/")} | {"categories"}
        named |= {f"articles/{edit.number}"}
    if isinstance(edit, DropArticle | RestoreArticle):
        return _stray_topics(old, new, named) + _stray(old, new, named)
    return sum(max(len(old.get(n, b"")), len(new.get(n, b""))) for n in old.keys() | new.keys()
               if n not in named and old.get(n) != new.get(n))  # fmt: skip


def _stray(old: Mapping[str, bytes], new: Mapping[str, bytes], named: set[str]) -> int:
    names = {n for n in old.keys() | new.keys() if not n.startswith("topics/") and n not in named}
    return sum(max(len(old.get(n, b"")), len(new.get(n, b""))) for n in names if old.get(n) != new.get(n))


def _stray_topics(old: Mapping[str, bytes], new: Mapping[str, bytes], named: set[str]) -> int:
    """Count the bytes of topics that were not named and are not there any more, wherever they stand now."""
    kept = {body for name, body in new.items() if name.startswith("topics/")}
    topics = ((name, body) for name, body in old.items() if name.startswith("topics/"))
    return sum(len(body) for name, body in topics if name not in named and body not in kept)


def _cites(node: object, number: int) -> bool:
    if isinstance(node, dict):
        return number in (node.get("articles") or ()) or any(_cites(value, number) for value in node.values())
    return isinstance(node, list) and any(_cites(item, number) for item in node)


def _unnamed(before: Report, after: Report, named: Sequence[str]) -> int:
    def cited(report: Report) -> Counter[int]:
        sentences = (s for name in section_ids(report) for s in sentences_of(report, name) or ())
        return Counter(number for sentence in sentences for number in set(sentence.articles))

    old, new = cited(before), cited(after)
    return sum(1 for number in old if number not in new and f"#{number}" not in named)


def _draw_edit(report: Report, articles: Mapping[str, Article], draw: random.Random) -> Edit:
    makers: tuple[Callable[[Report, Mapping[str, Article], random.Random], Edit], ...] = (
        _arrange, _take, _drop, _restore, _move, _rename, _rewrite, _write,
    )  # fmt: skip
    return draw.choice(makers)(report, articles, draw)


def _sentence_section(report: Report, draw: random.Random) -> str:
    return draw.choice([name for name in section_ids(report) if sentences_of(report, name)])


def _text_section(report: Report, draw: random.Random) -> tuple[str, str]:
    names = [f"articles/{a.number}/{field}" for a in report.articles for field in _DETAILS]
    name = draw.choice([n for n in names if (found := text_of(report, n)) and found[0]])
    found = text_of(report, name)
    assert found is not None
    return name, found[0]


def _arrange(report: Report, articles: Mapping[str, Article], draw: random.Random) -> Edit:
    if draw.random() < 0.5:
        name = _sentence_section(report, draw)
        count = len(sentences_of(report, name) or ())
    else:
        name, text = _text_section(report, draw)
        count = len(split(text, report.articles[0].text_language))
    order = draw.sample(range(1, count + 1), draw.randint(1, max(count, 1)))
    return Arrange(section=name, order=tuple(order) or (1,))


def _source_sentence(report: Report, articles: Mapping[str, Article], draw: random.Random) -> tuple[int, str, int, int]:
    one = draw.choice(report.articles)
    source = articles[one.id]
    span = draw.choice([s for s in split(source.text, source.language) if is_sentence(s)])
    return one.number, span.text, span.start, span.end


def _take(report: Report, articles: Mapping[str, Article], draw: random.Random) -> Edit:
    name = _sentence_section(report, draw)
    number, _, start, end = _source_sentence(report, articles, draw)
    index = draw.randint(1, len(sentences_of(report, name) or ()))
    return TakeSentence(section=name, index=index, number=number, start=start, end=end)


def _rewrite(report: Report, articles: Mapping[str, Article], draw: random.Random) -> Edit:
    number, text, _, _ = _source_sentence(report, articles, draw)
    language = next(articles[a.id].language for a in report.articles if a.number == number)
    new = ReportSentence(text=text, articles=(number,), kind="reported", language=language)
    return Rewrite(section=_sentence_section(report, draw), sentences=(new,))


def _write(report: Report, articles: Mapping[str, Article], draw: random.Random) -> Edit:
    name, _ = _text_section(report, draw)
    one = next(a for a in report.articles if name.startswith(f"articles/{a.number}/"))
    source = articles[one.id]
    spans = [s.text for s in split(source.text, source.language) if is_sentence(s)]
    return WriteText(section=name, text=draw.choice(spans))


def _drop(report: Report, articles: Mapping[str, Article], draw: random.Random) -> Edit:
    return DropArticle(number=draw.choice(report.articles).number)


def _restore(report: Report, articles: Mapping[str, Article], draw: random.Random) -> Edit:
    return RestoreArticle(number=draw.randint(1, max(a.number for a in report.articles)))


def _move(report: Report, articles: Mapping[str, Article], draw: random.Random) -> Edit:
    return MoveArticle(number=draw.choice(report.articles).number, category=draw.choice(report.categories).name)


def _rename(report: Report, articles: Mapping[str, Article], draw: random.Random) -> Edit:
    words = [w for a in report.articles for w in a.summary.split() if w.isascii() and w.isalpha() and len(w) > 4]
    word = draw.choice(words or ["Google"])
    return RenameEntity(old=word, new=word.swapcase())


def _lines(score: RevisionScore) -> Iterator[str]:
    yield f"random revisions: {score.count} ({', '.join(f'{kind} {n}' for kind, n in sorted(score.made.items()))})"
    yield f"bytes changed outside the target: {score.stray}"
    yield f"undo exact: {score.undone}/{score.count}; redo exact: {score.redone}/{score.count}"
    yield f"citations lost without being named: {score.lost_unnamed}"
    yield f"edits refused on the way: {score.refused.total()}"


def main(arguments: Sequence[str]) -> None:
    """Work on a copy of a report's folder and print the score."""
    source, record_path = Path(arguments[0]), Path(arguments[1])
    count, seed = (int(arguments[2]) if len(arguments) > 2 else 200), (int(arguments[3]) if len(arguments) > 3 else 1)
    record = Record(record_path)
    with tempfile.TemporaryDirectory() as temporary:
        report = Report.model_validate_json((source / "report.json").read_bytes())
        year, number = report.week.iso.split("-W")
        folder = IssueFolder(Path(temporary), report.topic, Week(int(year), int(number), report.week.timezone))
        shutil.copytree(source / "versions", folder.path / "versions")
        folder.put_report(body_of(report))
        stored = {article.id: article for article in record.articles()}
        score = random_revisions(folder, stored, count, seed)
    record.close()
    sys.stdout.write("\n".join(_lines(score)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

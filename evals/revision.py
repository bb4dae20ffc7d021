"""The promises of revising, counted over random revisions of a real issue: nothing else changes, undo is exact.

`python -m evals.revision REPORT_FOLDER RECORD.sqlite [COUNT] [SEED] [--model PROVIDER:NAME]` works on a copy and prints
what it counted; with a model every edit is one that it wrote (`revision_model.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from agent.issue import IssueFolder
from agent.language.sentences import is_sentence, split
from agent.model import Article
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
from agent.revision.sections import section_ids, sentences_of, text_of
from agent.revision.versions import Versions, body_of
from agent.storage.record import Record
from agent.week import Week
from evals.revision_stray import stray_bytes

if TYPE_CHECKING:
    from evals.revision_model import Wishes

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
    back: int = 0
    """Restored articles; `away` are the sentences and entries that stayed away, each of them named."""
    away: int = 0

    @property
    def count(self) -> int:
        """Revisions made."""
        return self.made.total()


def random_revisions(folder: IssueFolder, articles: Mapping[str, Article], count: int, seed: int) -> RevisionScore:
    """Make `count` random revisions in a folder, each undone and done again, and count what the promises are about."""
    walk = _Walk(folder, articles, random.Random(seed))  # noqa: S311  (a repeatable walk, no secret)
    while walk.score.count < count:
        before = walk.versions.current()
        walk.revise(before, _draw_edit(before, articles, walk.draw))
        walk.not_for_ever(count)
    return walk.score


async def random_wishes(
    folder: IssueFolder, articles: Mapping[str, Article], count: int, seed: int, wishes: Wishes
) -> RevisionScore:
    """Make `count` revisions that a model writes, each undone and done again, and count what the promises are about."""
    walk = _Walk(folder, articles, random.Random(seed))  # noqa: S311
    nonce = 0
    while walk.score.count < count:
        before, nonce = walk.versions.current(), nonce + 1
        try:
            edit = await wishes.edit(before, articles, walk.draw, nonce)
        except RefusedEdit as refusal:
            walk.score.refused[f"wish: {refusal.reason[:40]}"] += 1
        else:
            walk.revise(before, edit)
        walk.not_for_ever(count)
    return walk.score


@dataclass
class _Walk:
    """A walk over the versions of one report."""

    folder: IssueFolder
    articles: Mapping[str, Article]
    draw: random.Random
    score: RevisionScore = field(default_factory=RevisionScore)

    @property
    def versions(self) -> Versions:
        return Versions(self.folder)

    def not_for_ever(self, count: int) -> None:
        """Raise RuntimeError when hardly anything but refusals comes."""
        if self.score.refused.total() > 20 * count:
            raise RuntimeError(f"too much is refused: {self.score.refused.most_common(5)}")

    def revise(self, before: Report, edit: Edit) -> None:
        """Make one edit, take it back, do it again, and count."""
        versions, score, body = self.versions, self.score, self.folder.body()
        try:
            revised = apply(before, edit, Sources(self.articles, list(versions.earlier())))
        except RefusedEdit as refusal:
            score.refused[f"{edit.kind}: {refusal.reason[:40]}"] += 1
            return
        stamp = Version(version=0, at=_BEGUN + timedelta(seconds=score.count), section="x", instruction="", author="")
        versions.commit(revised.report, stamp, before.versions[-1].version)
        after_body = self.folder.body()
        score.made[edit.kind] += 1
        score.stray += stray_bytes(before, Report.model_validate_json(after_body), edit)
        score.lost_unnamed += _unnamed(
            before, revised.report, [r.name for r in revised.removed if r.what == "citation"]
        )
        score.back += isinstance(edit, RestoreArticle)
        score.away += len(revised.absent)
        versions.undo()
        score.undone += self.folder.body() == body
        versions.redo()
        score.redone += self.folder.body() == after_body
        if self.draw.random() < 0.5:
            versions.undo()


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
    held = {a.number for a in report.articles}
    gone = [number for number in range(1, max(held) + 1) if number not in held]
    return RestoreArticle(number=draw.choice(gone or sorted(held)))


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
    yield f"articles brought back: {score.back}; sentences and entries that stayed away, named: {score.away}"
    yield f"edits refused on the way: {score.refused.total()}"


def main(arguments: Sequence[str]) -> None:
    """Work on a copy of a report's folder and print the score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("record", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--model", default="")
    given = parser.parse_args(arguments)
    record = Record(given.record)
    stored = {article.id: article for article in record.articles()}
    record.close()
    with tempfile.TemporaryDirectory() as temporary:
        report = Report.model_validate_json((given.folder / "report.json").read_bytes())
        year, number = report.week.iso.split("-W")
        folder = IssueFolder(Path(temporary), report.topic, Week(int(year), int(number), report.week.timezone))
        shutil.copytree(given.folder / "versions", folder.path / "versions")
        folder.put_report(body_of(report))
        if given.model:
            lines = asyncio.run(_with_model(folder, stored, given.count, given.seed, given.model))
        else:
            lines = list(_lines(random_revisions(folder, stored, given.count, given.seed)))
    sys.stdout.write("\n".join(lines) + "\n")


async def _with_model(
    folder: IssueFolder, stored: Mapping[str, Article], count: int, seed: int, model: str
) -> list[str]:
    from agent.settings import read_settings
    from evals.revision_model import Wishes

    wishes = Wishes(model, read_settings(env_file=Path(".env")), folder.path / "ledger.sqlite")
    try:
        score = await random_wishes(folder, stored, count, seed, wishes)
    finally:
        await wishes.aclose()
    return [*_lines(score), f"model calls: {wishes.asked}; times a draft grew: {wishes.heard}"]


if __name__ == "__main__":
    main(sys.argv[1:])

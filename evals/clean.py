"""The checks of `shuho check` on clean reports: what they find in a hundred that nothing is wrong with."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.checks.from_report import text_of_report
from agent.checks.from_text import text_of_markdown
from agent.checks.lint import CHECKS, lint
from agent.checks.model import Finding, Form
from agent.model import Value
from agent.storage.embed import SentenceEncoder
from evals.bench import Bench
from evals.clean_reports import Written, sample_stories, stories_of, write
from evals.dataset import read_dataset
from evals.result import Measured, Metric
from evals.scores import number

_ADMITTED = frozenset({"empty section", "unused articles"})
"""What a report of few stories may lack, and lists itself."""


class Judged(Value):
    """A finding of which a person has read in the sources that it is true; the quote is given by its hash."""

    report: str
    check: str
    quote: str
    """First 16 hex digits of SHA-256: the words belong to others."""
    why: str


@dataclass(frozen=True)
class Alarm:
    """A finding in a clean report that nobody has found true."""

    written: Written
    form: str
    finding: Finding

    @property
    def key(self) -> tuple[str, str, str]:
        """Report, check, and the hash of the quote."""
        quote = hashlib.sha256(self.finding.quote.encode()).hexdigest()[:16]
        return self.written.stories.name, self.finding.check, quote

    def __str__(self) -> str:
        f = self.finding
        return f"{self.written.stories.name}, {self.form}: {f.check}: {f.where}: {f.quote[:60]}: {f.message[:80]}"


async def measure(bench: Bench) -> Measured:
    """Write reports of real stories without a model, each in the stories' language, and count what the checks find.

    One report in two is held out: when the checks were mended, nobody had read what they find there. Each report is
    read as report.json with its stored sources, as Markdown, and as plain text.
    """
    judged, dataset = read_dataset("clean", Judged)
    told = {(row.report, row.check, row.quote) for row in judged}
    encoder = SentenceEncoder()
    stories = [*await sample_stories(bench), *stories_of(bench)][: bench.few(3, 1000)]
    written = [await write(one, encoder, bench.work) for one in stories]
    alarms = [alarm for one in written for alarm in alarms_of(one) if alarm.key not in told]
    held = [one for one in written if one.stories.is_held_out]
    apart = [alarm for alarm in alarms if alarm.written.stories.is_held_out]
    metrics = [number("clean reports", len(written), len(written), dataset.name)]
    metrics += _metrics("", alarms, len(written), dataset.name)
    if held:
        metrics += _metrics("held out: ", apart, len(held), dataset.name)
    note = "" if bench.has("ntrex") else "data absent: only the sample week's reports"
    return Measured(metrics=tuple(metrics), datasets=(dataset,), mistakes=tuple(map(str, alarms)), note=note)


def alarms_of(written: Written) -> Iterator[Alarm]:
    """Yield what the checks find in a report's JSON, held against its stored sources, and in its Markdown and text."""
    for finding in lint(text_of_report(written.report), written.sources):
        yield Alarm(written, "json", finding)
    for form, printed in _printed(written):
        for finding in lint(text_of_markdown(printed, form)):
            yield Alarm(written, form, finding)


def _printed(written: Written) -> tuple[tuple[Form, str], ...]:
    return ("md", written.markdown), ("txt", written.text)


def _metrics(which: str, alarms: Sequence[Alarm], reports: int, dataset: str) -> Iterator[Metric]:
    """Yield the false alarms a report in all, those of the worst check, and of each that has any."""
    counts = Counter(alarm.finding.check for alarm in alarms if alarm.finding.check not in _ADMITTED)
    yield number(f"{which}false alarms a report", counts.total() / reports, reports, dataset, better="lower")
    yield number(
        f"{which}the same of the worst of {len(CHECKS)} checks",
        max(counts.values(), default=0) / reports,
        reports,
        dataset,
        better="lower",
    )
    for check, count in sorted(counts.items()):
        yield number(f"{which}{check}", count / reports, reports, dataset, better="lower")

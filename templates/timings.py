"""A run's page of timings: where its time went, stage by stage and call by call, as HTML or as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from agent.observability.run_page import CallTime, RunPage, StepTime

if TYPE_CHECKING:
    from jinja2 import Template

_GAP = 60.0
"""Seconds without anything to show after which the axis is cut: the run was stopped and went on later."""
_WIDTH = 1000.0
"""Of the axis, in units of the drawing."""
_TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MOST_TICKS = 8

WORDS = {
    "en": {
        "title": "Timings", "what": "what", "start": "start", "waited": "waited", "took": "took", "input": "in",
        "output": "out", "cost": "cost", "stages": "Stages", "calls": "Model calls", "total": "total",
        "model_calls": "model calls", "cached": "from the ledger", "retries": "retries", "tokens": "tokens in + out",
        "no_calls": "No model was asked.", "cut": "stopped here, went on {hours} later", "attempt": "attempt {n}",
        "answered": "answered", "asked": "cut off", "seconds": "s", "busy": "with a call under way",
        "failed": "failed", "waiting": "waiting for a limit",
        "unknown": "This run was begun by a program that kept no times.",
    },
    "ja": {
        "title": "所要時間", "what": "内容", "start": "開始", "waited": "待ち", "took": "所要", "input": "入力",
        "output": "出力", "cost": "費用", "stages": "工程", "calls": "モデル呼び出し", "total": "合計",
        "model_calls": "モデル呼び出し", "cached": "台帳から", "retries": "再試行", "tokens": "トークン（入力＋出力）",
        "no_calls": "モデルは使っていません。", "cut": "ここで中断し、{hours}後に再開", "attempt": "{n}回目",
        "answered": "回答", "asked": "打ち切り", "seconds": "秒", "busy": "呼び出し中の時間",
        "failed": "失敗", "waiting": "上限による待ち", "unknown": "時刻を残さない版のプログラムで始めた実行です。",
    },
}  # fmt: skip
_STAGES = {
    "research": "調査", "index": "索引", "translate": "翻訳・要約", "categorize": "分類", "edit": "編集",
    "check": "検査", "publish": "発行",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One bar: a stage or a call. `start`, `waited` and `took` are in seconds; `x`, `wait` and `length` in units."""

    label: str
    kind: str
    """`stage`, `answered`, `cached`, `asked` or `failed`."""
    note: str
    start: float
    waited: float
    took: float
    x: float
    wait: float
    length: float
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0


@dataclass(frozen=True)
class Mark:
    """A line across the drawing: a tick with its label, or a cut."""

    x: float
    label: str
    cut: bool = False


@dataclass(frozen=True)
class Timings:
    """What the page shows."""

    page: RunPage
    seconds: float
    """From first start to last end, without the time in which the run was stopped."""
    busy: float
    """Of these, with a model call under way."""
    stages: tuple[Row, ...]
    calls: tuple[Row, ...]
    marks: tuple[Mark, ...]


class _Axis:
    """Time without the stretches in which nothing ran."""

    def __init__(self, spans: Sequence[tuple[float, float]]) -> None:
        self._pieces: list[tuple[float, float, float]] = []
        self.cuts: list[tuple[float, float]] = []
        at = 0.0
        for first, last in _joined(spans, _GAP):
            if self._pieces:
                self.cuts.append((at, first - self._pieces[-1][1]))
            self._pieces.append((first, last, at))
            at += last - first
        self.seconds = at

    def place(self, moment: float) -> float:
        """Return the seconds that the run had been running at a moment."""
        for first, last, at in reversed(self._pieces):
            if moment >= first:
                return at + min(moment, last) - first
        return 0.0

    def units(self, seconds: float) -> float:
        return round(_WIDTH * seconds / (self.seconds or 1.0), 2)


def lay_out(page: RunPage, language: str) -> Timings:
    """Return what the page of a run shows, in `ja` or `en`."""
    axis = _Axis(
        [*(_span(s.at, s.seconds) for s in page.steps), *(_span(c.at, c.waited + c.seconds) for c in page.calls)]
    )
    asked = [_span(axis.place(c.at + c.waited), c.seconds) for c in page.calls if c.outcome != "cached"]
    return Timings(
        page=page,
        seconds=axis.seconds,
        busy=sum(last - first for first, last in _joined(asked, 0.0)),
        stages=tuple(_stages(page.steps, axis, language)),
        calls=tuple(_call(call, axis, language) for call in page.calls),
        marks=tuple(_marks(axis, language)),
    )


def _span(at: float, seconds: float) -> tuple[float, float]:
    return at, at + seconds


def _joined(spans: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Return the union of spans; stretches of less than `gap` between them belong to it."""
    joined: list[tuple[float, float]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + gap:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _stages(steps: Sequence[StepTime], axis: _Axis, language: str) -> Iterator[Row]:
    for stage in dict.fromkeys(step.stage for step in sorted(steps, key=lambda s: s.at)):
        spans = [(axis.place(s.at), axis.place(s.at + s.seconds)) for s in steps if s.stage == stage]
        first, last = min(s[0] for s in spans), max(s[1] for s in spans)
        label = _STAGES.get(stage, stage) if language == "ja" else stage
        note = f"× {len(spans)}" if len(spans) > 1 else ""
        yield Row(label, "stage", note, first, 0.0, last - first, axis.units(first), 0.0, axis.units(last - first))


def _call(call: CallTime, axis: _Axis, language: str) -> Row:
    words = WORDS[language]
    kind = call.outcome if call.outcome in ("answered", "cached", "asked") else "failed"
    notes = [words["attempt"].format(n=call.attempt)] if call.attempt > 1 else []
    if kind in ("cached", "asked"):
        notes.append(words[kind])
    elif kind == "failed":
        notes.append(call.outcome)
    start = axis.place(call.at)
    return Row(
        label=call.prompt.partition("@")[0] + (f" #{call.number:02d}" if call.number else ""),
        kind=kind,
        note=" · ".join(notes),
        start=start,
        waited=call.waited,
        took=call.seconds,
        x=axis.units(start),
        wait=axis.units(call.waited),
        length=axis.units(call.seconds),
        input_tokens=call.input_tokens if kind == "answered" else 0,
        output_tokens=call.output_tokens if kind == "answered" else 0,
        cost=call.cost if kind == "answered" else 0.0,
    )


def _marks(axis: _Axis, language: str) -> Iterator[Mark]:
    step = next((tick for tick in _TICKS if axis.seconds / tick <= _MOST_TICKS), axis.seconds or 1.0)
    count = int(axis.seconds / step)
    for number in range(count + 1):
        yield Mark(axis.units(number * step), f"{number * step:g} {WORDS[language]['seconds']}")
    for at, lost in axis.cuts:
        yield Mark(axis.units(at), WORDS[language]["cut"].format(hours=_in_words(lost, language)), cut=True)


def _in_words(seconds: float, language: str) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours}時間{minutes:02d}分" if language == "ja" else f"{hours} h {minutes:02d} min"


def timings_page(page: RunPage, language: str = "") -> str:
    """Return the page as HTML that stands alone: no script, nothing fetched.

    In Japanese or English: the report's language if `language` is empty, English for any other.
    """
    chosen = "ja" if (language or page.language) == "ja" else "en"
    return _template().render(t=lay_out(page, chosen), w=WORDS[chosen], language=chosen)


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("templates", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("timings.html.j2")


def timings_text(page: RunPage) -> str:
    """Return the page as a table for the terminal, in English."""
    timings = lay_out(page, "en")
    tokens = f"{page.tokens.input:,} + {page.tokens.output:,} tokens"
    cost = f", {page.cost:.4f} {page.currency}" if page.cost is not None else ""
    lines = [
        f"{page.topic} {page.week} version {page.version}: {timings.seconds:.1f} s, {timings.busy:.1f} of them with a "
        f"model call under way",
        f"{page.model_calls} model calls ({page.retries} retries), {page.cache_hits} from the ledger, {tokens}{cost}",
        "",
        f"{'':28} {'start':>8} {'waited':>8} {'took':>8} {'in':>8} {'out':>8} {'cost':>9}",
    ]
    lines += [_line(row) for row in (*timings.stages, *timings.calls)]
    lines += [f"   at {mark.x * timings.seconds / _WIDTH:.1f} s: {mark.label}" for mark in timings.marks if mark.cut]
    return "\n".join(lines)


def _line(row: Row) -> str:
    numbers = (
        f"{row.waited:8.2f}" if row.kind != "stage" else f"{'':8}",
        f"{row.took:8.2f}",
        f"{row.input_tokens or '':>8}",
        f"{row.output_tokens or '':>8}",
        f"{row.cost:9.5f}" if row.cost else f"{'':9}",
    )
    return f"{row.label:28} {row.start:8.2f} {' '.join(numbers)}  {row.note}".rstrip()

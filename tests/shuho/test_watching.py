import io
from itertools import count

import pytest

from agent.observability.progress import Tally
from shuho.watching import LiveProgress, PlainProgress, watch


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def plain(lines: list[str]) -> PlainProgress:
    ticks = count()
    return PlainProgress(lines.append, lambda: float(next(ticks)))


def test_plain_lines_tell_stage_and_time(plain: PlainProgress, lines: list[str]) -> None:
    plain.stage("research")
    plain.stage("translate", 3)
    for number in range(3):
        plain.step("translate", str(number))
    plain.stage("publish")
    assert lines == [
        "   1.0 s  research",
        "   2.0 s  translate · 0 of 3",
        "   3.0 s  translate · 1 of 3",
        "   4.0 s  translate · 2 of 3",
        "   5.0 s  translate · 3 of 3",
        "   6.0 s  publish",
    ]


@pytest.mark.parametrize(
    ("total", "said"), [(1, [1]), (4, [1, 2, 3, 4]), (26, [6, 12, 18, 24, 26]), (400, [80, 160, 240, 320, 400])]
)
def test_every_fifth_of_a_stage_is_told(plain: PlainProgress, lines: list[str], total: int, said: list[int]) -> None:
    plain.stage("translate", total)
    for number in range(total):
        plain.step("translate", str(number))
    assert [int(line.split()[4]) for line in lines[1:]] == said


@pytest.mark.parametrize(
    ("tally", "shown"),
    [
        (Tally(), "edit"),
        (
            Tally(calls=3, cached=1, input_tokens=1000, output_tokens=234),
            "edit · 3 model calls, 1 from the ledger, 1,234 tokens",
        ),
        (Tally(calls=1, cost=0.01234), "edit · 1 model calls, 0 from the ledger, 0 tokens · 0.0123 USD"),
        (Tally(cached=5, cost=0.0), "edit · 0 model calls, 5 from the ledger, 0 tokens"),
    ],
)
def test_the_live_line_tells_what_the_model_cost(lines: list[str], tally: Tally, shown: str) -> None:
    live = LiveProgress(lines.append, lines.append)
    live.stage("edit")
    live.spent(tally)
    assert lines == ["edit", shown]


def test_the_live_line_counts(lines: list[str]) -> None:
    live = LiveProgress(lines.append, lines.append)
    live.stage("translate", 2)
    live.step("translate", "a")
    assert lines == ["translate · 0 of 2", "translate · 1 of 2"]


def test_a_note_is_written_as_it_is(lines: list[str], plain: PlainProgress) -> None:
    LiveProgress(lambda line: None, lines.append).note("[model] is asked")
    plain.note("again")
    assert lines == ["[model] is asked", "again"]


def test_off_a_terminal_lines_are_written() -> None:
    stream = io.StringIO()
    with watch(stream) as progress:
        progress.stage("research", 10)
    assert stream.getvalue() == "   0.0 s  research · 0 of 10\n"


def test_on_a_terminal_a_line_changes_in_place() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    with watch(Terminal()) as progress:
        assert isinstance(progress, LiveProgress)
        progress.stage("research", 10)

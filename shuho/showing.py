"""How revisions look on a terminal: sections, differences, versions. Text of a report is never markup here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from rich.console import Console
from rich.text import Text

from agent.report import Report, Spent
from agent.revision.edits import Change
from agent.revision.sections import readable, section_ids
from agent.revision.transcript import Said
from agent.revision.versions import VersionRow
from shuho.terminal_words import TerminalWords
from shuho.turns import Turn


def show_turn(console: Console, turn: Turn, words: TerminalWords) -> None:
    """Print what a turn came to: the difference, what goes, the reply, what the sources say, what it cost."""
    if turn.status == "proposed":
        show_changes(console, turn.changes)
        for removed in turn.removed:
            what = f"  − {removed.section}: {words.removed[removed.what]} {removed.name}"
            console.print(Text(what, style="yellow"))
        for absent in turn.absent:
            what = f"  · {absent.section}: {words.absent} — {words.removed[absent.what]} {absent.name}"
            console.print(Text(what, style="yellow"))
    console.print(Text(turn.reply))
    for passage in turn.passages:
        where = f"#{passage.number}" if passage.number else passage.source
        console.print(Text(f"  {where}: {' '.join(passage.text.split())}", style="dim"))
    if turn.spent is not None and turn.status not in {"written", "stepped"}:
        console.print(Text(f"  {cost_of(turn.spent, words)}", style="dim"))


def cost_of(spent: Spent, words: TerminalWords) -> str:
    """Return what revisions cost, in words."""
    tokens = f"{spent.input_tokens + spent.output_tokens:,}"
    counted = words.spent.format(calls=spent.calls, tokens=tokens)
    return counted if spent.cost is None else f"{counted} · {words.cost.format(cost=f'{spent.cost:.4f}')}"


def show_talk(console: Console, said: Sequence[Said]) -> None:
    """Print the end of an earlier talk."""
    for one in said:
        mark = "> " if one.who == "person" else "  "
        for line in one.text.splitlines():
            console.print(Text(f"{mark}{line}", style="dim"))


def show_changes(console: Console, changes: Sequence[Change]) -> None:
    """Print differences line by line, what changed within a line set off."""
    for change in changes:
        console.print(Text(f"@@ {change.section}", style="bold cyan"))
        for line in difference(change.before, change.after):
            console.print(line)


def difference(before: str, after: str) -> Iterable[Text]:
    """Yield the lines of a difference: two spaces, − or + before each."""
    old, new = before.split("\n"), after.split("\n")
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Text(f"  {line}", style="dim") for line in old[a:b] if line)
            continue
        paired = b - a == d - c == 1
        gone = [_inner(line, new[c] if paired else "", "red") for line in old[a:b] if line]
        come = [_inner(line, old[a] if paired else "", "green") for line in new[c:d] if line]
        yield from (Text("- ", style="red") + line for line in gone)
        yield from (Text("+ ", style="green") + line for line in come)


def _inner(line: str, other: str, style: str) -> Text:
    text = Text(line, style=style)
    if other:
        for tag, a, b, _, _ in SequenceMatcher(None, line, other, autojunk=False).get_opcodes():
            if tag != "equal":
                text.stylize("reverse", a, b)
    return text


def show_sections(console: Console, report: Report, selected: str) -> None:
    """Print the ids of all sections, the selected one marked."""
    for name in section_ids(report):
        title = ""
        if name.startswith("articles/"):
            title = next(a.title for a in report.articles if name == f"articles/{a.number}")
        console.print(Text(f"{'*' if name == selected else ' '} {name}  {title}".rstrip()))


def show_section(console: Console, report: Report, section: str) -> None:
    """Print a section as text."""
    console.print(Text(readable(report, section)))


def show_history(console: Console, rows: Sequence[VersionRow], words: TerminalWords, talk: Spent) -> None:
    """Print the versions, oldest first, the current one marked, with what each cost and the whole talk."""
    for row in rows:
        version = row.version
        mark = "*" if row.current else " "
        came = f" ← {row.parent}" if row.parent else ""
        when = f"{version.at:%Y-%m-%d %H:%M}"
        line = f"{mark} {version.version:>3}{came}  {when}  {version.author}  [{version.section}] {version.instruction}"
        cost = f"  ({cost_of(version.spent, words)})" if version.spent else ""
        console.print(Text(line.rstrip() + cost))
    if talk.calls or talk.cached:
        console.print(Text(words.talk_spent.format(spent=cost_of(talk, words)), style="dim"))

"""What the talk about a report adds to the model's own time: `python -m tests.bench_chat [--token-ms 20] [--times 5]`.

A model server on this machine speaks one token every 20 ms. Measured on the served page (a connection that reads the
stream, as a browser does) and on a terminal: when the model's first token and its first words went out, when these were
shown, how long the model's calls took, when the outcome was there. Times are counted from when the message was sent.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from agent.observability.progress import Silent
from agent.settings import Settings
from shuho.live import LiveTurn
from shuho.revising import ReviseOptions, open_revising
from shuho.terminal_words import terminal_words
from shuho.turns import Told
from tests.agent.revision.issues import SmallIssue, write_issue
from tests.servers.gemini import GeminiServer
from tests.servers.revision_answer import RevisionAnswer
from tests.shuho.web.page import ISSUE, Reader, out_of, served

FIRST = {"draft": r'"text": ".', "answer": r"\}"}
"""What must have been said before anything can be shown: a character of the text, or a whole sentence with its ids."""
WISH, QUESTION = "Say it in a livelier way, number {n}.", "What is said of the plant, of robots and of schools, {n}?"


@dataclass(frozen=True)
class Timed:
    """Seconds since the message was sent; `due` is when the model had said what can be shown first, by its own clock.

    `model` is what the model's calls took together, from a request's arrival to the answer's last byte.
    """

    first_token: float
    due: float
    shown: float
    outcome: float
    model: float


def timed(server: GeminiServer, what: str, sent: float, spoken: int, words: float, outcome: float) -> Timed:
    """Return one measurement from the server's own clock and the reader's."""
    calls = server.spoken[spoken:]
    asked = [question.at for question in server.requests[spoken:]]
    model = sum(call.last - at for call, at in zip(calls, asked, strict=True))
    due = calls[-1].when(FIRST[what])
    return Timed(calls[-1].first - sent, due - sent, words - sent, outcome - sent, model)


def on_the_page(reader: Reader, server: GeminiServer, message: str, section: str, what: str) -> Timed:
    """Ask on the page and read its stream."""
    fields = {"token": reader.token(), "message": message, "section": section}
    spoken, words, sent = len(server.spoken), 0.0, time.monotonic()
    reader.http.post(f"{ISSUE}/ask", data=fields, headers={"x-shuho": "1"}).raise_for_status()
    with reader.http.stream("GET", f"{ISSUE}/stream") as stream:
        for line in stream.iter_lines():
            if line.startswith("data: ") and not words and json.loads(line[6:])[what]:
                words = time.monotonic()
    return timed(server, what, sent, spoken, words, time.monotonic())


async def on_the_terminal(issue: SmallIssue, server: GeminiServer, message: str, section: str, what: str) -> Timed:
    """Ask as `shuho chat` does, on a terminal that is a string."""
    console, words, first = Console(file=io.StringIO(), force_terminal=True), terminal_words("en"), [0.0]
    options = ReviseOptions(out_of(issue) / "ai" / "2026-W15", "model")
    async with open_revising(options, Settings(google_api_key="k", google_base_url=server.url), Silent()) as revising:
        revising.warm_up()
        # As long as a person takes to read the first lines.
        await asyncio.sleep(3)
        spoken, sent = len(server.spoken), time.monotonic()
        with LiveTurn(console, words) as live:

            def hear(told: Told) -> None:
                live.hear(told)
                if not first[0] and getattr(told, what):
                    first[0] = time.monotonic()

            await revising.say(message, section, on_step=hear)
        outcome = time.monotonic()
    return timed(server, what, sent, spoken, first[0], outcome)


def row(name: str, measured: list[Timed]) -> str:
    """Return the medians of a row, in seconds."""

    def middle(of: Callable[[Timed], float]) -> str:
        return f"{statistics.median(of(one) for one in measured):7.3f}"

    cells = [
        middle(lambda t: t.first_token),
        middle(lambda t: t.due),
        middle(lambda t: t.shown),
        middle(lambda t: t.shown - t.due),
        middle(lambda t: t.model),
        middle(lambda t: t.outcome),
        middle(lambda t: t.outcome - t.model),
    ]
    return f"{name:<28}" + " ".join(f"{cell:>12}" for cell in cells)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--token-ms", type=float, default=20.0)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    heads = ("first token", "first words", "shown", "difference", "model", "outcome", "difference")
    print(f"{'seconds (medians)':<28}" + " ".join(f"{head:>12}" for head in heads))
    with tempfile.TemporaryDirectory() as folder:
        issue = write_issue(Path(folder))
        with GeminiServer(RevisionAnswer(), token_seconds=given.token_ms / 1000) as server:
            with served(issue, model=server.url) as reader:
                reader.get(f"{ISSUE}?panel=chat")
                for name, words, section, what in CASES:
                    rows = [
                        on_the_page(reader, server, words.format(n=n), section, what) for n in range(given.times + 1)
                    ]
                    print(row(f"page: {name}", rows[1:]))
            for name, words, section, what in CASES:
                rows = [
                    asyncio.run(on_the_terminal(issue, server, f"{words.format(n=n)}", section, what))
                    for n in range(100, 101 + given.times)
                ]
                print(row(f"terminal: {name}", rows[1:]))


CASES = (("rewrite, as a draft", WISH, "outlook", "draft"), ("question, by sentence", QUESTION, "", "answer"))

if __name__ == "__main__":
    main()

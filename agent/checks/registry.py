"""One check: its name, the row of the catalogue of defects that it looks for, and how grave a finding is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agent.checks.model import Finding, ReportText, Severity

Found = tuple[str, str, str]
"""(where, quote, message)."""
Look = Callable[[ReportText], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """A deterministic check of a report in any form."""

    name: str
    row: int | None
    severity: Severity
    look: Look

    def findings(self, report: ReportText) -> Iterator[Finding]:
        """Yield what the check finds in a report."""
        for where, quote, message in self.look(report):
            yield Finding(
                check=self.name,
                row=self.row,
                severity=self.severity,
                where=where,
                quote=shortened(quote),
                message=message,
            )


def shortened(quote: str, limit: int = 120) -> str:
    """Return a quote on one line of at most `limit` characters, its middle left out where it is longer."""
    line = " ".join(quote.split())
    half = (limit - 3) // 2
    return line if len(line) <= limit else f"{line[:half]} … {line[-half:]}"


def named(numbers: Iterator[int] | list[int] | tuple[int, ...]) -> str:
    """Return article numbers as they are printed: #01, #12."""
    return ", ".join(f"#{number:02d}" for number in numbers)

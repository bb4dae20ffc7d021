"""Which models may verify: those whose measured marks are good enough, for the prompt that they were measured with.

Marks lie in `.shuho/verifiers.json` of an output folder, where `shuho eval verify` writes them; a list that ships with
the program comes second.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from agent.errors import SettingError
from agent.method import VerifierMark
from agent.model import Value
from prompts import load

FILE = "verifiers.json"
FEWEST_CAUGHT, MOST_ALARMS = 0.8, 0.05
FEWEST_CLAIMS = 60
"""Claims of either kind, planted and true, below which a mark says too little."""


class MarkRow(Value):
    """A measured mark and how many planted and true claims it rests on."""

    mark: VerifierMark
    planted: int
    true: int
    unread: int = 0
    """Claims without a verdict that could be read; they count as missed or as alarms."""

    @property
    def admitted(self) -> bool:
        """Whether the mark lets the model verify."""
        enough = min(self.planted, self.true) >= FEWEST_CLAIMS
        return enough and self.mark.caught >= FEWEST_CAUGHT and self.mark.false_alarms <= MOST_ALARMS


_ROWS = TypeAdapter(tuple[MarkRow, ...])


def prompt_mark(language: str) -> str:
    """Return `name@version hash` of the prompt that verifies a report in a language: a mark holds for no other."""
    prompt = load(f"verify.{'ja' if language == 'ja' else 'en'}")
    return f"{prompt.name}@{prompt.version} {prompt.hash[:12]}"


def admitted(model: str, language: str, folder: Path) -> VerifierMark | None:
    """Return the mark that admits `model` (`provider:name`) for a report in `language`, None when there is none.

    `folder` is the data folder of the output. A newer mark that does not admit holds against an older that does.
    Raises SettingError for a file of marks that cannot be read.
    """
    wanted = prompt_mark(language)
    for rows in (read_marks(folder / FILE), _shipped()):
        for row in reversed(rows):
            if (row.mark.model, row.mark.prompt) == (model, wanted):
                return row.mark if row.admitted else None
    return None


def read_marks(path: Path) -> tuple[MarkRow, ...]:
    """Return the marks of a file, oldest first; none when it is absent. Raises SettingError when it cannot be read."""
    if not path.is_file():
        return ()
    try:
        return _ROWS.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise SettingError(
            f"{path}: cannot be read as marks of verifiers; `shuho eval verify` writes it anew ({error})"
        ) from None


def add_mark(path: Path, rows: Sequence[MarkRow]) -> None:
    """Put new marks into a file, in place of those of the same models and prompts."""
    new = {(row.mark.model, row.mark.prompt) for row in rows}
    try:
        old = [row for row in read_marks(path) if (row.mark.model, row.mark.prompt) not in new]
    except SettingError:
        old = []
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(_ROWS.dump_json((*old, *rows), indent=1))
    beside.replace(path)


def _shipped() -> tuple[MarkRow, ...]:
    return _ROWS.validate_json((files("agent") / "data" / FILE).read_bytes())

"""What suites work with: the datasets, the sample week, the real data where it is, and a model where one is named."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import ShuhoError

if TYPE_CHECKING:
    from agent.calls.llm import ModelClient
    from evals.sample_week import SampleWeek

_HERE = Path(__file__).resolve().parent
REPOSITORY = _HERE.parent
SAMPLE_WEEK = REPOSITORY / "examples" / "ai"
DATA = REPOSITORY.parent / "shared" / "data"
"""Where the real data lies when it is there: it belongs to others and is not part of the repository."""

WeekRunner = Callable[[Path, Path, str], Awaitable[Path]]
"""(topic file, output folder, ISO week) -> the folder of the report that the extractive engine wrote."""


class Skip(ShuhoError):
    """A suite cannot be measured here; the message says why. It is reported as skipped, never as zero."""


@dataclass
class Bench:
    """One evaluation's surroundings. `data` is None where the real data is absent; `work` is a scratch folder."""

    work: Path
    data: Path | None = None
    small: bool = False
    report: Path | None = None
    against: Path | None = None
    client: ModelClient | None = None
    run_week: WeekRunner | None = None
    marks: Path | None = None
    """The file that takes the marks of a verifier; None: they are told and not kept."""
    sample_folder: Path = SAMPLE_WEEK
    _sample: SampleWeek | None = field(default=None, init=False)
    _issue: Path | None = field(default=None, init=False)

    def model(self) -> ModelClient:
        """Return the model under test. Raises Skip when none was named."""
        if self.client is None:
            raise Skip("needs a model: --model PROVIDER:NAME")
        return self.client

    def real(self, folder: str) -> Path:
        """Return a folder of the real data. Raises Skip when it is absent."""
        if self.data is None or not (self.data / folder).is_dir():
            raise Skip(f"data absent: {folder}/ of ../shared/data (or --data DIR)")
        return self.data / folder

    def has(self, folder: str) -> bool:
        """Tell whether a folder of the real data is there."""
        return self.data is not None and (self.data / folder).is_dir()

    def few(self, small: int, full: int) -> int:
        """Return the one that goes with the size of the evaluation."""
        return small if self.small else full

    async def sample(self) -> SampleWeek:
        """Return the sample week as the researcher sees it; researched once. Raises Skip where it is absent."""
        if self._sample is None:
            from evals.sample_week import research_sample

            if not (self.sample_folder / "topic.toml").is_file():
                raise Skip("the sample week (examples/ai) is absent")
            self._sample = await research_sample(self.sample_folder, self.work / "sample")
        return self._sample

    async def issue(self) -> Path:
        """Return the folder of the sample week's report, written once. Raises Skip when this host cannot write one."""
        if self._issue is None:
            if self.run_week is None:
                raise Skip("needs the whole program: use `shuho eval`")
            if not (self.sample_folder / "topic.toml").is_file():
                raise Skip("the sample week (examples/ai) is absent")
            self._issue = await self.run_week(self.sample_folder / "topic.toml", self.work / "run", "2026-W15")
        return self._issue

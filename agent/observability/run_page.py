"""`run.json`: what a run cost and where its time went."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.errors import SettingError
from agent.issue import RUN
from agent.method import PromptUsed
from agent.model import Gap
from agent.report import Checks, Spelling


class _Lasting(BaseModel):
    """Read by later programs too: fields that are not known are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Tokens(_Lasting):
    """Tokens of all calls."""

    input: int = 0
    output: int = 0


class StepTime(_Lasting):
    """When one step ran: `at` in seconds of the epoch; `number` is the article's in the report, 0 for none."""

    stage: str
    at: float
    seconds: float


class CallTime(_Lasting):
    """One request to the model, or one answer from the ledger; times in seconds, `at` of the epoch."""

    prompt: str
    number: int
    """The article's in the report; of a pack, the first one's that asked; 0 for none."""
    attempt: int
    outcome: str
    """`answered`, `cached`, `asked` (cut off), or the name of the error."""
    at: float
    waited: float
    """For limits of calls at once and per minute."""
    seconds: float
    input_tokens: int
    output_tokens: int
    cost: float


class RunPage(_Lasting):
    """What `run.json` holds. Costs are of the whole run, over all its starts."""

    run: str
    topic: str
    week: str
    version: int
    program: str
    language: str = "en"
    engine: str
    model: str
    articles: int
    stages: dict[str, float]
    """Seconds of each stage, from first start to last end."""
    model_calls: int
    cache_hits: int
    retries: int
    tokens: Tokens
    characters_sent: int
    cost: float | None
    currency: str
    prompts: tuple[PromptUsed, ...]
    complete: bool
    checks: Checks
    spellings: tuple[Spelling, ...] = ()
    gaps: tuple[Gap, ...]
    steps: tuple[StepTime, ...] = ()
    calls: tuple[CallTime, ...] = ()


def read_run_page(path: Path) -> RunPage:
    """Read run.json, or the one beside a report or in a report's folder. Raises SettingError when there is none."""
    place = path / RUN if path.is_dir() else path.with_name(RUN)
    try:
        return RunPage.model_validate_json(place.read_bytes())
    except OSError as error:
        raise SettingError(f"{place}: cannot be read ({error.strerror}); `shuho run` writes it") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise SettingError(f"{place}: is no run.json of shuho: {where}: {first['msg']}") from None

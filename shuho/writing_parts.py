"""The language model behind a revision, within the topic's limits, and what it costs."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from agent.errors import BudgetReached
from agent.report import Spent
from agent.revision.spending import Meter
from agent.settings import Settings
from agent.topic import Limits, Topic

if TYPE_CHECKING:
    from agent.editor import EvidenceFinder
    from agent.observability.progress import Progress
    from agent.reviser import Writer


def chosen_engine(
    wanted: Literal["auto", "model", "extractive"], model: str, topic: Topic | None, settings: Settings
) -> Literal["model", "extractive"]:
    """Return which engine revises: `auto` takes the model where it can be asked."""
    if wanted != "auto":
        return wanted
    return "model" if settings.has_model(named_model(model, topic)) else "extractive"


def named_model(model: str, topic: Topic | None) -> str:
    """Return the model that is named, or the topic's; empty for the default one."""
    return model or (topic.model if topic else "")


def limits_left(limits: Limits, spent: Spent) -> Limits:
    """Return what revisions may still cost. Raises BudgetReached when a limit is used up.

    The topic's limits hold for a run, and once more for all revisions of its report together.
    """
    left = {
        "calls": limits.calls - spent.calls,
        "tokens": limits.tokens - spent.input_tokens - spent.output_tokens,
        "cost": limits.cost - (spent.cost or 0.0),
    }
    for name, value in left.items():
        if getattr(limits, name) and value <= 0:
            raise BudgetReached(f"the topic's limit on {name} is used up by this report's revisions")
    return limits.model_copy(update={name: value for name, value in left.items() if getattr(limits, name)})


async def open_writer(
    model_name: str,
    topic: Topic | None,
    spent: Spent,
    settings: Settings,
    folder: Path,
    finder: EvidenceFinder,
    progress: Progress,
    stack: AsyncExitStack,
) -> tuple[Writer, Meter]:
    """Return the writer and its meter; `spent` is what revisions of this report have cost before.

    Raises SettingError or ModelRefused.
    """
    from agent.calls.account import Account
    from agent.calls.budget import Budget
    from agent.calls.call_log import CallLog, DayLimits
    from agent.calls.chat_model import chat_model
    from agent.calls.ledger import Ledger
    from agent.calls.llm import ModelClient, Rules
    from agent.calls.pace import Pace
    from agent.calls.prices import Price, price_of
    from agent.revision.writing import ModelWriter

    limits = topic.limits if topic else Limits()
    model = settings.model_settings(named_model(model_name, topic))
    ledger, log = Ledger(folder / "ledger.sqlite"), CallLog(folder / "calls.sqlite")
    stack.callback(ledger.close)
    stack.callback(log.close)
    chat = chat_model(model.name, api_key=model.api_key, base_url=model.base_url, timeout=model.timeout)
    client = ModelClient(
        chat,
        model.name,
        ledger,
        pace=Pace(limits.requests_per_minute or None, limits.tokens_per_minute or None),
        progress=progress,
        budget=Budget(
            max(limits.calls - spent.calls, 0) if limits.calls else None,
            max(limits.tokens - spent.input_tokens - spent.output_tokens, 0) if limits.tokens else None,
            max(limits.cost - (spent.cost or 0.0), 0.0) if limits.cost else None,
        ),
        price=Price(topic.prices.input, topic.prices.output) if topic and topic.prices else price_of(model.name),
        rules=Rules(limits.model_concurrency, model.timeout),
        account=Account(log, f"revision/{uuid4().hex}", DayLimits(limits.calls_per_day, limits.tokens_per_day)),
    )
    stack.push_async_callback(client.aclose)
    await client.probe()
    return ModelWriter(client, finder), Meter(lambda: client.tally)

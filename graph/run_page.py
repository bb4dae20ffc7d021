"""Makes `run.json` of what a run knows at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agent.observability.run_page import CallTime, RunPage, StepTime, Tokens
from agent.report import Report
from graph.deps import Deps


def run_page(deps: Deps, run: str, report: Report, timings: Sequence[Mapping[str, Any]], *, complete: bool) -> bytes:
    """Return run.json: what the run cost, over all its starts, and where its time went."""
    tally = deps.model.tally()
    page = RunPage(
        run=run,
        topic=report.topic,
        week=report.week.iso,
        version=report.versions[-1].version,
        program=deps.program,
        language=report.language,
        engine=report.engine,
        model=report.model,
        articles=len(report.articles),
        stages=_stages(timings),
        model_calls=tally.calls,
        cache_hits=tally.cached,
        retries=tally.retries,
        tokens=Tokens(input=tally.input_tokens, output=tally.output_tokens),
        characters_sent=tally.characters_sent,
        cost=tally.cost,
        currency=tally.currency,
        prompts=report.method.prompts,
        complete=complete,
        checks=report.checks,
        spellings=report.spellings,
        gaps=report.gaps,
        steps=_steps(timings),
        calls=_calls(deps, report),
    )
    return (page.model_dump_json(indent=2) + "\n").encode()


def _stages(timings: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return the seconds of each stage, from first start to last end."""
    stages: dict[str, list[tuple[float, float]]] = {}
    for one in timings:
        first = float(one.get("begun", 0.0))
        stages.setdefault(str(one["stage"]), []).append((first, first + float(one["seconds"])))
    return {stage: round(max(e for _, e in spans) - min(b for b, _ in spans), 3) for stage, spans in stages.items()}


def _steps(timings: Sequence[Mapping[str, Any]]) -> tuple[StepTime, ...]:
    # Of a run that an older program began, the moments are not known.
    known = [one for one in timings if "at" in one]
    return tuple(StepTime(stage=one["stage"], at=one["at"], seconds=one["seconds"]) for one in known)


def _calls(deps: Deps, report: Report) -> tuple[CallTime, ...]:
    numbers = {article.id: article.number for article in report.articles}
    return tuple(
        CallTime(
            prompt=call.prompt,
            number=numbers.get(call.subject, 0),
            attempt=call.attempt,
            outcome=call.outcome,
            at=round(call.at, 3),
            waited=round(call.waited, 3),
            seconds=round(call.seconds, 3),
            input_tokens=call.input_tokens,
            output_tokens=call.output_tokens,
            cost=round(call.cost, 6),
        )
        for call in deps.model.calls()
    )

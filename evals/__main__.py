"""`python -m evals`: the suites without the command; those that need a whole run are skipped."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from agent.errors import ShuhoError
from agent.settings import read_settings
from evals.running import SUITES
from evals.session import EvalOptions, conclude, evaluate_with


def main(words: list[str] | None = None) -> int:
    """Run the suites that `words` name (the command line by default) and return the exit code."""
    suites = "; ".join(f"{name}: {what}" for name, what in SUITES.items())
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure every agent's work.", epilog=suites)
    parser.add_argument("suites", nargs="*", metavar="SUITE")
    for name in ("--report", "--against", "--data"):
        parser.add_argument(name, type=Path, default=None)
    parser.add_argument("--model", default="", metavar="PROVIDER:NAME")
    parser.add_argument("--out", type=Path, default=Path("reports"))
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--baseline", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--update-baseline", action="store_true")
    given = parser.parse_args(words)
    options = EvalOptions(
        tuple(given.suites), given.out, given.report, given.against, given.model, given.data, given.small
    )
    try:
        measured = asyncio.run(evaluate_with(options, read_settings(env_file=Path(".env"))))
    except ShuhoError as error:
        print(f"evals: {error}", file=sys.stderr)
        return error.exit_code
    text, code = conclude(*measured, as_json=given.json, baseline=given.baseline, update=given.update_baseline)
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main())

"""The checks of reports: `check_report` is the gate of the weekly run, `lint` reads any report in any form."""

from agent.checks.gate import check_report, if_lint_is_clean
from agent.checks.lint import lint

__all__ = ["check_report", "if_lint_is_clean", "lint"]

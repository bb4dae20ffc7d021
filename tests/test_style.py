"""The rules of AGENTS.md that no linter knows: sizes, names, and what only one module may do."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.trees import tree_of

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("shuho", "evals", "graph", "templates", "agent", "prompts")
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc"}

MAY_READ_ENVIRONMENT = {"agent/settings.py"}
MAY_PRINT = {"shuho/cli.py", "evals/__main__.py"}
# Its values are escaped by `format`, or are this package's own style sheets and pictures.
MAY_MARK_SAFE = {"templates/typeset.py"}


def sources(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> dict[str, str]:
    """Return the text of every file below the folders, by its path in the repository."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes)
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(paths)}


def too_long(text: str, limit: int = 300) -> Iterator[str]:
    count = len(text.splitlines())
    if count >= limit:
        yield f"{count} lines"


def long_functions(text: str, limit: int = 40) -> Iterator[str]:
    for node in ast.walk(tree_of(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            count = (node.end_lineno or 0) - (body[0].lineno if body else node.lineno) + 1
            if count >= limit:
                yield f"{node.name}: {count} lines"


def environment_uses(text: str) -> Iterator[str]:
    names = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
    for node in ast.walk(tree_of(text)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            if node.attr in names:
                yield f"os.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from (f"os.{name.name}" for name in node.names if name.name in names)


def printing(text: str) -> Iterator[str]:
    for node in ast.walk(tree_of(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield f"print in line {node.lineno}"


def wall_clocks(text: str) -> Iterator[str]:
    yield from re.findall(
        r"\btime\.time(?:_ns)?\(|\bfrom time import [^\n]*\btime\b|\butcnow\(|\bdatetime\.now\(\)", text
    )


def safe_marking(text: str) -> Iterator[str]:
    yield from re.findall(r"\bMarkup(?:\.unescape)?\(|\bmark_safe\b|\bautoescape *= *False|\bselect_autoescape\b", text)


def safe_filters(text: str) -> Iterator[str]:
    yield from re.findall(r"\|\s*safe\b|\bautoescape\s+(?:false|off)\b", text)


CODE = sources(*PACKAGES)
RULES: dict[str, tuple[Callable[[str], Iterator[str]], dict[str, str], set[str]]] = {
    "files under 300 lines": (too_long, sources(*PACKAGES, "tests", suffixes=(".py", ".j2", ".css")), set()),
    "functions under 40 lines": (long_functions, CODE, set()),
    "the environment in one module": (environment_uses, CODE, MAY_READ_ENVIRONMENT),
    "printing in the programs only": (printing, CODE, MAY_PRINT),
    "durations by the monotonic clock, moments with a timezone": (wall_clocks, CODE, set()),
    "markup in one module": (safe_marking, CODE, MAY_MARK_SAFE),
    "no safe filter in a template": (safe_filters, sources(*PACKAGES, suffixes=(".j2",)), set()),
}


@pytest.mark.parametrize("rule", RULES)
def test_rule_holds(rule: str) -> None:
    find, texts, allowed = RULES[rule]
    assert texts
    found = {path: faults for path, text in texts.items() if path not in allowed and (faults := list(find(text)))}
    assert found == {}


@pytest.mark.parametrize(
    ("rule", "text", "faults"),
    [
        ("files under 300 lines", "x = 1\n" * 299, []),
        ("files under 300 lines", "x = 1\n" * 300, ["300 lines"]),
        ("functions under 40 lines", "def f():\n" + "    g()\n" * 39, []),
        ("functions under 40 lines", "async def f():\n" + "    g()\n" * 40, ["f: 40 lines"]),
        ("functions under 40 lines", 'def f():\n    """Do.\n' + "\n" * 40 + '    """\n    g()\n', []),
        ("the environment in one module", "import os\nos.environ['A']", ["os.environ"]),
        ("the environment in one module", "from os import getenv, path", ["os.getenv"]),
        ("the environment in one module", "import os\nos.getpid()", []),
        ("printing in the programs only", "x.print()\nprint(1)", ["print in line 2"]),
        ("durations by the monotonic clock, moments with a timezone", "begun = time.time()", ["time.time("]),
        ("durations by the monotonic clock, moments with a timezone", "time.monotonic(); datetime.now(UTC)", []),
        ("durations by the monotonic clock, moments with a timezone", "x = datetime.now()", ["datetime.now()"]),
        ("markup in one module", "Markup(title)", ["Markup("]),
        ("markup in one module", "def f() -> Markup: ...", []),
        ("markup in one module", "Environment(autoescape=False)", ["autoescape=False"]),
        ("no safe filter in a template", "{{ title |safe }}{{ x | safe_name }}", ["|safe"]),
        ("no safe filter in a template", "{% autoescape false %}", ["autoescape false"]),
    ],
)
def test_rule_can_fail(rule: str, text: str, faults: list[str]) -> None:
    assert list(RULES[rule][0](text)) == faults


def test_exceptions_are_used() -> None:
    """A module that no longer needs its exception loses it."""
    idle = {
        path
        for find, texts, allowed in RULES.values()
        for path in allowed & texts.keys()
        if not list(find(texts[path]))
    }
    assert idle - MAY_PRINT == set()


def test_names_say_what_a_module_is_about() -> None:
    assert [path for path in CODE if BANNED_NAMES & set(Path(path).with_suffix("").parts)] == []


def test_every_test_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_example_environment_names_what_is_read() -> None:
    """Every name in .env.example is one that the settings read, and each setting can be set by one of them."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Z_]+)=$", text, re.MULTILINE)
    settings = import_module("agent.settings")
    empty = settings.read_settings({})
    read = [{key for key, value in vars(settings.read_settings({name: "x"})).items() if value} for name in names]
    assert [len(keys) for keys in read] == [1] * len(names)
    # `telemetry` is what `.env` says in OpenTelemetry's own names.
    assert set().union(*read) == set(vars(empty)) - {"telemetry"}


def test_langgraph_file_names_the_graph() -> None:
    config = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))
    file, _, function = config["graphs"]["weekly"].partition(":")
    assert callable(getattr(import_module(file.removeprefix("./").removesuffix(".py").replace("/", ".")), function))

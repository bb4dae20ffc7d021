"""What must not stand in the graph and its composition root, read from their source."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest
from langgraph.types import Send

from graph.routing import each_article
from graph.state import ArticleTask, WeeklyState
from tests.trees import tree_of

ROOT = Path(__file__).resolve().parents[2]
TOOL_MAKERS = {"bind_tools", "ToolNode", "create_agent", "create_react_agent", "tool", "AgentExecutor"}


def trees(*folders: str) -> Iterator[tuple[str, ast.AST]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), tree_of(path.read_text(encoding="utf-8"))


def names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def found(words: set[str], *folders: str) -> list[tuple[str, str]]:
    return [(path, name) for path, tree in trees(*folders) for name in names(tree) if name in words]


def test_langgraph_s_own_limit_is_not_used() -> None:
    """`max_concurrency` holds back checkpoint writes: a killed run had saved none of 13 finished articles."""
    assert found({"max_concurrency"}, "graph", "shuho") == []


def test_nothing_that_reads_articles_has_tools() -> None:
    assert found(TOOL_MAKERS, "graph", "agent", "prompts") == []


@pytest.mark.parametrize(
    "code", ["app.invoke(x, {'max_concurrency': 2})", "config(max_concurrency=2)", "max_concurrency = 3"]
)
def test_the_search_finds_what_it_looks_for(code: str) -> None:
    assert "max_concurrency" in set(names(tree_of(code)))


def test_every_node_takes_state_first() -> None:
    functions = [n for n in ast.walk(dict(trees("graph"))["graph/nodes.py"]) if isinstance(n, ast.AsyncFunctionDef)]
    assert {f.name: f.args.args[0].arg for f in functions} == dict.fromkeys([f.name for f in functions], "state")


def test_every_key_of_an_update_is_one_of_the_state() -> None:
    tree = dict(trees("graph"))["graph/nodes.py"]
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef)):
        updates = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and isinstance(n.value, ast.Dict)]
        keys = {k.value for update in updates for k in update.keys if isinstance(k, ast.Constant)}
        # `index` only fills the store.
        assert keys or function.name == "index", function.name
        assert keys <= set(get_type_hints(WeeklyState)), function.name


def test_every_article_goes_to_the_translator_once() -> None:
    state: WeeklyState = {"run": "r", "article_ids": ["a", "b", "c"], "packs": [["c", "a"]]}
    assert each_article(state) == [
        Send("index", state),
        Send("translate", ArticleTask(run="r", article_id="a", pack=["c", "a"])),
        Send("translate", ArticleTask(run="r", article_id="b", pack=[])),
        Send("translate", ArticleTask(run="r", article_id="c", pack=["c", "a"])),
    ]


def test_without_articles_the_run_goes_straight_on() -> None:
    assert each_article({"run": "r", "article_ids": []}) == "categorize"

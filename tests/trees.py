"""Syntax trees of source text."""

from __future__ import annotations

import ast
import gc


def tree_of(text: str) -> ast.Module:
    """Return the tree of a module.

    Python 3.11 fails with "AST constructor recursion depth mismatch" when the garbage collector runs somebody's
    finaliser while it builds the tree, so it does not run then.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        if on:
            gc.enable()

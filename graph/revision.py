"""The revision as a map: from a message to an answer, a question back, or an edit that waits for approval."""

from __future__ import annotations

from typing import Literal

from langgraph.graph import END, START, StateGraph

from graph import revision_nodes as nodes
from graph.revision_state import RevisionDeps, RevisionState

STEPS = 12
"""A turn has eight steps at most; the limit is what stops it if that should ever be wrong."""

Graph = StateGraph[RevisionState, RevisionDeps, RevisionState, RevisionState]


def build_revision_graph() -> Graph:
    """Return the bare graph; who hosts it compiles it with the checkpointer of its choice."""
    graph: Graph = StateGraph(RevisionState, context_schema=RevisionDeps)

    graph.add_node("understand", nodes.understand)
    graph.add_node("ask_back", nodes.ask_back)
    graph.add_node("step", nodes.step)
    graph.add_node("gather", nodes.gather)
    graph.add_node("answer", nodes.answer)
    graph.add_node("rewrite", nodes.rewrite)
    graph.add_node("verify", nodes.verify)
    graph.add_node("approve", nodes.approve)
    graph.add_node("write", nodes.write)

    graph.add_edge(START, "understand")
    graph.add_conditional_edges("understand", by_request, ["ask_back", "step", "gather", END])
    graph.add_edge("ask_back", END)
    graph.add_edge("step", END)
    graph.add_conditional_edges("gather", answer_or_edit, ["answer", "rewrite"])
    graph.add_edge("answer", END)
    graph.add_conditional_edges("rewrite", unless_refused("verify"), ["verify", END])
    graph.add_conditional_edges("verify", unless_refused("approve"), ["approve", END])
    graph.add_conditional_edges("approve", if_approved, ["write", END])
    graph.add_edge("write", END)
    return graph


def by_request(state: RevisionState) -> str:
    """Route by what the message asks for."""
    if state["status"] == "refused":
        return END
    return {"unclear": "ask_back", "step": "step"}.get(state["request"]["kind"], "gather")


def answer_or_edit(state: RevisionState) -> Literal["answer", "rewrite"]:
    """Route questions to their answer, everything else to an edit."""
    return "answer" if state["request"]["kind"] == "question" else "rewrite"


def unless_refused(following: str) -> nodes.Route:
    """Return a route that ends the turn when the edit was refused."""
    return lambda state: END if state["status"] == "refused" else following


def if_approved(state: RevisionState) -> str:
    """Route an approved edit to the writing."""
    return "write" if state.get("approved") else END

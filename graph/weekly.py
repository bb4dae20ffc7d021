"""The weekly run as a map: who runs when."""

from __future__ import annotations

from langgraph.graph import END, START, StateGraph

from graph import nodes
from graph.deps import Deps
from graph.routing import each_article
from graph.state import WeeklyState


def build_weekly_graph() -> StateGraph[WeeklyState, Deps, WeeklyState, WeeklyState]:
    """Return the bare graph; who hosts it compiles it with the checkpointer of its choice."""
    graph: StateGraph[WeeklyState, Deps, WeeklyState, WeeklyState] = StateGraph(WeeklyState, context_schema=Deps)

    graph.add_node("research", nodes.research)
    graph.add_node("index", nodes.index)
    graph.add_node("translate", nodes.translate)
    graph.add_node("categorize", nodes.categorize, defer=True)
    graph.add_node("edit", nodes.edit)
    graph.add_node("publish", nodes.publish)

    graph.add_edge(START, "research")
    graph.add_conditional_edges("research", each_article, ["index", "translate", "categorize"])
    graph.add_edge("index", "categorize")
    graph.add_edge("translate", "categorize")
    graph.add_edge("categorize", "edit")
    graph.add_edge("edit", "publish")
    graph.add_edge("publish", END)
    return graph

"""Where the run goes next. Pure functions of the state."""

from __future__ import annotations

from langgraph.types import Send

from graph.state import ArticleTask, WeeklyState


def each_article(state: WeeklyState) -> list[Send] | str:
    """Send every chosen article to the translator, and all of them to the index; with none, go to the categorizer."""
    pack_of = {article_id: pack for pack in state.get("packs", []) for article_id in pack}
    tasks = [
        Send("translate", ArticleTask(run=state["run"], article_id=i, pack=pack_of.get(i, [])))
        for i in state["article_ids"]
    ]
    return [Send("index", state), *tasks] if tasks else "categorize"

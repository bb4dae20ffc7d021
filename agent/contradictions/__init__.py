"""Where reports of one event state one quantity differently: shown side by side, never settled."""

from agent.contradictions.find import Contradiction, Side, contradictions
from agent.contradictions.printed import event_contradictions, printed_contradictions

__all__ = ["Contradiction", "Side", "contradictions", "event_contradictions", "printed_contradictions"]
